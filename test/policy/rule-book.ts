import { join } from "node:path";
import { effectNamed } from "../../src/catalogue/effect.js";
import { readArgumentRules } from "../../src/catalogue/generate/effect-argument-rules.js";
import { compileEffects } from "../../src/catalogue/generate/effect-compile.js";
import { readRefusedOptions } from "../../src/catalogue/generate/refused-options.js";
import { readReviewed } from "../../src/catalogue/generate/reviewed.js";
import type { RuleBook } from "../../src/policy/rule-book.js";
import { catalogue, commands, securityFile, subjects } from "../catalogue/effects/committed.js";
import { grammars } from "../utilities/grammar-files.js";

const { effects } = compileEffects(subjects, securityFile("effects.yaml"));
const custom = new Map(
  readReviewed(join(import.meta.dirname, "../../security/")).commands.map(({ command, effect, because }) => [
    command,
    { effect: effectNamed(effect), because },
  ]),
);
const { rules } = readArgumentRules(securityFile("argument-rules.yaml"), commands);
const known = new Set(commands.flatMap(({ options }) => [...options]));
const { options: refusedOptions } = readRefusedOptions(securityFile("refused-options.yaml"), known);

/** A rule book as a server without settings has it, from the committed files, built or not; `changes` are the operator's. */
export const ruleBook = (changes: Partial<RuleBook> = {}): RuleBook => ({
  mode: "strict",
  cells: {},
  fetchesUrls: false,
  catalogue,
  effects: {
    of: (service, operation) => effects[service]?.[operation] ?? custom.get(`${service} ${operation}`.trim()),
  },
  argumentRules: rules,
  refusedOptions,
  utilities: grammars,
  workspace: "/workspace",
  outfiles: true,
  endpoint: undefined,
  profiles: ["default"],
  targets: new Set(),
  approval: "elicit",
  policy: undefined,
  limits: {},
  regions: new Map([["default", "us-east-1"]]),
  accounts: new Map(),
  data: "test",
  ...changes,
});
