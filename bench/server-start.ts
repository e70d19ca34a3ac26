import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { median } from "./median.js";
import type { Row } from "./row.js";

const rounds = 20;

const hello = {
  method: "initialize",
  params: { protocolVersion: "2025-06-18", capabilities: {}, clientInfo: { name: "bench", version: "1" } },
};

/** From spawn to the first `tools/list` answer, by lines of JSON-RPC and no SDK. */
export async function serverStart(
  server: string,
  environment: Readonly<Record<string, string>>,
): Promise<readonly Row[]> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) times.push(await oneStart(server, environment));
  const middle = median(times);
  return [
    {
      what: `server start: spawn to the first \`tools/list\` answer by a raw handshake, median of ${rounds}`,
      ours: `${middle.toFixed(0)} ms`,
      bash: "",
      compared: "",
      target: "under 300 ms",
      met: middle < 300,
    },
  ];
}

async function oneStart(server: string, environment: Readonly<Record<string, string>>): Promise<number> {
  const started = performance.now();
  const child = spawn(process.execPath, [server, "serve"], { env: environment, stdio: ["pipe", "pipe", "ignore"] });
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const tell = (message: object) => child.stdin.write(`${JSON.stringify({ jsonrpc: "2.0", ...message })}\n`);
  tell({ id: 1, ...hello });
  await answers.next();
  tell({ method: "notifications/initialized" });
  tell({ id: 2, method: "tools/list" });
  const { value } = await answers.next();
  const took = performance.now() - started;
  child.stdin.end();
  await ended(child);
  if (typeof value !== "string" || !value.includes("aws_cli_pipeline")) throw new Error(`tools/list answered ${value}`);
  return took;
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
}
