import { readFileSync } from "node:fs";
import { join } from "node:path";

/** A service's `endpoint-rule-set-1.json`: smithy's rules engine, https://smithy.io/2.0/additional-specs/rules-engine/ */
export type RuleSet = { readonly parameters: Readonly<Record<string, unknown>>; readonly rules: readonly Rule[] };

type Rule = {
  readonly conditions?: readonly { readonly argv: unknown; readonly assign?: string }[];
  readonly endpoint?: { readonly url: unknown };
  readonly rules?: readonly Rule[];
};

/** Set by the engine and the operator, never by an argument of the operation. */
const NOT_ARGUMENTS = new Set(["Region", "Endpoint", "UseFIPS", "UseDualStack", "UseGlobalEndpoint"]);

export const readRuleSet = (data: string, folder: string, apiVersion: string): RuleSet =>
  // botocore's own file, unpacked by hash.
  JSON.parse(readFileSync(join(data, folder, apiVersion, "endpoint-rule-set-1.json"), "utf8")) as RuleSet;

/**
 * The parameters that can become part of an endpoint's URL: those a URL names, and those that a variable it names was
 * made from. Parameters that only choose between URLs are not among them.
 */
export const hostParameters = (ruleSet: RuleSet): ReadonlySet<string> => {
  const madeFrom = new Map<string, Set<string>>();
  const found = new Set<string>();
  const walk = (rule: Rule): void => {
    for (const { argv, assign } of rule.conditions ?? [])
      if (assign !== undefined) madeFrom.set(assign, new Set([...(madeFrom.get(assign) ?? []), ...names(argv)]));
    for (const name of names(rule.endpoint?.url)) found.add(name);
    for (const inner of rule.rules ?? []) walk(inner);
  };
  for (const rule of ruleSet.rules) walk(rule);
  // A set may grow while it is walked; what is added is visited too.
  for (const name of found) for (const source of madeFrom.get(name) ?? []) found.add(source);
  return new Set([...found].filter((name) => name in ruleSet.parameters && !NOT_ARGUMENTS.has(name)));
};

// `{"ref": "Bucket"}`, or `{Bucket}` and `{parsedArn#accountId}` inside a string.
const names = (value: unknown): readonly string[] => {
  if (typeof value === "string") return [...value.matchAll(/\{(\w+)(?:#[^}]*)?\}/g)].map(([, name = ""]) => name);
  if (Array.isArray(value)) return value.flatMap(names);
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => (key === "ref" ? [String(inner)] : names(inner)));
};
