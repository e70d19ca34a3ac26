import type { AwsOperation } from "../../catalogue/command/command.js";
import type { GivenValue } from "../../catalogue/command/given-values.js";
import { compareEffects, type Effect } from "../../catalogue/effect.js";
import type { Mark } from "../../catalogue/service-table.js";
import { everyLeaf } from "../../catalogue/values/every-leaf.js";
import type { RuleBook } from "../rule-book.js";
import { ruleEffects } from "./argument-rules.js";

/** An effect, why, and the word that brings it. */
export type ReasonedEffect = { readonly effect: Effect; readonly because: string; readonly argument: number };

/**
 * The effect of an aws command: the worst of its operation, of each option, of each nested member and of each rule
 * that its arguments meet. An option never makes it milder.
 */
export const commandEffect = (
  command: AwsOperation,
  values: readonly GivenValue[],
  base: ReasonedEffect,
  book: RuleBook,
): ReasonedEffect => {
  const found = [base, ...ruleEffects(command, values, book)];
  // Reads may name a role or another account; they hand nothing to it.
  if (base.effect !== "read") found.push(...values.flatMap((given) => passedOn(given, book)));
  return found.reduce((worst, each) => (compareEffects(each.effect, worst.effect) > 0 ? each : worst));
};

const passedOn = (given: GivenValue, book: RuleBook): readonly ReasonedEffect[] => {
  const { option, argument } = given;
  const marks = new Set<Mark | undefined>([option.mark, ...nestedMarks(given)]);
  const found: ReasonedEffect[] = [];
  if (marks.has("role"))
    found.push({
      effect: "execute",
      because: `\`--${option.name}\` passes a role to something that acts with it`,
      argument,
    });
  const account = foreignAccount(given, book);
  if (account !== undefined)
    found.push({
      effect: "egress",
      because: `it names the account \`${account}\`, which AWS_MCP_ALLOWED_TARGETS does not`,
      argument,
    });
  return found;
};

function* nestedMarks({ option, value }: GivenValue): Generator<Mark> {
  if (option.nested.size === 0) return;
  for (const { place, leaf } of everyLeaf(value)) {
    // What a file holds could be any member.
    if (leaf.kind === "file") yield* option.nested.values();
    for (const step of place) {
      const mark = typeof step === "string" ? option.nested.get(step) : undefined;
      if (mark !== undefined) yield mark;
    }
  }
}

const foreignAccount = ({ option, value }: GivenValue, book: RuleBook): string | undefined => {
  for (const { leaf } of everyLeaf(value)) {
    if (leaf.kind !== "text") continue;
    const account =
      /^arn:[^:]*:[^:]*:[^:]*:(\d{12}):/.exec(leaf.text)?.[1] ??
      (option.mark === "account" && /^\d{12}$/.test(leaf.text) ? leaf.text : undefined);
    if (account !== undefined && !book.targets.has(account)) return account;
  }
  return undefined;
};
