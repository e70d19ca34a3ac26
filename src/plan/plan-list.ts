import type { Problem } from "../language/problem.js";
import { err, ok, type Result } from "../language/result.js";
import type { AndOr, Command, List, Pipeline, VariableName } from "../language/syntax.js";
import type { Plan, PlannedPipeline, Stage, Step, Steps } from "./plan.js";
import { sizeProblem } from "./sizes.js";
import { streamsOf } from "./streams.js";
import { templateWord } from "./template-word.js";
import { unknownArgument } from "./unknown-argument.js";

/** What the variables of the language stand for: the server's own settings. */
export type Variables = Readonly<Record<VariableName, string>>;

/**
 * Turns a syntax tree into argument vectors and judges their sizes. What is literal in the tree is literal in the plan; the
 * output of a command substitution stays open.
 *
 * Problems: `argument-too-long`, `arguments-too-long`, `too-many-arguments`.
 */
export const planList = (text: string, list: List, variables: Variables): Result<Plan, Problem> => {
  const planner: Planner = { variables, stages: [], pipelines: [] };
  const steps = planSteps(planner, list);
  const [firstStage, ...stages] = planner.stages;
  const [firstPipeline, ...pipelines] = planner.pipelines;
  if (firstStage === undefined || firstPipeline === undefined) throw new Error("a list without commands was parsed");
  for (const stage of planner.stages) {
    const problem = sizeProblem(stage);
    if (problem !== undefined) return err(problem);
  }
  return ok({ text, stages: [firstStage, ...stages], pipelines: [firstPipeline, ...pipelines], steps });
};

type Planner = {
  readonly variables: Variables;
  readonly stages: Stage[];
  readonly pipelines: PlannedPipeline[];
};

const planSteps = (planner: Planner, { items: [first, ...rest] }: List): Steps => {
  const [step, ...steps] = planAndOr(planner, first);
  return [step, ...steps, ...rest.flatMap((each) => planAndOr(planner, each))];
};

// The two operators have one precedence, so that each pipeline looks at the last status alone (POSIX, 2.9.3 "AND Lists").
const planAndOr = (planner: Planner, { first, rest }: AndOr): Steps => [
  { when: "always", pipeline: planPipeline(planner, first) },
  ...rest.map(({ operator, pipeline }): Step => {
    const when = operator === "&&" ? "success" : "failure";
    return { when, pipeline: planPipeline(planner, pipeline) };
  }),
];

const planPipeline = (planner: Planner, { commands: [first, ...rest], span }: Pipeline): number => {
  const stages: [number, ...number[]] = [planStage(planner, first), ...rest.map((each) => planStage(planner, each))];
  return planner.pipelines.push({ stages, span }) - 1;
};

const planStage = (planner: Planner, { words: [first, ...rest], redirections, span }: Command): number => {
  const read = (word: Command["words"][number]) =>
    templateWord(word, planner.variables, (inner) => planSteps(planner, inner));
  const template = [read(first), ...rest.map(read)] as const;
  const [name, ...more] = template;
  const isOpen = template.some(({ parts }) => parts.some(({ kind }) => kind === "output"));
  const stage: Stage = {
    arguments: [unknownArgument(name), ...more.map(unknownArgument)],
    span,
    streams: streamsOf(redirections),
  };
  return planner.stages.push(isOpen ? { ...stage, template } : stage) - 1;
};
