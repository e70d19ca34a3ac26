import { givenValues } from "../../../src/catalogue/command/given-values.js";
import { readCommand } from "../../../src/catalogue/command/read-command.js";
import type { Effect } from "../../../src/catalogue/effect.js";
import { planText } from "../../../src/check.js";
import { err, ok, type Result } from "../../../src/language/result.js";
import type { CommandFacts } from "../../../src/policy/custom/command-facts.js";
import type { CustomPolicy } from "../../../src/policy/custom/custom-policy.js";
import { loadPolicy } from "../../../src/policy/custom/load-policy.js";
import { policyFindings, type RuleFinding } from "../../../src/policy/custom/policy-findings.js";
import { catalogue } from "../../catalogue/effects/committed.js";
import { ruleBook } from "../rule-book.js";
import { SETTINGS } from "../settings.js";

const { effects } = ruleBook();

/** A policy file's text, loaded; throws where it has a problem. */
export const policy = (text: string, name = "policy.yaml"): CustomPolicy => {
  const loaded = loadPolicy({ name, text }, catalogue);
  if (!loaded.ok) throw new Error(loaded.error.join("\n"));
  return loaded.value;
};

/** The facts of a text's aws stages; the effect is that of the operation alone. */
export const factsOf = (text: string): Result<readonly CommandFacts[], string> => {
  const planned = planText(text, SETTINGS);
  if (!planned.ok) return err(planned.error.message);
  const all: CommandFacts[] = [];
  for (const { arguments: words } of planned.value.stages) {
    if (words[0].text !== "aws") continue;
    const argv = words.map((word) => word.text);
    const read = readCommand(catalogue, argv);
    if (!read.ok) return err(read.error.message);
    if (read.value.kind !== "operation") return err("it asks for help");
    const values = givenValues(read.value);
    if (!values.ok) return err(values.error.message);
    all.push(facts(read.value, values.value));
  }
  return ok(all);
};

const facts = (command: CommandFacts["command"], values: CommandFacts["values"]): CommandFacts => {
  const named = (name: string) => command.globals.find(({ option }) => option.name === name)?.words[0]?.text;
  const effect: Effect = effects.of(command.table.service, command.table.name)?.effect ?? "unknown";
  return {
    command,
    values,
    effects: [effect],
    profile: named("profile") ?? "default",
    region: named("region") ?? "us-east-1",
    account: "111122223333",
  };
};

/** The facts of a command that is one aws stage; throws where it cannot be read. */
export const factsOfOne = (text: string, changes: Partial<CommandFacts> = {}): CommandFacts => {
  const found = factsOf(text);
  if (!found.ok) throw new Error(`${text}: ${found.error}`);
  const [first] = found.value;
  if (first === undefined) throw new Error(`${text} has no aws stage`);
  return { ...first, ...changes };
};

/** What a policy says against a command. */
export const findings = (
  rules: CustomPolicy,
  text: string,
  changes: Partial<CommandFacts> = {},
): readonly RuleFinding[] => policyFindings(rules, factsOfOne(text, changes));

/** The codes of what a policy says against a command. */
export const codes = (rules: CustomPolicy, text: string, changes: Partial<CommandFacts> = {}): readonly string[] =>
  findings(rules, text, changes).map(({ code }) => code);
