/** What one process may touch. Everything that is not here is closed to it, as far as the backend can close it. */
export type Profile = {
  /** Absolute path of the program that runs. */
  readonly program: string;
  /** Files that may be executed: the program, the loaders of programs, an interpreter; a folder where others may run. */
  readonly executes: readonly string[];
  /** Files that may be read, and folders with all that is below them. What is not there is left out. */
  readonly reads: readonly string[];
  /** Folders that may be written in, with all that is below them. */
  readonly writes: readonly string[];
  /** Absolute path of the working directory. */
  readonly cwd: string;
  /** Whether the program needs to find itself and the usual devices: /proc/self and /dev. */
  readonly system: boolean;
  /** Whether it may set the times of files; Landlock has no right for that, so any file of its user could be meant. */
  readonly times: boolean;
  /**
   * `none`: no socket can be made. `proxy`: the network holds nothing but the egress proxy, where the backend can see to
   * that. `any`: the machine's network.
   */
  readonly network: "none" | "proxy" | "any";
  /** `none`: threads, but no other process. */
  readonly processes: "none" | "any";
  readonly limits: ResourceLimits;
};

/** Bounds that prlimit(1) sets; undefined is no bound. */
export type ResourceLimits = {
  /** Seconds of processor time. */
  readonly cpuSeconds: number | undefined;
  /** Bytes of address space. */
  readonly addressSpace: number | undefined;
  /** Bytes of any one file that is written. */
  readonly fileSize: number | undefined;
  /** Descriptors at once. */
  readonly openFiles: number | undefined;
};
