import { randomBytes } from "node:crypto";
import { StdioClientTransport } from "@modelcontextprotocol/client/stdio";
import type { Outcome } from "../provision/run-program.js";
import { type Connected, modernOver, type Settings } from "../server/clients.js";
import { ENGINE, engine, IMAGE, tryEngine } from "./engine.js";

/** What the documentation runs it with. */
export const HARDENED = [
  ...["--read-only", "--tmpfs", "/tmp", "--cap-drop", "ALL", "--security-opt", "no-new-privileges"],
  ...["--pids-limit", "512", "--memory", "1g"],
] as const;

export type Chosen = {
  /** Flags for the engine's `run` besides the hardened ones. */
  readonly flags?: readonly string[];
  /** The server's environment. */
  readonly settings?: Settings;
};

// podman has its health checks run by systemd, and complains where there is none.
const flagsOf = ({ flags = [], settings = {} }: Chosen): readonly string[] => [
  ...["--rm", "--no-healthcheck", ...HARDENED, ...flags],
  ...Object.entries(settings).flatMap(([name, value]) => ["--env", `${name}=${value}`]),
];

/** Runs one of the server's commands in a container of its own. */
export const runOnce = (command: readonly string[], chosen: Chosen = {}): Promise<Outcome> =>
  tryEngine("run", ...flagsOf({ flags: ["--network", "none"], ...chosen }), IMAGE, ...command);

/** A container that runs. */
export type Container = {
  readonly name: string;
  /** Runs a program of Node's in the container, and reads the JSON that it prints. */
  readonly inside: <T>(program: string) => Promise<T>;
  /** Tells it to stop, and how long it took: milliseconds. */
  readonly stop: () => Promise<number>;
  readonly remove: () => Promise<void>;
};

export type Served = Container & Connected & { readonly log: () => string; readonly pid: number };

const newName = (): string => `awspipe-test-${randomBytes(6).toString("hex")}`;

const containerOf = (name: string): Container => ({
  name,
  inside: async (program) =>
    JSON.parse(await engine("exec", name, "/usr/local/bin/node", "--input-type=module", "--eval", program)),
  stop: async () => {
    const started = performance.now();
    await engine("stop", name);
    return performance.now() - started;
  },
  remove: async () => void (await tryEngine("rm", "--force", name)),
});

/**
 * Connects the SDK's client over stdio, as an application does: its command is the engine's `run`. The container has no name
 * of its own, since the client runs its command once more beforehand, to find out which protocol the server speaks.
 */
export const serveStdio = async (chosen: Chosen = {}): Promise<Served> => {
  const mark = `awspipe-test=${newName()}`;
  const flags = flagsOf({ flags: ["--network", "none"], ...chosen });
  const args = ["run", "--interactive", "--label", mark, ...flags, IMAGE];
  // All of it is a string where the engine got it from a shell.
  const env = process.env as Settings;
  const transport = new StdioClientTransport({ command: ENGINE, args, env, stderr: "pipe" });
  let said = "";
  transport.stderr?.on("data", (chunk: Buffer) => {
    said += chunk.toString();
  });
  try {
    const connected = await modernOver(transport);
    await connected.tools();
    return { ...containerOf(await marked(mark)), ...connected, pid: transport.pid ?? 0, log: () => said };
  } catch (cause) {
    throw new Error(`the container did not serve: ${said}`, { cause });
  }
};

/** The container with a label, once the one before it is gone. */
const marked = async (label: string): Promise<string> => {
  for (let tries = 0; tries < 100; tries += 1) {
    const ids = (await engine("ps", "--quiet", "--filter", `label=${label}`)).split("\n").filter(Boolean);
    if (ids.length === 1 && ids[0] !== undefined) return ids[0];
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`there is not one container with the label ${label}`);
};

/** Starts it in the background, and gives it back as soon as it has logged this. */
export const startDetached = async (chosen: Chosen, until: string): Promise<Container> => {
  const name = newName();
  const container = containerOf(name);
  await engine("run", "--detach", "--name", name, ...flagsOf(chosen).filter((flag) => flag !== "--rm"), IMAGE);
  for (let tries = 0; tries < 200; tries += 1) {
    const { stdout, stderr } = await tryEngine("logs", name);
    if (`${stdout}${stderr}`.includes(until)) return container;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const { stderr } = await tryEngine("logs", name);
  await container.remove();
  throw new Error(`it never said ${until}: ${stderr}`);
};
