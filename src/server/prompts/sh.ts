import { quoteArgv } from "../../language/quote.js";

/**
 * A command with values put in, each quoted as one piece of a word. Options take theirs behind `=`, so that a value which
 * begins with a hyphen is still a value: `` sh`aws rds describe-db-instances --db-instance-identifier=${name}` ``.
 */
export const sh = (texts: TemplateStringsArray, ...values: readonly string[]): string =>
  String.raw({ raw: texts }, ...values.map((value) => quoteArgv([value])));

/** A word of JSON, which means the same whatever characters its values hold. */
export const json = (value: unknown): string => quoteArgv([JSON.stringify(value)]);

/**
 * A structure of texts as shorthand, `Name=vpc-id,Values=vpc-1`, or as JSON where shorthand would read a value in another
 * way. A list of texts stands for a list.
 */
export const fields = (members: Readonly<Record<string, string | readonly [string]>>): string => {
  const given = Object.entries(members);
  return given.every(([, value]) => /^[\w./:-]+$/.test(textOf(value)))
    ? given.map(([name, value]) => `${name}=${textOf(value)}`).join(",")
    : json([members]);
};

const textOf = (value: string | readonly [string]): string => (typeof value === "string" ? value : value[0]);
