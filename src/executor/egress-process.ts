import { randomBytes } from "node:crypto";
import { closeSync, writeSync } from "node:fs";
import type { EgressEvent } from "../egress/egress-event.js";
import type { EgressSettings } from "../egress/egress-settings.js";
import type { ProxyConfiguration, ProxyLine } from "../egress/proxy-main.js";
import { err, ok, type Result } from "../language/result.js";
import type { FifoPool, KernelPipe } from "./fifo-pool.js";
import { linesFrom } from "./lines-from.js";
import { type Child, spawnStage } from "./spawn-stage.js";
import { within } from "./within.js";

export type EgressOptions = {
  readonly settings: EgressSettings;
  readonly pool: FifoPool;
  /** Absolute path of the compiled `egress/proxy-main.js`. */
  readonly main: string;
  /** Words before the program; without them it still ends with this process, whose end of its stdin closes. */
  readonly launcher: () => Promise<readonly string[]>;
  /** Absolute path, in a directory of ours alone, of the Unix socket for what has no network; undefined: none. */
  readonly socketPath: string | undefined;
  /** `NODE_EXTRA_CA_CERTS` of the operator: who vouches for an `https` proxy of theirs. */
  readonly certificates: string | undefined;
};

/** The proxy as it runs now. */
export type RunningProxy = { readonly port: number; readonly token: string; readonly pid: number };

export type EgressProcess = {
  /** Starts the proxy, or starts it anew when it has died; gives in words why that failed. */
  readonly running: () => Promise<Result<RunningProxy, string>>;
  /** Which connections of a run did not come about, of the last few hundred. */
  readonly eventsOf: (run: string) => readonly EgressEvent[];
  /** Ends the proxy for good. Until then this process does not end by itself. */
  readonly stop: () => Promise<void>;
};

const KEPT_EVENTS = 256;
const START_MILLISECONDS = 10_000;
const STOP_MILLISECONDS = 1_000;

/** The egress proxy of one server: one process for all calls, started with the first. */
export const egressProcess = (options: EgressOptions): EgressProcess => {
  const token = randomBytes(24).toString("base64url");
  const events: EgressEvent[] = [];
  let current: Promise<Result<Started, string>> | undefined;
  let isStopped = false;

  const hear = (event: EgressEvent): void => {
    // Who does not present the token may be anybody.
    if (event.run === "") return;
    events.push(event);
    if (events.length > KEPT_EVENTS) events.shift();
  };
  const begin = async (): Promise<Result<Started, string>> => {
    const started = await startProxy(options, token, hear).catch((cause: unknown) => err(String(cause)));
    if (!started.ok) current = undefined;
    else
      void started.value.child.exit.then(() => {
        current = undefined;
      });
    return started;
  };

  return {
    running: async () => {
      if (isStopped) return err("the egress proxy was stopped");
      current ??= begin();
      const started = await current;
      return started.ok ? ok({ port: started.value.port, token, pid: started.value.child.pid ?? 0 }) : started;
    },
    eventsOf: (run) => events.filter((event) => event.run === run),
    stop: async () => {
      isStopped = true;
      const started = await current;
      if (started?.ok) await started.value.end();
    },
  };
};

type Started = { readonly port: number; readonly child: Child; readonly end: () => Promise<void> };

const startProxy = async (
  options: EgressOptions,
  token: string,
  hear: (event: EgressEvent) => void,
): Promise<Result<Started, string>> => {
  const [launcher, [stdin, stdout]] = await Promise.all([options.launcher(), options.pool.take(2)]);
  if (stdin === undefined || stdout === undefined) throw new Error("the pool gave fewer pipes than asked for");
  const { settings, socketPath } = options;
  const configuration: ProxyConfiguration = { settings, token, socketPath };
  // Before it starts, since nobody may read any more after that; a pipe holds 64 KiB.
  writeSync(stdin.write, `${JSON.stringify(configuration)}\n`);
  const child = spawnProxy(options, launcher, stdin, stdout);
  const holdsStdin = once(() => closeSync(stdin.write));
  const port = portFrom(stdout.read, hear);
  const ended = child.exit.then((exit) => {
    holdsStdin();
    return `the egress proxy ended: ${JSON.stringify(exit)}`;
  });
  const end = async (): Promise<void> => {
    holdsStdin();
    if (!(await within(child.exit, STOP_MILLISECONDS))) child.signal("SIGKILL");
    await child.exit;
  };
  const first = Promise.race([port, ended]);
  if (!(await within(first, START_MILLISECONDS))) {
    await end();
    return err("the egress proxy did not start in time");
  }
  const said = await first;
  return typeof said === "number" ? ok({ port: said, child, end }) : err(said);
};

const spawnProxy = (
  options: EgressOptions,
  launcher: readonly string[],
  stdin: KernelPipe,
  stdout: KernelPipe,
): Child => {
  const env = options.certificates === undefined ? {} : { NODE_EXTRA_CA_CERTS: options.certificates };
  const stdio = { stdin: stdin.read, stdout: stdout.write, stderr: 2 };
  const child = spawnStage({ file: process.execPath, args: [options.main], env, cwd: "/", launcher, ...stdio });
  closeSync(stdin.read);
  closeSync(stdout.write);
  return child;
};

// The first line says where it listens, every other one what did not come about.
const portFrom = (descriptor: number, hear: (event: EgressEvent) => void): Promise<number> =>
  new Promise((resolve) => {
    linesFrom(descriptor, (line) => {
      const said: ProxyLine = JSON.parse(line);
      if ("event" in said) hear(said);
      else resolve(said.port);
    });
  });

const once = (act: () => void): (() => void) => {
  let isDone = false;
  return () => {
    if (!isDone) act();
    isDone = true;
  };
};
