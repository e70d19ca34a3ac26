import { awsOperationOf } from "./aws-operation-of.js";
import type { Catalogue } from "./catalogue/service-table.js";
import type { Target } from "./check.js";
import type { Problem } from "./language/problem.js";
import { err, ok, type Result } from "./language/result.js";
import { inBackticks } from "./language/visible.js";
import type { Argument, Plan, Stage } from "./plan/plan.js";
import { sizeProblem } from "./plan/sizes.js";
import { readXargs } from "./utilities/xargs/read-xargs.js";

const NAMES = ["profile", "region"] as const;

/**
 * The plan with a target's `--profile` and `--region` written into each aws command, those that xargs runs too, as if its
 * text had them: all that follows judges, shows and runs them like any others.
 *
 * Problems: `target-named` where a command names by itself what the target does, `target-replaced` where the items of
 * xargs would take the place of a part of it, and those of `sizeProblem`.
 */
export const withTarget = (plan: Plan, target: Target, catalogue: Catalogue): Result<Plan, Problem> => {
  const stages: Stage[] = [];
  for (const stage of plan.stages) {
    const aimed = aimedStage(stage, target, catalogue);
    if (!aimed.ok) return aimed;
    stages.push(aimed.value);
  }
  const [first, ...rest] = stages;
  return first === undefined ? ok(plan) : ok({ ...plan, stages: [first, ...rest] });
};

const aimedStage = (stage: Stage, target: Target, catalogue: Catalogue): Result<Stage, Problem> => {
  const found = awsOperationOf(stage, catalogue);
  const words = targetWords(target);
  // Help has no options, and what cannot be read is refused by whoever judges it.
  if (found === undefined || words.length === 0) return ok(stage);
  for (const name of NAMES) {
    const given = found.operation.globals.find(({ option }) => option.name === name);
    const word = given === undefined ? undefined : stage.arguments[found.at + given.argument];
    if (word !== undefined && target[name] !== undefined) return err(named(name, word));
  }
  const aimed = withWords(stage, found.at + 1, words);
  const problem = replaced(stage, words) ?? sizeProblem(aimed);
  return problem === undefined ? ok(aimed) : err(problem);
};

const targetWords = (target: Target): readonly string[] =>
  NAMES.flatMap((name) => (target[name] === undefined ? [] : [`--${name}=${target[name]}`]));

// A template has a word for each argument.
const withWords = (stage: Stage, at: number, added: readonly string[]): Stage => {
  const [first, ...rest] = stage.arguments;
  const { span } = stage.arguments[at - 1] ?? first;
  const placed = added.map((text): Argument => ({ text, span }));
  const all: Stage = { ...stage, arguments: [first, ...rest.toSpliced(at - 1, 0, ...placed)] };
  if (stage.template === undefined) return all;
  const [start, ...more] = stage.template;
  const words = added.map((text) => ({ parts: [{ kind: "text" as const, text }], span }));
  return { ...all, template: [start, ...more.toSpliced(at - 1, 0, ...words)] };
};

const named = (name: (typeof NAMES)[number], { span }: Argument): Problem => ({
  code: "target-named",
  message: `the command has a \`--${name}\` of its own, and the call names ${name}s as well`,
  hint: `leave \`--${name}\` out of the command, or \`${name}s\` out of the call`,
  span,
});

// `-I` puts its items into every word of the command, and so into these.
const replaced = ({ arguments: words, span }: Stage, added: readonly string[]): Problem | undefined => {
  if (words[0].text !== "xargs") return undefined;
  const call = readXargs(words.map(({ text }) => text));
  const place = call.ok ? call.value.replace : undefined;
  const word = place === undefined ? undefined : added.find((each) => each.includes(place));
  if (place === undefined || word === undefined) return undefined;
  return {
    code: "target-replaced",
    message: `${inBackticks(place)} stands for an item of xargs, and it stands in ${inBackticks(word)} of the call as well`,
    hint: "choose another text for items: `xargs -I {} aws s3api get-bucket-location --bucket {}`",
    span,
  };
};
