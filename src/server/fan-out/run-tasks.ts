import pLimit from "p-limit";
import type { CallOptions, Engine, EngineAnswer } from "../../engine.js";
import { stoppedBeforeStart } from "../../executor/not-started.js";
import type { TaskProblem } from "./places.js";
import { type AmongTasks, type TaskAnswer, taskRefusal } from "./task-refusal.js";
import type { Task } from "./tasks.js";

export type TaskEnd = { readonly task: Task; readonly answer: TaskAnswer };

/** What all tasks of a call have in common; `milliseconds` is for all of them together. */
export type TasksCall = Pick<
  CallOptions,
  "milliseconds" | "signal" | "readOnly" | "principal" | "identify" | "request"
>;

export type TasksOptions = Pick<AmongTasks, "book"> & {
  /** Each command waits until those before it have ended everywhere; otherwise all run at once. */
  readonly inOrder: boolean;
  /** How many tasks are under way at once; one that waits is not judged yet, and none of its files is copied. */
  readonly concurrency: number;
  /** Characters of output of all tasks together. */
  readonly maxOutput: number;
  /** Hears how many tasks have ended, and of how many. */
  readonly tell: (done: number, all: number) => void;
};

/** Bytes of output of all tasks together that are kept: what is kept of one answer is not pushed out by the rest of it. */
const MOST_KEPT = 2 ** 30;

/** The least characters of output that a task may have. */
const LEAST_OUTPUT = 500;

/**
 * Runs tasks, some at once, and gives what became of each, in their order. One that fails stops no other;
 * what has not started when the call is cancelled or its time is over does not start any more.
 *
 * A task is judged when its turn comes, like a call of its own, but for two things: nobody is asked, and no file is
 * written that other places write at the same time. Where the client confirms every call, it has confirmed a command
 * before anybody knew what those before it have done, so that this counts for the first command only.
 */
export const runTasks = async (
  engine: Engine,
  tasks: readonly [Task, ...Task[]],
  call: TasksCall,
  options: TasksOptions,
): Promise<readonly TaskEnd[]> => {
  const deadline = Date.now() + call.milliseconds;
  const places = tasks.filter(({ step }) => step === tasks[0].step).length;
  const maxSpool = Math.floor(MOST_KEPT / tasks.length);
  const maxOutput = Math.max(LEAST_OUTPUT, Math.floor(options.maxOutput / tasks.length));
  const run = (task: Task, milliseconds: number): Promise<EngineAnswer> =>
    engine.run(task.command, {
      ...{ ...call, milliseconds, maxOutput, maxSpool, sink: undefined, target: task.target },
      ...(places > 1 ? { outfiles: false } : {}),
      ...(task.step > 0 ? { confirmed: false } : {}),
    });
  const answerTo = async (task: Task): Promise<TaskAnswer> => {
    const milliseconds = deadline - Date.now();
    const problem = task.problem ?? stopped(call.signal, milliseconds);
    if (problem !== undefined) return notRun(problem, engine.policy);
    const { readOnly = false } = call;
    return taskRefusal(await run(task, milliseconds), { task, places, readOnly, book: options.book });
  };
  let done = 0;
  const end = async (task: Task): Promise<TaskEnd> => {
    const answer = await answerTo(task);
    done += 1;
    options.tell(done, tasks.length);
    return { task, answer };
  };
  const limit = pLimit(options.concurrency);
  const ends: TaskEnd[] = [];
  for (const round of options.inOrder ? roundsOf(tasks) : [tasks])
    ends.push(...(await allOf(round.map((task) => limit(() => end(task))))));
  return ends;
};

const roundsOf = (tasks: readonly Task[]): readonly (readonly Task[])[] =>
  [...new Set(tasks.map(({ step }) => step))].map((step) => tasks.filter((task) => task.step === step));

// A mistake of ours in one ends the call, but not before the others have ended: nobody would end them later.
const allOf = async <T>(works: readonly Promise<T>[]): Promise<readonly T[]> => {
  await Promise.allSettled(works);
  return Promise.all(works);
};

const stopped = (signal: AbortSignal, milliseconds: number): TaskProblem | undefined => {
  if (signal.aborted) return stoppedBeforeStart.cancelled;
  return milliseconds <= 0 ? stoppedBeforeStart.deadline : undefined;
};

const notRun = ({ code, message, hint }: TaskProblem, policy: string): TaskAnswer => ({
  kind: "ran",
  result: { kind: "failure", code, message, hint, stage: 0 },
  warnings: [],
  identities: [],
  kept: [],
  policy,
});
