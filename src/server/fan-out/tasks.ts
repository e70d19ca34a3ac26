import type { Target } from "../../check.js";
import { err, ok, type Result } from "../../language/result.js";
import type { RuleBook } from "../../policy/rule-book.js";
import { type AskedPlaces, placesOf, type Regions, type TaskProblem } from "./places.js";

/** One command at one place. */
export type Task = {
  /** Which of the call's commands it is, from 0. */
  readonly step: number;
  readonly command: string;
  readonly target: Target;
  /** Why it cannot run, where that is known before anything does. */
  readonly problem?: TaskProblem;
};

/** All that a call runs, command by command, and what it leaves out. */
export type Tasks = { readonly tasks: readonly [Task, ...Task[]]; readonly notes: readonly string[] };

/** A call as it was sent. */
export type Asked = AskedPlaces & { readonly commands: readonly [string, ...string[]] };

/** The most runs of one call; each starts processes. */
const MOST = 100;

/**
 * Each command of a call at each of its places. A region or a profile that is named twice is one; a command is not, since
 * the second run may see what has changed after the first.
 *
 * Problems: `fan-out-too-wide`, and those of `placesOf`.
 */
export const tasksOf = async (
  asked: Asked,
  regions: Regions,
  book: RuleBook,
  signal: AbortSignal,
): Promise<Result<Tasks, TaskProblem>> => {
  const found = await placesOf(asked, regions, book, signal);
  if (!found.ok) return found;
  const { places, notes } = found.value;
  if (asked.commands.length * places.length > MOST) return err(tooWide(asked.commands.length, places.length));
  const all = asked.commands.flatMap((command, step) => places.map((place): Task => ({ step, command, ...place })));
  const [first, ...rest] = all;
  if (first === undefined) throw new Error("a call without commands or places was taken apart");
  return ok({ tasks: [first, ...rest], notes });
};

const tooWide = (commands: number, places: number): TaskProblem => ({
  code: "fan-out-too-wide",
  message: `${times(commands, "command")} at ${times(places, "place")} are ${commands * places} runs, and one call has at most ${MOST}`,
  hint: 'send fewer commands in one call, or name fewer regions and profiles: `regions: ["us-east-1"]`',
});

const times = (count: number, what: string): string => `${count} ${what}${count === 1 ? "" : "s"}`;
