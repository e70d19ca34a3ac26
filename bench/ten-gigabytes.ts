import { truncateSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { pathToFileURL } from "node:url";
import { timed } from "./median.js";
import type { Row } from "./row.js";

const size = 10e9;
const pipeline = "cat big | tr a b | wc -c";

/** 10 GB through three stages in a process that does nothing else: what it costs that process in memory and in answers that wait. */
export async function tenGigabytes(server: string): Promise<readonly Row[]> {
  const { engine, machine } = await start(dirname(server));
  const file = join(machine.workspace, "big");
  writeFileSync(file, "");
  truncateSync(file, size);
  try {
    const run = (text: string) => engine.run(text, { milliseconds: 600_000, signal: new AbortController().signal });
    await run("echo warm | cat");
    return await watched(() => run(pipeline));
  } finally {
    await machine.close();
  }
}

async function watched(run: () => Promise<Answer>): Promise<readonly Row[]> {
  const delay = monitorEventLoopDelay({ resolution: 5 });
  const before = process.memoryUsage.rss();
  let most = before;
  const look = setInterval(() => {
    most = Math.max(most, process.memoryUsage.rss());
  }, 50);
  delay.enable();
  let answer: Answer | undefined;
  const milliseconds = await timed(async () => {
    answer = await run();
  });
  delay.disable();
  clearInterval(look);
  if (answer?.result?.output?.text !== `${size}\n`) throw new Error(JSON.stringify(answer));
  return rows(milliseconds, (most - before) / 1024 ** 2, delay.max / 1e6);
}

const rows = (milliseconds: number, mebibytes: number, longest: number): readonly Row[] => [
  {
    what: `10 GB through \`${pipeline}\`, growth of the server's memory`,
    ours: `${mebibytes.toFixed(1)} MiB`,
    bash: "",
    compared: `in ${(milliseconds / 1000).toFixed(1)} s`,
    target: "under 32 MiB",
    met: mebibytes < 32,
  },
  {
    what: "the same, longest time that its event loop was blocked",
    ours: `${longest.toFixed(1)} ms`,
    bash: "",
    compared: "",
    target: "under 50 ms",
    met: longest < 50,
  },
];

type Answer = { readonly result?: { readonly output?: { readonly text: string } } };

type Started = {
  readonly engine: {
    readonly run: (text: string, call: { milliseconds: number; signal: AbortSignal }) => Promise<Answer>;
  };
  readonly machine: { readonly workspace: string; readonly close: () => Promise<void> };
};

async function start(dist: string): Promise<Started> {
  const load = (name: string) => import(pathToFileURL(join(dist, name)).href);
  const [{ startEngine }, { readSettings }] = await Promise.all(["start-engine.js", "settings.js"].map(load));
  return startEngine(readSettings({}), process.env);
}
