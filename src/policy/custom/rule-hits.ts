import type { CommandFacts } from "./command-facts.js";
import { conditionHolds, type Doubt } from "./condition-holds.js";
import type { PolicyRule } from "./custom-policy.js";
import { givenArguments } from "./given-arguments.js";
import { namedRegions } from "./named-regions.js";
import { wildcard } from "./wildcard.js";

/**
 * Whether a rule hits a command: all that it selects by holds, and none of `unless` does.
 *
 * Doubt counts against the command. An `ask` or `deny` rule hits where it may be meant and an exception from it must be
 * sure; with an `allow` rule it is the other way round.
 */
export const ruleHits = ({ rule, speaksOf }: PolicyRule, facts: CommandFacts): boolean => {
  const { service, name } = facts.command.table;
  if (rule.operations !== undefined && !speaksOf(service, name)) return false;
  if (rule.effects !== undefined && !rule.effects.some((effect) => facts.effects.includes(effect))) return false;
  const [doubt, reverse]: readonly Doubt[] = rule.decision === "allow" ? ["sure", "suspect"] : ["suspect", "sure"];
  return isPlaceMeant(rule, facts, doubt ?? "sure") && holdsAll(rule, facts, doubt ?? "sure", reverse ?? "sure");
};

const isPlaceMeant = ({ regions, profiles }: PolicyRule["rule"], facts: CommandFacts, doubt: Doubt): boolean => {
  if (profiles !== undefined && !fitsSome(profiles, facts.profile)) return false;
  if (regions === undefined) return true;
  const named = namedRegions(facts).map(({ region }) => fitsSome(regions, region));
  return doubt === "suspect" ? named.includes(true) : !named.includes(false);
};

const fitsSome = (globs: readonly string[], text: string): boolean => globs.some((glob) => wildcard(glob)(text));

const holdsAll = (
  { any, all, unless = [] }: PolicyRule["rule"],
  facts: CommandFacts,
  doubt: Doubt,
  reverse: Doubt,
): boolean => {
  const given = givenArguments(facts);
  if (any !== undefined && !any.some((condition) => conditionHolds(condition, given, doubt))) return false;
  if (all !== undefined && !all.every((condition) => conditionHolds(condition, given, doubt))) return false;
  return !unless.some((condition) => conditionHolds(condition, given, reverse));
};
