import { err, ok, type Result } from "../language/result.js";
import type { AwsCatalogue, GlobalOption } from "./aws-catalogue.js";
import type { AwsRefusal } from "./aws-command.js";

/**
 * The global option that `--name` is, or nothing when it can only be the operation's own.
 *
 * The CLI's first parser knows the global options alone and takes any unambiguous beginning of their names, also after
 * the operation (argparse `allow_abbrev`): `--endp` is `--endpoint-url`. Options are asked for in full instead.
 */
export const resolveOption = (
  catalogue: AwsCatalogue,
  name: string,
  argument: number,
): Result<GlobalOption | undefined, AwsRefusal> => {
  const exact = catalogue.globals.find((option) => option.name === name);
  if (exact !== undefined) return ok(exact);
  const meant = beginsAny(watchedNames(catalogue), name);
  if (meant.length > 0) return err(abbreviated(name, meant, argument));
  return name === name.toLowerCase() ? ok(undefined) : err(upperCase(name, argument));
};

// Names that must not be reached by an abbreviation: the global options and every option that has a rule of its own.
const watchedNames = (catalogue: AwsCatalogue): readonly string[] => [
  ...catalogue.globals.map((option) => option.name),
  ...catalogue.options.map((option) => option.name),
  ...catalogue.hostOptions.map((option) => option.name),
];

const beginsAny = (names: readonly string[], start: string): readonly string[] =>
  names.includes(start) ? [] : names.filter((name) => name.startsWith(start));

const abbreviated = (name: string, meant: readonly string[], argument: number): AwsRefusal => ({
  code: "aws-option-abbreviated",
  message: `\`--${name}\` is short for ${meant.map((each) => `\`--${each}\``).join(" or ")}`,
  hint: "spell the option in full",
  argument,
});

const upperCase = (name: string, argument: number): AwsRefusal => ({
  code: "aws-option-unknown",
  message: `\`--${name}\` has upper-case letters, and no option of the AWS CLI has`,
  hint: `write \`--${name.replace(/([a-z0-9])([A-Z])/g, "$1-$2").toLowerCase()}\``,
  argument,
});
