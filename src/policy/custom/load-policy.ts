import { readYaml, type TextFile, type Where } from "../../catalogue/read-yaml.js";
import type { Catalogue } from "../../catalogue/service-table.js";
import { err, ok, type Result } from "../../language/result.js";
import { compileRegex } from "./compile-regex.js";
import type { CustomPolicy, PolicyRule } from "./custom-policy.js";
import { dangerousCommand } from "./dangerous-command.js";
import { entryWarning, safeWarning } from "./entry-warnings.js";
import { operationNames } from "./operation-names.js";
import { type FileRule, type PolicyFile, policyFile } from "./policy-schema.js";
import type { RegexRule } from "./regex-rule.js";
import { regexWarnings } from "./regex-warnings.js";
import { regionWarnings } from "./region-warnings.js";
import { ruleProblems } from "./rule-problems.js";
import { safePattern } from "./safe-pattern.js";

/** The largest policy file, in characters. */
const MAX_TEXT = 1_048_576;

/** Reads the operator's policy file. Problems, and the policy's warnings: `FILE:LINE: what is wrong`. */
export const loadPolicy = (file: TextFile, catalogue: Catalogue): Result<CustomPolicy, readonly string[]> => {
  if (file.text.length > MAX_TEXT) return err([`${file.name}:1: the file has more than 1 MiB`]);
  const read = readYaml(file, policyFile);
  if (!read.ok) return err(read.problems);
  const { value, where } = read;
  const regexes = readRegexes(value, where);
  const problems = [...regexes.problems, ...ruleProblems(value.rules ?? [], catalogue, where)];
  if (problems.length > 0) return err(problems);
  const dangerous = entries(value, "dangerous_commands", where).map(({ item, at }) => dangerousCommand(item, at));
  const safe = entries(value, "safe_patterns", where).map(({ item, at }) => safePattern(item, at));
  return ok({
    rules: (value.rules ?? []).map((rule, index) => policyRule(rule, index, where)).sort(byId),
    limits: value.limits ?? {},
    dangerous,
    safe,
    regexes: regexes.rules,
    tests: (value.tests ?? []).map((test, index) => ({ ...test, where: where(["tests", index]) })),
    warnings: [
      ...dangerous.flatMap((each) => entryWarning(each, catalogue) ?? []),
      ...safe.flatMap((each) => safeWarning(each, catalogue) ?? []),
      ...regexes.rules.flatMap((each) => regexWarnings(each, catalogue)),
      ...regionWarnings(value, where),
    ],
  });
};

type Groups = "dangerous_commands" | "safe_patterns" | "regex_rules";

/** The items of all groups with their places; the groups' names decide nothing. */
const entries = <G extends Groups>(file: PolicyFile, key: G, where: Where) =>
  Object.entries(file[key] ?? {}).flatMap(([group, items]) =>
    // Object.entries forgets which of the three it was.
    (items as readonly NonNullable<PolicyFile[G]>[string][number][]).map((item, index) => ({
      item,
      at: where([key, group, index]),
    })),
  );

const readRegexes = (file: PolicyFile, where: Where) => {
  const rules: RegexRule[] = [];
  const problems: string[] = [];
  for (const { item, at } of entries(file, "regex_rules", where)) {
    const compiled = compileRegex(item, at);
    if (compiled.ok) rules.push(compiled.value);
    else problems.push(`${at}: ${compiled.error}`);
  }
  return { rules, problems };
};

const policyRule = (rule: FileRule, index: number, where: Where): PolicyRule => {
  const examples = (key: "accepts" | "refuses") =>
    (rule[key] ?? []).map((command, at) => ({ command, where: where(["rules", index, key, at]) }));
  return {
    rule,
    speaksOf: operationNames(rule.operations ?? {}),
    where: where(["rules", index, "id"]),
    examples: { accepts: examples("accepts"), refuses: examples("refuses") },
  };
};

const byId = (a: PolicyRule, b: PolicyRule): number => (a.rule.id < b.rule.id ? -1 : 1);
