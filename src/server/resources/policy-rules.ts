import type { CustomPolicy } from "../../policy/custom/custom-policy.js";
import { operatorText } from "../../policy/custom/operator-text.js";
import { hasEffect } from "../../policy/custom/safe-pattern.js";

/** The operator's own rules, by what they are about and why; what exactly they test stays in the file. */
export const policyRules = ({ rules, dangerous, safe, regexes }: CustomPolicy) => ({
  rules: rules.map(({ rule: { id, decision, because, hint, effects, operations, regions, profiles } }) => ({
    id,
    decision,
    because: operatorText(because),
    ...(hint === undefined ? {} : { hint: operatorText(hint) }),
    ...(effects === undefined ? {} : { effects }),
    ...(operations === undefined ? {} : { operations }),
    ...(regions === undefined ? {} : { regions }),
    ...(profiles === undefined ? {} : { profiles: profiles.map((each) => operatorText(each)) }),
  })),
  dangerous_commands: dangerous.map(({ text }) => operatorText(text)),
  exceptions_to_dangerous_commands: safe.filter(hasEffect).map(({ text }) => operatorText(text)),
  regex_rules: regexes.map(({ description }) => operatorText(description)),
});
