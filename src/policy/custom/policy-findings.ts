import type { Effect } from "../../catalogue/effect.js";
import { inBackticks } from "../../language/visible.js";
import type { CommandFacts } from "./command-facts.js";
import { type CommandText, commandText } from "./command-text.js";
import type { CustomPolicy, PolicyRule } from "./custom-policy.js";
import { isDangerous } from "./dangerous-command.js";
import { BY_POLICY, limitFindings } from "./limit-findings.js";
import { operatorText } from "./operator-text.js";
import { regexHits } from "./regex-rule.js";
import { ruleHits } from "./rule-hits.js";
import { isExcepted } from "./safe-pattern.js";

/** What the operator's policy says against a command. */
export type RuleFinding = {
  readonly decision: "ask" | "deny";
  readonly code: string;
  readonly message: string;
  readonly hint: string;
  /** The word of the stage that it is about. */
  readonly argument: number;
};

/**
 * All that the policy says against a command, in this order: limits, `deny` rules, `dangerous_commands`, `regex_rules`,
 * `ask` rules.
 *
 * Codes: those of `limitFindings`, `policy-deny`, `policy-dangerous-command`, `policy-regex`, `policy-ask`.
 */
export const policyFindings = (policy: CustomPolicy, facts: CommandFacts): readonly RuleFinding[] => {
  const argument = (facts.command.path.at(-1) ?? facts.command.service).argument;
  return [
    ...limitFindings(policy.limits, facts, BY_POLICY),
    ...ruleFindings(policy, "deny", facts, argument),
    ...textFindings(policy, facts, argument),
    ...ruleFindings(policy, "ask", facts, argument),
  ];
};

/** The effects that the policy's `allow` rules let through for a command. */
export const allowedEffects = ({ rules }: CustomPolicy, facts: CommandFacts): ReadonlySet<Effect> =>
  new Set(rules.flatMap((each) => (each.rule.decision === "allow" && ruleHits(each, facts) ? each.rule.effects : [])));

const ruleFindings = (
  { rules }: CustomPolicy,
  decision: "ask" | "deny",
  facts: CommandFacts,
  argument: number,
): readonly RuleFinding[] =>
  rules
    .filter((each) => each.rule.decision === decision && ruleHits(each, facts))
    .map(({ rule }) => ({
      decision,
      code: decision === "deny" ? "policy-deny" : "policy-ask",
      message: messageOf(rule),
      hint: rule.hint ?? (decision === "deny" ? DENIED : ASKED),
      argument,
    }));

const CHANGE = "have the operator of this server change the policy";
const DENIED = `do it without what the rule names, or ${CHANGE}`;
const DENIED_READ = `do it without this command, or ${CHANGE}`;
const ASKED = "it needs a person's approval";

const messageOf = ({ decision, id, because }: PolicyRule["rule"]): string =>
  `the policy's rule \`${id}\` ${decision === "deny" ? "denies this" : "asks first"}: ${withoutStop(operatorText(because))}`;

const withoutStop = (text: string): string => text.replace(/[.\s]+$/, "");

const textFindings = (policy: CustomPolicy, facts: CommandFacts, argument: number): readonly RuleFinding[] => {
  if (policy.dangerous.length + policy.regexes.length === 0) return [];
  const text = commandText(facts);
  return [...dangerousFindings(policy, text, facts, argument), ...regexFindings(policy, text, argument)];
};

const dangerousFindings = (
  { dangerous, safe }: CustomPolicy,
  text: CommandText,
  facts: CommandFacts,
  argument: number,
): readonly RuleFinding[] => {
  const hits = dangerous.filter((each) => isDangerous(each, text)).toSorted((a, b) => (a.text < b.text ? -1 : 1));
  if (hits.length === 0 || safe.some((each) => isExcepted(each, text))) return [];
  return hits.map((hit) => ({
    decision: "deny",
    code: "policy-dangerous-command",
    message: `the policy lists ${inBackticks(hit.text)} as a dangerous command`,
    hint: isRead(facts)
      ? DENIED_READ
      : `look with a read, as \`aws ${text.name[1] ?? ""} help\` lists them, or ${CHANGE}`,
    argument,
  }));
};

const isRead = ({ effects }: CommandFacts): boolean => effects.every((effect) => effect === "read");

const regexFindings = ({ regexes }: CustomPolicy, text: CommandText, argument: number): readonly RuleFinding[] =>
  regexes
    .filter((each) => regexHits(each, text))
    .map(({ description, error_message: message }) => ({
      decision: "deny",
      code: "policy-regex",
      message: operatorText(message ?? `a pattern of the policy forbids this: ${withoutStop(description)}`),
      hint: `the policy's reason: ${withoutStop(operatorText(description))}; write the command without that`,
      argument,
    }));
