import type { CommandText } from "./command-text.js";

/**
 * Whether a pattern whose beginning fits the command could be found in a file of it that nobody has read. Only a pattern
 * that names options, none of which holds such a file, could not; one with a double quote looks at documents, and those
 * stand in any option.
 */
export const couldBeInFile = (pattern: string, { unread }: CommandText): boolean => {
  if (unread.size === 0) return false;
  const named = namedOptions(pattern);
  return (
    named.length === 0 ||
    pattern.includes('"') ||
    named.some((name) => [...unread].some((each) => each.startsWith(name)))
  );
};

/** The options that a pattern names, each as far as it is literal: `pol` of `--pol[a-z]+-arn`. */
const namedOptions = (pattern: string): readonly string[] =>
  [...pattern.replaceAll("\\-", "-").matchAll(/--([a-z0-9-]*)([?*{]?)/gi)].map(([, name = "", quantifier]) =>
    (quantifier === "" ? name : name.slice(0, -1)).toLowerCase(),
  );
