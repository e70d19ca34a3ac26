import { type ChildProcess, spawn } from "node:child_process";

/** What one process gets, and nothing else: no descriptor past 2, no variable that is not named here. */
export type SpawnRequest = {
  /** Absolute path of the program; it is also argv[0]. */
  readonly file: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Absolute path. */
  readonly cwd: string;
  /** Descriptors of this process that become 0, 1 and 2 of the child. */
  readonly stdin: number;
  readonly stdout: number;
  readonly stderr: number;
  /** Words put before the program, such as `setpriv --pdeathsig KILL --`; the first is an absolute path. */
  readonly launcher: readonly string[];
};

/** How a process ended. */
export type Exit =
  /** it called exit */
  | { readonly kind: "exited"; readonly code: number }
  /** a signal ended it */
  | { readonly kind: "signalled"; readonly signal: NodeJS.Signals }
  /** it never ran: the program is missing, or the machine refused */
  | { readonly kind: "not-started"; readonly reason: string };

/** A running process, the leader of its own session. */
export type Child = {
  /** Undefined when it did not start; `exit` says why. */
  readonly pid: number | undefined;
  readonly exit: Promise<Exit>;
};

/**
 * Starts one program with a literal argument vector. This is the only file that starts processes, and there is never
 * a shell: `spawn` is execve(2) of `file`, in a session of its own (setsid), so that a signal reaches its whole group.
 */
export const spawnStage = (request: SpawnRequest): Child => {
  const [file, ...args] = [...request.launcher, request.file, ...request.args];
  try {
    const child = spawn(file ?? request.file, args, {
      cwd: request.cwd,
      env: { ...request.env },
      stdio: [request.stdin, request.stdout, request.stderr],
      detached: true,
      shell: false,
      windowsHide: true,
    });
    return { pid: child.pid, exit: exitOf(child) };
  } catch (cause) {
    return { pid: undefined, exit: Promise.resolve({ kind: "not-started", reason: reasonOf(cause) }) };
  }
};

const exitOf = (child: ChildProcess): Promise<Exit> =>
  new Promise((resolve) => {
    child.once("error", (cause) => resolve({ kind: "not-started", reason: reasonOf(cause) }));
    child.once("exit", (code, signal) => {
      resolve(signal === null ? { kind: "exited", code: code ?? 0 } : { kind: "signalled", signal });
    });
  });

const reasonOf = (cause: unknown): string =>
  cause instanceof Error && "code" in cause ? String(cause.code) : String(cause);
