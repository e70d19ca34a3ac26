import type { AwsOperation } from "../../catalogue/command/command.js";
import type { GivenValue } from "../../catalogue/command/given-values.js";
import { isPath } from "../../catalogue/command/value-shape.js";
import { compareEffects, type Effect } from "../../catalogue/effect.js";
import type { Mark } from "../../catalogue/service-table.js";
import { everyLeaf } from "../../catalogue/values/every-leaf.js";
import { isOpen } from "../../catalogue/values/value.js";
import type { RuleBook } from "../rule-book.js";
import { ruleEffects } from "./argument-rules.js";

/** An effect, why, and the word that brings it. */
export type ReasonedEffect = { readonly effect: Effect; readonly because: string; readonly argument: number };

/**
 * The effects of an aws command, the worst first: of its operation, of each option, of each
 * nested member and of each rule that its arguments meet. Each stands once; an option never takes one away.
 *
 * @param bases those of the operation itself, the worst first
 */
export const commandEffects = (
  command: AwsOperation,
  values: readonly GivenValue[],
  bases: readonly [ReasonedEffect, ...ReasonedEffect[]],
  book: RuleBook,
): readonly [ReasonedEffect, ...ReasonedEffect[]] => {
  const [base] = bases;
  const found = [...ruleEffects(command, values, book), ...values.flatMap(rolePassed)];
  // A read may name another account; it hands nothing to it.
  if (base.effect !== "read")
    for (const given of values.filter(({ option }) => !isPath(option)))
      found.push(...roleNamed(given), ...accountNamed(given, book));
  const all = [...bases, ...found];
  const once = all.filter(({ effect }, index) => all.findIndex((each) => each.effect === effect) === index);
  const [worst = base, ...rest] = once.sort((one, other) => compareEffects(other.effect, one.effect));
  return [worst, ...rest];
};

// A few reads take a role as well, and AWS then acts with it.
const rolePassed = (given: GivenValue): readonly ReasonedEffect[] =>
  given.option.mark === "role" || [...nestedMarks(given)].includes("role") ? [passes(given)] : [];

// What names a role in a write passes it, in whatever member or attribute it stands.
const roleNamed = (given: GivenValue): readonly ReasonedEffect[] =>
  [...everyLeaf(given.value)].some(({ leaf }) => leaf.kind === "text" && ROLE.test(leaf.text)) ? [passes(given)] : [];

const ROLE = /^\s*arn:[^:]*:iam::[^:]*:(role|instance-profile)\//i;

const passes = ({ option, argument }: GivenValue): ReasonedEffect => ({
  effect: "execute",
  because: `\`--${option.name}\` passes a role to something that acts with it`,
  argument,
});

const accountNamed = (given: GivenValue, book: RuleBook): readonly ReasonedEffect[] => {
  const account = foreignAccount(given, book);
  if (account === undefined) return [];
  const because = `it names the account \`${account}\`, which AWS_MCP_ALLOWED_TARGETS does not`;
  return [{ effect: "egress", because, argument: given.argument }];
};

function* nestedMarks({ option, value }: GivenValue): Generator<Mark> {
  if (option.nested.size === 0) return;
  for (const { place, leaf } of everyLeaf(value)) {
    // What nobody has read or knows could be any member.
    if (isOpen(leaf)) yield* option.nested.values();
    for (const step of place) {
      const mark = typeof step === "string" ? option.nested.get(step) : undefined;
      if (mark !== undefined) yield mark;
    }
  }
}

const foreignAccount = ({ value }: GivenValue, book: RuleBook): string | undefined => {
  for (const { leaf } of everyLeaf(value)) {
    const account = leaf.kind === "text" ? accountIn(leaf.text.trim()) : undefined;
    if (account !== undefined && !book.targets.has(account)) return account;
  }
  return undefined;
};

// Nothing but an account has twelve digits and no more; the path of a queue's URL begins with one.
const accountIn = (text: string): string | undefined =>
  /^arn:[^:]*:[^:]*:[^:]*:(\d{12}):/i.exec(text)?.[1] ??
  /^(\d{12})$/.exec(text)?.[1] ??
  /^https?:\/\/[^/]+\/(\d{12})\//i.exec(text)?.[1];
