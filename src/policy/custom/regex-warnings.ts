import type { Catalogue } from "../../catalogue/service-table.js";
import { inBackticks } from "../../language/visible.js";
import { someTable } from "./entry-warnings.js";
import type { RegexRule } from "./regex-rule.js";

/** Says why a pattern finds less than it looks for: nothing, or everything. */
export const regexWarnings = (rule: RegexRule, catalogue: Catalogue): readonly string[] => {
  const warning = rule.compiled.test("")
    ? "this pattern is found in every command, so that none is let through"
    : (beginningWarning(rule, catalogue) ?? optionWarning(rule, catalogue));
  return warning === undefined ? [] : [`${rule.where}: ${warning}`];
};

const beginningWarning = ({ pattern, begins }: RegexRule, catalogue: Catalogue): string | undefined => {
  if (/^\^?aws\b/i.test(pattern) && !/^\^?aws/.test(pattern))
    return "commands begin with `aws` in small letters, so that this pattern finds nothing";
  if (/^\^?aws {2,}(?![*?{])/.test(pattern))
    return "a command has one blank after `aws`, so that this pattern finds nothing";
  const [letter] = /[^\p{ASCII}]/u.exec(pattern) ?? [];
  if (letter !== undefined && /\p{L}/u.test(letter))
    return `no command or option of the AWS CLI has the letter ${inBackticks(letter)}`;
  const idle = begins.find((text) => text !== "" && !someTable(text.split(" "), catalogue, () => true));
  return idle === undefined
    ? undefined
    : `no command of the AWS CLI begins with ${inBackticks(idle)}, so that this pattern finds nothing`;
};

const optionWarning = ({ pattern, begins }: RegexRule, catalogue: Catalogue): string | undefined => {
  const names = [...pattern.matchAll(/(?<![\w\])-])--([a-z][a-z0-9-]*)(?=[\s="')|]|\\[sb]|\.|$)/g)].map(
    ([, name = ""]) => name,
  );
  const known = (name: string): boolean =>
    catalogue.globals.options.has(name) ||
    begins.some((text) =>
      someTable(text === "" ? ["aws"] : text.split(" "), catalogue, ({ options }) => options.has(name)),
    );
  const unknown = names.find((name) => !known(name));
  return unknown === undefined
    ? undefined
    : `no command that this pattern is about has the option ${inBackticks(`--${unknown}`)}`;
};
