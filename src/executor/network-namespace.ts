import { closeSync, constants, openSync, readlinkSync, writeSync } from "node:fs";
import type { BridgeConfiguration, BridgeLine } from "../egress/bridge-main.js";
import { err, ok, type Result } from "../language/result.js";
import type { FifoPool } from "./fifo-pool.js";
import { linesFrom } from "./lines-from.js";
import { type Child, spawnStage } from "./spawn-stage.js";
import { within } from "./within.js";

export type NamespaceOptions = {
  readonly pool: FifoPool;
  /** Absolute paths of bwrap(1) and nsenter(1). */
  readonly bwrap: string;
  readonly nsenter: string;
  /** Absolute path of the compiled `egress/bridge-main.js`. */
  readonly main: string;
  readonly launcher: () => Promise<readonly string[]>;
  readonly bridge: BridgeConfiguration;
};

/** A network in which there is loopback, and on it the bridge to the proxy, and nothing else. */
export type NetworkNamespace = {
  /** Words that put a program into it. */
  readonly join: readonly string[];
  readonly isAlive: () => boolean;
  readonly end: () => void;
};

const START_MILLISECONDS = 10_000;

/**
 * Makes a network namespace by bwrap(1), held by the bridge that runs in it, and says how others come in. Gives in words
 * why that is not possible here.
 */
export const networkNamespace = async (options: NamespaceOptions): Promise<Result<NetworkNamespace, string>> => {
  const launcher = await options.launcher();
  const bridge = await startBridge(options, launcher);
  if (bridge === undefined) return err("a network of its own for the aws stage cannot be made");
  const { pid, runs, end } = bridge;
  const held = openNamespaces(pid);
  const join = joining(options.nsenter, held);
  const close = () => {
    end();
    for (const descriptor of held.splice(0)) closeSync(descriptor);
  };
  if (await works(join, launcher, pid)) return ok({ join, isAlive: runs, end: close });
  close();
  return err("the network that was made for the aws stage cannot be joined");
};

type Bridge = { readonly pid: number; readonly runs: () => boolean; readonly end: () => void };

const startBridge = async (
  { pool, bwrap, main, bridge }: NamespaceOptions,
  launcher: readonly string[],
): Promise<Bridge | undefined> => {
  const [stdin, stdout] = await pool.take(2);
  if (stdin === undefined || stdout === undefined) throw new Error("the pool gave fewer pipes than asked for");
  writeSync(stdin.write, `${JSON.stringify(bridge)}\n`);
  const child = spawnStage({
    file: process.execPath,
    args: [main],
    env: {},
    cwd: "/",
    launcher: [...launcher, ...holding(bwrap)],
    stdin: stdin.read,
    stdout: stdout.write,
    stderr: 2,
  });
  for (const descriptor of [stdin.read, stdout.write]) closeSync(descriptor);
  let runs = true;
  const ended = child.exit.then(() => {
    runs = false;
    return undefined;
  });
  const end = endOf(child, stdin.write);
  const first = Promise.race([firstLine(stdout.read), ended]);
  const line = (await within(first, START_MILLISECONDS)) ? await first : undefined;
  if (line === undefined) {
    end();
    return undefined;
  }
  const { pid }: BridgeLine = JSON.parse(line);
  return { pid, runs: () => runs, end };
};

// Nothing but the network and the right to make one are its own: it has to be found by its process id.
const holding = (bwrap: string): readonly string[] => [
  bwrap,
  "--unshare-user",
  "--unshare-net",
  "--die-with-parent",
  "--dev-bind",
  "/",
  "/",
  "--",
];

// A process's number may become another's; what is open stays what it was.
const openNamespaces = (pid: number): number[] => {
  const opened: number[] = [];
  try {
    for (const name of ["user", "net"]) opened.push(openSync(`/proc/${pid}/ns/${name}`, constants.O_RDONLY));
    return opened;
  } catch (cause) {
    for (const descriptor of opened) closeSync(descriptor);
    throw cause;
  }
};

const joining = (nsenter: string, [user, net]: readonly number[]): readonly string[] => [
  nsenter,
  `--user=/proc/${process.pid}/fd/${user}`,
  `--net=/proc/${process.pid}/fd/${net}`,
  "--preserve-credentials",
  "--",
];

const endOf = (child: Child, stdin: number): (() => void) => {
  let isHeld = true;
  return () => {
    if (isHeld) closeSync(stdin);
    isHeld = false;
    child.signal("SIGKILL");
  };
};

const firstLine = (descriptor: number): Promise<string> => new Promise((resolve) => linesFrom(descriptor, resolve));

// It is another network than ours, and a program can be put into it.
const works = async (join: readonly string[], launcher: readonly string[], pid: number): Promise<boolean> => {
  if (readlinkSync(`/proc/${pid}/ns/net`) === readlinkSync("/proc/self/ns/net")) return false;
  const nothing = openSync("/dev/null", constants.O_RDWR);
  const stdio = { stdin: nothing, stdout: nothing, stderr: nothing };
  const child = spawnStage({
    file: "/bin/true",
    args: [],
    env: {},
    cwd: "/",
    launcher: [...launcher, ...join],
    ...stdio,
  });
  closeSync(nothing);
  const exit = await child.exit;
  return exit.kind === "exited" && exit.code === 0;
};
