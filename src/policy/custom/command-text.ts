import { everyLeaf } from "../../catalogue/values/every-leaf.js";
import { isFileReference } from "../../catalogue/values/file-reference.js";
import { isOpen, textValue, type Value } from "../../catalogue/values/value.js";
import type { CommandFacts } from "./command-facts.js";
import { type GivenArgument, givenArguments } from "./given-arguments.js";
import { withPlainOptions } from "./plain-options.js";
import { unfoldJson } from "./unfold-json.js";

/** A command taken apart for writing it down again. */
export type CommandText = {
  /** `aws`, the service, the words of the operation's name. */
  readonly name: readonly string[];
  /** What is not known yet is one of the characters of `unknown.ts` in them. */
  readonly operands: readonly string[];
  readonly options: readonly TextOption[];
  /** The options in each reading of their numbers and booleans. */
  readonly readings: readonly (readonly TextOption[])[];
  /** The region and the profile that it would run with, where it names none. */
  readonly effective: readonly TextOption[];
  /** Options that hold what nobody has read or knows yet, or may be given by a file. */
  readonly unread: ReadonlySet<string>;
  /** Whether some value is more than a list of scalars. */
  readonly isStructured: boolean;
  /** The names of all options, those that are not given among them, and of the members of all values. */
  readonly names: ReadonlySet<string>;
};

export type TextOption = {
  readonly name: string;
  readonly isGlobal: boolean;
  readonly isFlag: boolean;
  readonly isCertain: boolean;
  /** The value with JSON text unfolded. */
  readonly value: Value;
  /** The words as the command has them; undefined where they only name a file or come from JSON input. */
  readonly words: readonly string[] | undefined;
};

/** Takes a command apart. Its own options come first, then the global ones, each in the order in which they were given. */
export const commandText = (facts: CommandFacts): CommandText => {
  const { command } = facts;
  const globals = new Set(command.globals.map(({ option }) => option.name));
  const { options: given, operands } = givenArguments(facts);
  const options = given.map((each) => textOption(each, globals.has(each.name), facts));
  const effective = [effectiveOption("region", facts.region), effectiveOption("profile", facts.profile)].filter(
    ({ name }) => !globals.has(name),
  );
  return {
    name: ["aws", command.service.text, ...command.path.map((word) => word.text)],
    operands,
    options,
    readings: withPlainOptions(options),
    effective,
    unread: new Set(options.filter(({ value }) => holdsOpen(value)).map(({ name }) => name)),
    isStructured: options.some(({ value }) => isStructure(value)),
    names: new Set([...options, ...effective].flatMap(({ name, value }) => [name, ...keysOf(value)])),
  };
};

const holdsOpen = (value: Value): boolean => [...everyLeaf(value)].some(({ leaf }) => isOpen(leaf));

const effectiveOption = (name: string, text: string): TextOption => ({
  name,
  isGlobal: true,
  isFlag: false,
  isCertain: true,
  value: textValue(text),
  words: [text],
});

const textOption = (
  { name, argument, value, isCertain }: GivenArgument,
  isGlobal: boolean,
  facts: CommandFacts,
): TextOption => {
  const { command } = facts;
  const written = [...command.options, ...command.globals].find(
    (each) => each.argument === argument && each.option.name === name,
  );
  const words = written?.words.map(({ text }) => text);
  const isFlag = value.kind === "boolean" && (written === undefined || written.words.length === 0);
  return {
    name,
    isGlobal,
    isFlag,
    isCertain,
    value: unfoldJson(value),
    words: words?.some(isFileReference) && value.kind !== "file" ? undefined : words,
  };
};

const isStructure = (value: Value): boolean =>
  value.kind === "map" || (value.kind === "list" && value.items.some(({ kind }) => kind === "list" || kind === "map"));

function* keysOf(value: Value): Generator<string> {
  if (value.kind === "list") for (const item of value.items) yield* keysOf(item);
  if (value.kind !== "map") return;
  for (const entry of value.entries) {
    yield entry.key;
    yield* keysOf(entry.value);
  }
}
