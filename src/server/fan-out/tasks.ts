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

/** The most runs of one call where the operator sets no other bound; each starts processes. */
const MOST = 100;

/**
 * Each command of a call at each of its places. A region or a profile that is named twice is one; a command is not, since
 * the second run may see what has changed after the first.
 *
 * @param most the operator's bound on the runs of one call, from 1 to 100
 *
 * Problems: `fan-out-too-wide`, and those of `placesOf`.
 */
export const tasksOf = async (
  asked: Asked,
  regions: Regions,
  book: RuleBook,
  signal: AbortSignal,
  most: number,
): Promise<Result<Tasks, TaskProblem>> => {
  const found = await placesOf(asked, regions, book, signal);
  if (!found.ok) return found;
  const { places, notes } = found.value;
  if (asked.commands.length * places.length > most) return err(tooWide(asked.commands.length, places.length, most));
  const all = asked.commands.flatMap((command, step) => places.map((place): Task => ({ step, command, ...place })));
  const [first, ...rest] = all;
  if (first === undefined) throw new Error("a call without commands or places was taken apart");
  return ok({ tasks: [first, ...rest], notes });
};

const tooWide = (commands: number, places: number, most: number): TaskProblem => ({
  code: "fan-out-too-wide",
  message: `${times(commands, "command")} at ${times(places, "place")} are ${commands * places} runs, and one call has at most ${most}`,
  hint: `send fewer commands in one call, or name fewer regions and profiles: \`regions: ["us-east-1"]\`${most < MOST ? byOperator(most) : ""}`,
});

const byOperator = (most: number): string => `; the operator has set AWS_MCP_MAX_FAN_OUT to ${most}`;

const times = (count: number, what: string): string => `${count} ${what}${count === 1 ? "" : "s"}`;
