import { type ChildProcess, spawn } from "node:child_process";
import { signalGroup } from "./end-processes.js";

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
  /** Descriptors that become 3 and so on, for a launcher that reads them; it hands none of them on. */
  readonly further?: readonly number[];
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
  /** Sends a signal to the whole group, as long as it runs. */
  readonly signal: (signal: NodeJS.Signals) => void;
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
      stdio: [request.stdin, request.stdout, request.stderr, ...(request.further ?? [])],
      detached: true,
      shell: false,
      windowsHide: true,
    });
    return started(child);
  } catch (cause) {
    return notStarted(reasonOf(cause));
  }
};

// INVARIANT: a group is killed in the same turn in which its leader's end is seen, and not signalled after that, so its
// number cannot be another's.
const started = (child: ChildProcess): Child => {
  const { pid } = child;
  let runs = pid !== undefined;
  const signal = (name: NodeJS.Signals): void => {
    if (runs && pid !== undefined) signalGroup(pid, name);
  };
  const exit = new Promise<Exit>((resolve) => {
    child.once("error", (cause) => resolve({ kind: "not-started", reason: reasonOf(cause) }));
    child.once("exit", (code, name) => {
      signal("SIGKILL");
      runs = false;
      resolve(name === null ? { kind: "exited", code: code ?? 0 } : { kind: "signalled", signal: name });
    });
  });
  return { pid, exit, signal };
};

const notStarted = (reason: string): Child => ({
  pid: undefined,
  exit: Promise.resolve({ kind: "not-started", reason }),
  signal: () => undefined,
});

const reasonOf = (cause: unknown): string =>
  cause instanceof Error && "code" in cause ? String(cause.code) : String(cause);
