import type { Result } from "../../language/result.js";
import type { CommandFacts } from "./command-facts.js";
import type { CustomPolicy, PolicyExample, PolicyRule } from "./custom-policy.js";
import { ruleHits } from "./rule-hits.js";

/** What a policy may ask about an example: each aws command of it, or why it cannot be read. */
export type FactsOf = (command: string) => Result<readonly CommandFacts[], string>;

/** The rules' own examples that come out otherwise, and those that cannot be read; each with file and line. */
export const exampleProblems = ({ rules }: CustomPolicy, factsOf: FactsOf): readonly string[] =>
  rules.flatMap((each) => {
    const [hit, left] =
      each.rule.decision === "allow"
        ? [each.examples.accepts, each.examples.refuses]
        : [each.examples.refuses, each.examples.accepts];
    return [
      ...hit.flatMap((example) => problem(each, example, true, factsOf)),
      ...left.flatMap((example) => problem(each, example, false, factsOf)),
    ];
  });

const problem = (
  rule: PolicyRule,
  { command, where }: PolicyExample,
  mustHit: boolean,
  factsOf: FactsOf,
): readonly string[] => {
  const facts = factsOf(command);
  const { id } = rule.rule;
  if (!facts.ok) return [`${where}: this example of \`${id}\` cannot be judged: ${facts.error}`];
  if (facts.value.length === 0) return [`${where}: this example of \`${id}\` is no operation of AWS`];
  if (facts.value.some((each) => ruleHits(rule, each)) === mustHit) return [];
  return [`${where}: \`${id}\` ${mustHit ? "does not hit" : "hits"} this example`];
};
