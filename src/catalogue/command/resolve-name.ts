import { err, ok, type Result } from "../../language/result.js";
import { nearest } from "../nearest.js";
import type { OptionTable } from "../service-table.js";
import type { AwsRefusal, AwsWord } from "./command.js";

/**
 * The option that a name means in one table: the exact one, else the only one that it begins (argparse `allow_abbrev`);
 * nothing where none does.
 *
 * Problems: `aws-option-ambiguous`.
 */
export const resolveName = (
  options: ReadonlyMap<string, OptionTable>,
  name: string,
  word: AwsWord,
): Result<OptionTable | undefined, AwsRefusal> => {
  const exact = options.get(name);
  if (exact !== undefined) return ok(exact);
  const meant = [...options.values()].filter((option) => option.name.startsWith(name));
  return meant.length > 1 ? err(ambiguous(name, meant, word)) : ok(meant[0]);
};

/** An option that no table has, with the names that come nearest. */
export const unknownOption = (
  name: string,
  known: Iterable<string>,
  what: string,
  { argument }: AwsWord,
): AwsRefusal => {
  const close = nearest(name.toLowerCase(), [...known]);
  return {
    code: "aws-option-unknown",
    message: `${what} has no option \`--${name}\``,
    hint:
      close.length === 0
        ? `see its options with \`${what.replaceAll("`", "")} help\``
        : `did you mean ${orList(close)}?`,
    argument,
  };
};

const ambiguous = (name: string, meant: readonly OptionTable[], { argument }: AwsWord): AwsRefusal => ({
  code: "aws-option-ambiguous",
  message: `\`--${name}\` is short for more than one option`,
  hint: `spell it in full: ${orList(meant.slice(0, 6).map((option) => option.name))}`,
  argument,
});

/** Names as `--a`, `--b` or `--c`. */
export const orList = (names: readonly string[]): string => names.map((name) => `\`--${name}\``).join(" or ");
