import { readFileSync } from "node:fs";
import { build } from "../test/provision/build.js";
import { type Call, crowd } from "./http-clients.js";
import { startHttp } from "./http-server.js";
import { main } from "./main.js";

/** Clients at once, and seconds. */
const CLIENTS = 500;
const SECONDS = 60;

/** Nobody proves who it is, and no limit is reached. */
const UNBOUNDED = { AWS_MCP_HTTP_AUTH: "none", AWS_MCP_CALLS_PER_MINUTE: "1000000" };

/** Growth of resident memory over the last two thirds of the time that is taken for none, in MB: V8 lets go when it likes. */
const GROWTH = 100;

/** Most clients check, some run; half of each speaks the older protocol. */
const callOf = (client: number): Call => ({
  era: client % 2 === 0 ? "2026-07-28" : "2025-11-25",
  ...(client % 20 < 18
    ? { tool: "aws_cli_check", command: "aws ec2 describe-instances --max-items 5 | head -3" }
    : { tool: "aws_cli_pipeline", command: "echo hello | wc -c" }),
});

/**
 * Calls a server over HTTP with 500 clients for a minute: no error, and memory that does not grow. Seconds may be given as
 * an argument.
 */
async function httpLoad(): Promise<boolean> {
  const seconds = Number(process.argv[2] ?? SECONDS);
  const server = await startHttp(await build(), UNBOUNDED);
  const resident = (): number =>
    Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${server.pid}/status`, "utf8"))?.[1]) / 1024;
  try {
    const residents: number[] = [];
    const timer = setInterval(() => residents.push(resident()), 10_000);
    const { calls, errors, times } = await crowd(server.url, CLIENTS, seconds * 1000, callOf);
    clearInterval(timer);
    const last = resident();
    const settled = residents[Math.floor(residents.length / 3)] ?? last;
    const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))]?.toFixed(0);
    const failed = [...errors.values()].reduce((sum, count) => sum + count, 0);
    process.stdout.write(
      [
        `${CLIENTS} clients for ${seconds} s: ${calls} calls, ${(calls / seconds).toFixed(0)} calls/s`,
        `time of a call: p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, longest ${at(1)} ms`,
        `errors: ${failed}`,
        ...[...errors].map(([what, count]) => `  ${count} times ${what}`),
        `resident memory every 10 s: ${residents.map((each) => each.toFixed(0)).join(", ")} MB; ${last.toFixed(0)} MB at the end`,
        "",
      ].join("\n"),
    );
    return failed === 0 && last < settled + GROWTH;
  } finally {
    await server.stop();
  }
}

await main(httpLoad);
