import pLimit, { type LimitFunction } from "p-limit";
import type { PreparedXargs } from "../../../src/executor/prepare-stage.js";
import type { RunItem } from "../../../src/executor/run-item.js";
import { wireStages } from "../../../src/executor/wire-stages.js";
import { xargsChild } from "../../../src/executor/xargs/xargs-child.js";
import type { XargsWork } from "../../../src/executor/xargs/xargs-work.js";
import { planArgv } from "../../../src/plan/plan-argv.js";
import { DEFAULT_STREAMS, type Streams } from "../../../src/plan/streams.js";
import { commandOf } from "../../../src/utilities/xargs/command-of.js";
import { readXargs } from "../../../src/utilities/xargs/read-xargs.js";
import type { Workbench } from "../wired-run.js";

export type XargsOptions = Partial<Pick<XargsWork, "runItem" | "progress">> & {
  readonly parallel?: number;
  /** Those of other stages, in place of its own. */
  readonly turns?: LimitFunction;
  readonly streams?: Partial<Streams>;
};

/** An xargs stage that nobody has judged; its commands do nothing where nobody says what they do. */
export const xargsStage = (words: readonly string[], options: XargsOptions = {}): PreparedXargs => {
  const { runItem = async () => ended(0), progress = () => undefined, parallel = 1, streams } = options;
  const [stage] = planArgv(["xargs", ...words]).stages;
  const call = readXargs(stage.arguments.map(({ text }) => text));
  if (!call.ok) throw new Error(call.error.message);
  // Where the call's own streams lead is known to the stage; its runs have nothing to do with it.
  const elsewhere: Streams = { stdin: "null", stdout: "null", stderr: "null" };
  const command = { ...stage, arguments: commandOf(call.value, stage.arguments), streams: elsewhere };
  const work = { call: call.value, command, runItem, progress, turns: options.turns ?? pLimit(parallel) };
  return {
    kind: "xargs",
    name: "xargs",
    streams: { ...DEFAULT_STREAMS, ...streams },
    start: (to) => xargsChild(work, to),
  };
};

export const ended = (code: number) => ({ kind: "ended", exit: { kind: "exited", code } }) as const;

/** Starts each command as it comes, a program of test/programs or one of the system. */
export const spawnItems =
  (bench: Workbench): RunItem =>
  async (command, { stdout, stderr, signal }) => {
    const [name = "", ...args] = command.arguments.map(({ text }) => text);
    const { children } = wireStages([bench.stage(name, args)], [], { sink: stdout, errors: stderr });
    const stop = () => children[0].signal("SIGTERM");
    signal.addEventListener("abort", stop, { once: true });
    if (signal.aborted) stop();
    return { kind: "ended", exit: await children[0].exit };
  };
