import { createEngine, type Engine } from "../../../src/engine.js";
import type { RuleBook } from "../../../src/policy/rule-book.js";
import { type Answer, answerOf } from "../../../src/server/answer.js";
import { fanOutAnswer } from "../../../src/server/fan-out/fan-out-answer.js";
import { runTasks, type TaskEnd, type TasksCall, type TasksOptions } from "../../../src/server/fan-out/run-tasks.js";
import { type Asked, type Task, tasksOf } from "../../../src/server/fan-out/tasks.js";
import { type Bench, type BenchSettings, benchMachine } from "../../executor/bench-machine.js";
import { regionsOf } from "./known.js";

export type Ran = { readonly ends: readonly TaskEnd[]; readonly answer: Answer };

/** A machine whose engine runs tasks, by rules that a test may change. */
export type FanOutBench = {
  readonly bench: Bench;
  readonly engine: Engine;
  readonly tasks: (asked: Partial<Asked>) => Promise<readonly [Task, ...Task[]]>;
  readonly run: (asked: Partial<Asked>, options?: Partial<TasksCall & TasksOptions>) => Promise<Ran>;
};

export const fanOutBench = (settings: Partial<BenchSettings>, rules: Partial<RuleBook> = {}): FanOutBench => {
  const bench = benchMachine(settings);
  const book = { ...bench.book, ...rules };
  const engine = createEngine({ ...bench.settings, book, machine: bench.machine, seals: bench.seals });
  const { signal } = new AbortController();
  const tasks: FanOutBench["tasks"] = async (asked) => {
    const whole = { commands: ["aws s3 ls"] as const, regions: undefined, profiles: undefined, ...asked };
    const found = await tasksOf(whole, regionsOf({}), book, signal, 100);
    if (!found.ok) throw new Error(found.error.message);
    return found.value.tasks;
  };
  const run: FanOutBench["run"] = async (asked, options = {}) => {
    const { inOrder = true, maxOutput = 100_000, tell = () => undefined, ...rest } = options;
    const { concurrency } = bench.settings;
    const call: TasksCall = { milliseconds: 30_000, signal, ...rest };
    const started = Date.now();
    const ends = await runTasks(engine, await tasks(asked), call, { inOrder, concurrency, maxOutput, tell, book });
    const present = ({ answer }: TaskEnd) => answerOf(answer);
    const answer = await fanOutAnswer(ends, { present, notes: [], milliseconds: Date.now() - started });
    return { ends, answer };
  };
  return { bench, engine, tasks, run };
};

/** The tasks of an answer as data. */
export const targetsOf = ({ structured }: Answer) => structured.targets ?? [];

/** Each task's place or command, its status and its code. */
export const outcomes = ({ answer }: Ran): readonly string[] =>
  targetsOf(answer).map(({ command, region, status, error }) =>
    [command, region, status, error?.code].filter((each) => each !== undefined).join(" "),
  );

export const outputs = ({ answer }: Ran): readonly string[] => targetsOf(answer).map(({ output }) => output);
