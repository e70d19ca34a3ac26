import type { AwsRefusal, AwsWord } from "./command.js";

/** `--name` or `--name=value`, taken apart. */
export type DashedWord = { readonly name: string; readonly inline: string | undefined };

/**
 * Takes an option's word apart; undefined where the word is none. A name is what Python's argparse would look up: all
 * up to the first `=`.
 */
export const dashedWord = (text: string): DashedWord | undefined => {
  const match = /^--([A-Za-z][A-Za-z0-9-]*)(?:=([\s\S]*))?$/.exec(text);
  return match === null ? undefined : { name: match[1] ?? "", inline: match[2] };
};

/**
 * Whether argparse takes the word for a value: it does not begin with a hyphen, or is `-` alone or a negative number
 * (Python, argparse `_parse_optional`). Words with blanks that begin with a hyphen are values to argparse as well; they
 * are refused here, since a hyphen and a blank too many would turn one into an option.
 */
export const isValueWord = (text: string): boolean =>
  !text.startsWith("-") || text === "-" || /^-(\d+|\d*\.\d+)$/.test(text);

/** A word that begins with a hyphen and can be neither an option nor a value. */
export const unclearWord = ({ text, argument }: AwsWord): AwsRefusal => ({
  code: "aws-word-unclear",
  message: `\`${text}\` begins with a hyphen and is no option of the AWS CLI`,
  hint: "spell options with two hyphens; a value that begins with a hyphen is written `--option=-value`",
  argument,
});
