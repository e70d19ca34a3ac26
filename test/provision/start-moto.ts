import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { Socket } from "node:net";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { findProgram } from "./find-program.js";
import { ProvisionProblem } from "./found.js";
import { type MotoCommand, motoCommand } from "./moto.js";

export type Moto = {
  readonly endpoint: string;
  /** What a server or a CLI needs in its environment to talk to this stand-in and to nothing else. */
  readonly environment: Readonly<Record<string, string>>;
  readonly stop: () => Promise<void>;
};

/** Starts a stand-in of its own for the caller, on loopback and a free port; it dies with the caller. */
export async function startMoto(command?: MotoCommand): Promise<Moto> {
  const child = spawnMoto(command ?? (await motoCommand()));
  const kill = () => child.kill("SIGKILL");
  process.once("exit", kill);
  try {
    const endpoint = await endpointFrom(child.stderr);
    return { endpoint, environment: environmentFor(endpoint), stop: () => stop(child, kill) };
  } catch (error) {
    await stop(child, kill);
    throw error;
  }
}

type MotoProcess = ChildProcess & { readonly stderr: Readable };

function spawnMoto(command: MotoCommand): MotoProcess {
  const [program, ...args] = dyingWithCaller(command);
  const environment = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("AWS_")));
  const child = spawn(program, [...args, "-H", "127.0.0.1", "-p", "0"], {
    stdio: ["ignore", "ignore", "pipe"],
    env: environment,
  });
  child.on("error", () => undefined); // its stderr ends then, which is where the caller waits
  child.unref();
  return child;
}

/** A caller that is killed runs no exit handler; there the kernel does it. */
function dyingWithCaller(command: MotoCommand): MotoCommand {
  const setpriv = process.platform === "linux" ? findProgram("setpriv") : undefined;
  return setpriv === undefined ? command : [setpriv, "--pdeathsig", "KILL", "--", ...command];
}

async function endpointFrom(stderr: Readable): Promise<string> {
  const said: string[] = [];
  const lines = createInterface({ input: stderr });
  const timer = setTimeout(() => lines.close(), 60_000);
  try {
    for await (const line of lines) {
      const endpoint = /http:\/\/127\.0\.0\.1:\d+/.exec(line)?.[0];
      if (endpoint !== undefined) return endpoint;
      said.push(line);
    }
    throw new ProvisionProblem(`moto_server did not start: ${said.at(-1) ?? "it said nothing"}`);
  } finally {
    clearTimeout(timer);
    stderr.resume(); // it logs every request; unread, the pipe would fill and block it
    if (stderr instanceof Socket) stderr.unref(); // a caller that has nothing else to do may end
  }
}

function environmentFor(endpoint: string): Moto["environment"] {
  return {
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: "testing",
    AWS_SECRET_ACCESS_KEY: "testing",
    AWS_REGION: "us-east-1",
    AWS_DEFAULT_REGION: "us-east-1",
  };
}

async function stop(child: ChildProcess, kill: () => void): Promise<void> {
  process.off("exit", kill);
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  child.ref();
  const exited = once(child, "exit");
  child.kill("SIGKILL"); // it keeps nothing that could be lost
  await exited;
}
