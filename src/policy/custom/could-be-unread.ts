import { isUnknown } from "../../plan/unknown.js";
import type { CommandText } from "./command-text.js";

/**
 * Whether a pattern whose beginning fits the command could be found in what nobody has read of it, or knows yet. Only a
 * pattern that names options, none of which holds such a value, could not; one with a double quote looks at documents, and
 * those stand in any option.
 */
export const couldBeUnread = (pattern: string, command: CommandText): boolean =>
  couldBeInOption(pattern, command) || couldBeInOperand(pattern, command);

const couldBeInOption = (pattern: string, { unread }: CommandText): boolean => {
  if (unread.size === 0) return false;
  const named = namedOptions(pattern);
  return (
    named.length === 0 ||
    pattern.includes('"') ||
    named.some((name) => [...unread].some((each) => each.startsWith(name)))
  );
};

// An alternative that names options speaks of commands that have them.
const couldBeInOperand = (pattern: string, { operands, options }: CommandText): boolean =>
  operands.some(isUnknown) &&
  pattern.split("|").some((alternative) => {
    const named = namedOptions(alternative);
    return named.length === 0 || named.some((name) => options.some((option) => option.name.startsWith(name)));
  });

/** The options that a pattern names, each as far as it is literal: `pol` of `--pol[a-z]+-arn`. */
const namedOptions = (pattern: string): readonly string[] =>
  [...pattern.replaceAll("\\-", "-").matchAll(/--([a-z0-9-]*)([?*{]?)/gi)].map(([, name = "", quantifier]) =>
    (quantifier === "" ? name : name.slice(0, -1)).toLowerCase(),
  );
