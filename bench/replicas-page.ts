import { readFileSync, writeFileSync } from "node:fs";
import { cpus, release, totalmem } from "node:os";
import { join } from "node:path";
import { repository } from "../test/provision/repository.js";

const BEGIN = "<!-- written by `npm run bench:replicas` -->";
const END = "<!-- end of what was measured -->";

/** What was measured with one kind of call. Times are in milliseconds. */
export type Load = {
  /** With so many clients that replicas are never idle. */
  readonly callsPerSecond: number;
  readonly p50: number;
  readonly p99: number;
  /** The median with one client, so that nothing waits for anything. */
  readonly alone: number;
  /** Processor time of nginx for one call. */
  readonly nginx: number;
};

export type Loads = { readonly check: Load; readonly filters: Load; readonly aws: Load };

export type Measured = {
  readonly seconds: number;
  /** A replica with a core of its own, without nginx. */
  readonly pinned: Loads;
  readonly direct: Loads;
  /** One, two and three replicas behind nginx. */
  readonly behind: readonly [Loads, Loads, Loads];
  /** Milliseconds from the start until it serves, by the clock and of processor time. */
  readonly start: { readonly clock: number; readonly processor: number };
  /** MB of the server process: when it listens, and at most under load. */
  readonly memory: { readonly idle: number; readonly most: number };
};

/** The tables of `docs/replicas.md`. */
export function measuredLines({ seconds, pinned, direct, behind, start, memory }: Measured): string {
  const [one, two, three] = behind;
  return [
    `Measured on ${new Date().toISOString().slice(0, 10)} with ${machine()}; ${seconds} s for each number. Clients, nginx and the stand-in for AWS (moto) run on the same cores.`,
    "",
    "| one call | one core does | alone it takes | and through nginx | of nginx's processor time |",
    "| --- | --- | --- | --- | --- |",
    ...KINDS.map(
      ([says, kind]) =>
        `| ${says} | ${rounded(pinned[kind].callsPerSecond)} calls/s | ${rounded(direct[kind].alone)} ms | ${rounded(one[kind].alone)} ms | ${rounded(one[kind].nginx)} ms |`,
    ),
    "",
    "| calls per second, and the median and the 99th percentile of their time | judge | filters | `aws` |",
    "| --- | --- | --- | --- |",
    loadsLine("one replica with a core of its own, without nginx", pinned),
    loadsLine("one replica, without nginx", direct),
    loadsLine("one replica behind nginx", one),
    loadsLine("two replicas behind nginx", two),
    loadsLine("three replicas behind nginx", three),
    "",
    "| one more replica | |",
    "| --- | --- |",
    `| from its start until it serves | ${rounded(start.clock)} ms, ${rounded(start.processor)} ms of processor time |`,
    `| memory of the server when it begins | ${rounded(memory.idle)} MB |`,
    `| memory of the server under these loads, at most | ${rounded(memory.most)} MB |`,
    "",
  ].join("\n");
}

// A pipe in a cell would end it, also inside backticks.
const KINDS = [
  ["judge a command (`aws_cli_check`)", "check"],
  ["run a small pipeline of filters (`echo hello \\| tr a-z A-Z`)", "filters"],
  ["run an `aws` command (`sts get-caller-identity`)", "aws"],
] as const;

const loadsLine = (what: string, { check, filters, aws }: Loads): string =>
  `| ${what} | ${cell(check)} | ${cell(filters)} | ${cell(aws)} |`;

const cell = ({ callsPerSecond, p50, p99 }: Load): string =>
  `${rounded(callsPerSecond)} calls/s, ${rounded(p50)} / ${rounded(p99)} ms`;

/** Puts what was measured where the page has its place for it. */
export function writeMeasured(lines: string): void {
  const file = join(repository, "docs", "replicas.md");
  const page = readFileSync(file, "utf8");
  const [from, to] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (from < 0 || to < from) throw new Error(`${file} has no place for what was measured`);
  writeFileSync(file, `${page.slice(0, from + BEGIN.length)}\n\n${lines}\n${page.slice(to)}`);
}

function machine(): string {
  const cores = cpus();
  return `${cores.length} cores of ${cores[0]?.model ?? "an unknown processor"}, ${Math.round(totalmem() / 2 ** 30)} GiB, Linux ${release()}, Node ${process.versions.node}`;
}

/** Two digits, or as many as there are before the point. */
const rounded = (value: number): string => (value >= 10 ? value.toFixed(0) : value.toPrecision(2));
