import { execFileSync } from "node:child_process";
import { availableParallelism } from "node:os";
import { build } from "../test/provision/build.js";
import { findProgram } from "../test/provision/find-program.js";
import { need, ProvisionProblem } from "../test/provision/found.js";
import { provision } from "../test/provision/provision.js";
import { say } from "../test/provision/say.js";
import { startMoto } from "../test/provision/start-moto.js";
import { type Nginx, startNginxProcess, UNBOUNDED } from "../test/replicas/nginx-process.js";
import { type Call, type Crowd, crowd } from "./http-clients.js";
import { type HttpServer, startHttp } from "./http-server.js";
import { main } from "./main.js";
import { median } from "./median.js";
import { type Load, type Loads, type Measured, measuredLines, writeMeasured } from "./replicas-page.js";
import { processorTime, residentOf, treeOf } from "./replicas-processes.js";

/** Seconds for each kind of call, and in a short run, which tries things out and writes nothing down. */
const SECONDS = 20;
const SHORT = 3;

/** How often a start is measured. */
const STARTS = 5;

/** Each kind of call, and how many clients send it, one call after the other: enough that replicas are never idle. */
const KINDS = {
  check: { clients: 24, tool: "aws_cli_check", command: "aws ec2 describe-instances --max-items 5 | head -3" },
  filters: { clients: 12, tool: "aws_cli_pipeline", command: "echo hello | tr a-z A-Z" },
  aws: { clients: 6, tool: "aws_cli_read", command: "aws sts get-caller-identity" },
} as const;

/**
 * Measures what replicas do behind nginx, and what one more of them costs, and writes it into docs/replicas.md. With the
 * argument `--short` it takes two minutes instead of nine, and only prints. The numbers are those of a machine that does nothing else.
 */
async function replicas(): Promise<boolean> {
  const isShort = process.argv.includes("--short");
  const seconds = isShort ? SHORT : SECONDS;
  const [program, found] = [await build(), await provision()];
  const moto = await startMoto(need(found.moto));
  const programs = { nginx: need(found.programs.nginx), setpriv: need(found.programs.setpriv) };
  const start = () => startHttp(program, { ...moto.environment, AWS_MCP_AWS_CLI: need(found.aws), ...UNLIMITED });
  const behind = async (servers: readonly HttpServer[]): Promise<Loads> => {
    say(`${servers.length} behind nginx`);
    const nginx = await startNginxProcess(programs, {
      ports: servers.map(({ url }) => Number(url.port)),
      replace: UNBOUNDED,
    });
    try {
      return await measureLoads(nginx.url, seconds, nginx);
    } finally {
      await nginx.stop();
    }
  };
  try {
    const starts = await measureStarts(start);
    const pinned = await pinnedLoads(start, seconds);
    const [first, second, third] = [await start(), await start(), await start()];
    const idle = residentOf(first.pid).now;
    say("one replica");
    const direct = await measureLoads(first.url, seconds);
    const more = [await behind([first]), await behind([first, second]), await behind([first, second, third])] as const;
    const memory = { idle, most: residentOf(first.pid).most };
    await Promise.all([first, second, third].map((server) => server.stop()));
    const lines = measuredLines({ seconds, pinned, direct, behind: more, start: starts, memory });
    process.stdout.write(`${lines}\n`);
    if (!isShort) writeMeasured(lines);
    return true;
  } finally {
    await moto.stop();
  }
}

/** Nobody proves who it is, and no limit is reached. */
const UNLIMITED = { AWS_MCP_HTTP_AUTH: "none", AWS_MCP_CALLS_PER_MINUTE: "1000000" };

async function measureStarts(start: () => Promise<HttpServer>): Promise<Measured["start"]> {
  const clock: number[] = [];
  const processor: number[] = [];
  for (let round = 0; round < STARTS; round++) {
    const begun = performance.now();
    const server = await start();
    clock.push(performance.now() - begun);
    processor.push(processorTime(server.pid));
    await server.stop();
  }
  return { clock: median(clock), processor: median(processor) };
}

/** One replica on the first core, with all that it runs, and everything else on the second one. */
async function pinnedLoads(start: () => Promise<HttpServer>, seconds: number): Promise<Loads> {
  const server = await start();
  // The stand-in for AWS is a child of this process, as the replica is.
  pin(process.pid, "1");
  pin(server.pid, "0");
  say("one replica with a core of its own");
  try {
    return await measureLoads(server.url, seconds);
  } finally {
    await server.stop();
    pin(process.pid, `0-${availableParallelism() - 1}`);
  }
}

function pin(pid: number, cores: string): void {
  const taskset = findProgram("taskset");
  if (taskset === undefined) throw new ProvisionProblem("taskset is not on the PATH: install util-linux");
  for (const each of treeOf(pid)) execFileSync(taskset, ["-acp", cores, String(each)], { stdio: "ignore" });
}

async function measureLoads(url: URL, seconds: number, nginx?: Nginx): Promise<Loads> {
  const measure = (kind: keyof typeof KINDS): Promise<Load> => measureLoad(url, seconds, KINDS[kind], nginx);
  return { check: await measure("check"), filters: await measure("filters"), aws: await measure("aws") };
}

async function measureLoad(
  url: URL,
  seconds: number,
  { clients, tool, command }: (typeof KINDS)[keyof typeof KINDS],
  nginx: Nginx | undefined,
): Promise<Load> {
  const call = (client: number): Call => ({ era: client % 2 === 0 ? "2026-07-28" : "2025-11-25", tool, command });
  const ask = async (many: number, milliseconds: number): Promise<Crowd> => {
    const answered = await crowd(url, many, milliseconds, call);
    if (answered.errors.size > 0) throw new Error(`${tool} failed: ${JSON.stringify([...answered.errors])}`);
    return answered;
  };
  const byNginx = (): number => (nginx === undefined ? 0 : processorTime(nginx.pid));
  // What is found out, and compiled, at the first calls of a kind, by each replica, is no part of it.
  await ask(clients, (seconds * 1000) / 4);
  const alone = await ask(1, (seconds * 1000) / 4);
  const [began, before] = [performance.now(), byNginx()];
  const { calls, times } = await ask(clients, seconds * 1000);
  const took = (performance.now() - began) / 1000;
  const at = (share: number): number => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;
  return {
    ...{ callsPerSecond: calls / took, p50: at(0.5), p99: at(0.99) },
    ...{ alone: median(alone.times), nginx: (byNginx() - before) / calls },
  };
}

await main(replicas);
