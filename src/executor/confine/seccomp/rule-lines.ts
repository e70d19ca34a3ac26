import type { Line } from "./assemble.js";
import { ALLOW, EACCES, ENOSYS, EPERM } from "./filter-answer.js";
import type { Check, Checks, Rule } from "./rule.js";

/** Where the lines of a rule begin. */
export const ruleLabel = (rule: number): string => `rule ${rule}`;

/** What answers a call that the rule names: one set of checks after the other, and at the end the refusal. */
export const ruleLines = ({ error, unless = [] }: Rule, rule: number): readonly Line[] => [
  { kind: "label", name: ruleLabel(rule) },
  ...unless.flatMap((checks, index) => checksLines(checks, `${ruleLabel(rule)} set ${index}`)),
  { kind: "return", value: ERRORS[error] },
];

const ERRORS: Readonly<Record<Rule["error"], number>> = { EPERM, EACCES, ENOSYS };

/** Allows the call when all hold; else what follows decides. */
const checksLines = (checks: Checks, name: string): readonly Line[] => [
  ...checks.flatMap((check, index) => checkLines(check, `${name} check ${index} held`, `${name} failed`)),
  { kind: "return", value: ALLOW },
  { kind: "label", name: `${name} failed` },
];

const checkLines = (check: Check, held: string, failed: string): readonly Line[] => [
  { kind: "load", offset: LOW_WORDS + check.argument * 8 },
  ...(check.mask === undefined ? [] : [{ kind: "and", mask: check.mask } as const]),
  ...valueLines(check, held, failed),
  { kind: "label", name: held },
];

// The arguments in struct seccomp_data, each of 64 bits with the low ones first.
const LOW_WORDS = 16;

const valueLines = ({ kind, values }: Check, held: string, failed: string): readonly Line[] => {
  switch (kind) {
    case "one-of":
      return values.map((value, index) =>
        index < values.length - 1
          ? { kind: "jump", test: "equal", value, yes: held }
          : { kind: "jump", test: "equal", value, yes: held, no: failed },
      );
    case "none-of":
      return values.map((value) => ({ kind: "jump", test: "equal", value, yes: failed }));
  }
};
