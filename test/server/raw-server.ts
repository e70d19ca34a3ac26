import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { needServer } from "../provision/needs.js";
import type { Settings } from "./clients.js";

/** A server without a client: the test writes the lines itself. */
export type RawServer = {
  readonly child: ChildProcessWithoutNullStreams;
  readonly pid: number;
  /** Everything on stdout and on stderr so far. */
  readonly out: () => string;
  readonly errors: () => string;
  readonly send: (message: unknown) => void;
  readonly sendText: (text: string) => void;
  /** The answer to a request. */
  readonly answer: (id: number) => Promise<Readonly<Record<string, unknown>>>;
  readonly ended: Promise<{ readonly code: unknown; readonly signal: unknown }>;
};

export const startRawServer = (settings: Settings, args: readonly string[] = ["serve"]): RawServer => {
  const env = { PATH: process.env.PATH ?? "", HOME: "/nonexistent", ...settings };
  const child = spawn(process.execPath, [needServer(), ...args], { env });
  let out = "";
  let errors = "";
  child.stdout.on("data", (chunk: Buffer) => {
    out += chunk.toString();
  });
  child.stderr.on("data", (chunk: Buffer) => {
    errors += chunk.toString();
  });
  const sendText = (text: string) => void child.stdin.write(text);
  const until = async (found: () => boolean): Promise<void> => {
    for (const deadline = Date.now() + 30_000; !found(); ) {
      if (Date.now() > deadline) throw new Error(`waited in vain; stdout: ${out}; stderr: ${errors}`);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  };
  const answerIn = (id: number) => linesOf(out).find((line) => line.id === id);
  return {
    child,
    pid: child.pid ?? 0,
    out: () => out,
    errors: () => errors,
    send: (message) => sendText(`${JSON.stringify(message)}\n`),
    sendText,
    answer: async (id) => {
      await until(() => answerIn(id) !== undefined);
      return answerIn(id) ?? {};
    },
    ended: once(child, "close").then(([code, signal]) => ({ code, signal })),
  };
};

/** The handshake of the 2025 era. */
export const handshake = async (server: RawServer): Promise<void> => {
  const params = { protocolVersion: "2025-06-18", capabilities: {}, clientInfo: { name: "test", version: "1" } };
  server.send({ jsonrpc: "2.0", id: 0, method: "initialize", params });
  await server.answer(0);
  server.send({ jsonrpc: "2.0", method: "notifications/initialized" });
};

/** A call of `aws_cli_pipeline`. */
export const pipelineCall = (id: number, command: string) => ({
  jsonrpc: "2.0",
  id,
  method: "tools/call",
  params: { name: "aws_cli_pipeline", arguments: { command } },
});

/** Every whole line as JSON. Throws where a line is not. */
export const linesOf = (text: string): readonly Readonly<Record<string, unknown>>[] =>
  text
    .split("\n")
    .slice(0, -1)
    .map((line) => JSON.parse(line));
