import { memberOf } from "../parse-service-table.js";
import type { RawArgument, RawSchema } from "./raw-tables.js";

/** What the models and people say about one argument, beside what the CLI's table says. */
export type OptionFacts = {
  /** The type of a list's elements, innermost last: `["string"]`. */
  readonly elements: readonly string[];
  readonly mark?: string | undefined;
  readonly host?: string | undefined;
  /** Keys of interned lines. */
  readonly known?: string | undefined;
  readonly nested?: string | undefined;
  /** The member's name, nothing for what is no member; `undefined` leaves it out of the token. */
  readonly member?: string | undefined;
};

const TYPES: Readonly<Record<string, string>> = {
  string: "s",
  integer: "i",
  int: "i",
  long: "l",
  float: "f",
  double: "f",
  boolean: "v",
  timestamp: "t",
  blob: "y",
  structure: "m",
  map: "k",
};

/** One option or operand as the grammar in `grammar/aws/services/README.md` has it. */
export const optionToken = (argument: RawArgument, twin: string | undefined, facts: OptionFacts): string => {
  const flag = isFlag(argument);
  const pair = flag && twin === `no-${argument.name}`;
  const type = flag ? (pair ? "b" : "q") : typeOf(argument.type, facts.elements);
  const words = wordsOf(argument.argparse_nargs, type);
  const choices = argument.choices?.map((choice) => encodeValue(String(choice))).sort();
  return [
    `${argument.name}:${type}`,
    isRequired(argument) ? "!" : "",
    argument.undocumented === true ? "-" : "",
    argument.argparse_action === "append" || argument.argparse_action === "AppendFilter" ? "+" : "",
    words === undefined ? "" : `#${words}`,
    twin === undefined || pair ? "" : `~${twin}`,
    facts.member === undefined ? "" : `=${facts.member}`,
    facts.mark === undefined ? "" : `@${facts.mark}`,
    facts.host === undefined ? "" : `^${facts.host}`,
    facts.known === undefined ? "" : `&${facts.known}`,
    facts.nested === undefined ? "" : `{${facts.nested}}`,
    choices === undefined ? "" : `|${choices.join("|")}`,
  ].join("");
};

/** Whether the option takes no word. */
export const isFlag = (argument: RawArgument): boolean =>
  /^(store_true|store_false|version)$/.test(argument.argparse_action ?? "");

/** A value as it stands in a file: a blank, `|` and `%` would end it. */
export const encodeValue = (value: string): string => value.replace(/[\s|%]/g, encodeURIComponent);

/** The member in a token: nothing when the option's name says it, or when there is none to say. */
export const writtenMember = (argument: RawArgument, letterCase: string): string | undefined => {
  if (argument.serialized === undefined) return "";
  return argument.serialized === memberOf(argument.name, letterCase) ? undefined : argument.serialized;
};

/** The types of a list's elements where only the CLI's code knows the shape. */
export const schemaElements = (schema: RawSchema | undefined): readonly string[] =>
  schema?.member === undefined ? [] : [schema.member.type, ...schemaElements(schema.member)];

const isRequired = (argument: RawArgument): boolean => {
  if (argument.required === true || argument.argparse_required === true) return true;
  const positional = !argument.flags[0]?.startsWith("-");
  return positional && argument.argparse_nargs !== "?" && argument.argparse_nargs !== "*";
};

const typeOf = (type: string, elements: readonly string[]): string => {
  if (type === "list") {
    const [element = "string", ...inner] = elements;
    return `[${typeOf(element, inner)}`;
  }
  const letter = TYPES[type];
  if (letter === undefined) throw new Error(`nobody has read the type ${type} of the AWS CLI's arguments`);
  return letter;
};

const wordsOf = (nargs: string | number | undefined, type: string): string | undefined => {
  const usual = type.startsWith("[") ? "*" : undefined;
  if (nargs === undefined) return usual === undefined || type === "b" || type === "q" ? undefined : "1";
  return nargs === usual ? undefined : String(nargs);
};
