import type { AwsCommand, AwsOperation, AwsRefusal, AwsWord, GivenOption } from "../../catalogue/command/command.js";
import { isPath, valueShape } from "../../catalogue/command/value-shape.js";
import { stripStart } from "../../catalogue/values/python-blanks.js";
import type { Span } from "../../language/span.js";
import type { Argument } from "../../plan/plan.js";
import { strayUnknown } from "../../plan/stray-unknown.js";
import { uriRefusal } from "./expanded-uri.js";
import {
  expandedGlobal,
  expandedLoad,
  expandedName,
  expandedOption,
  expandedPath,
  expandedStructure,
} from "./expanded-word.js";

/**
 * The first word of an aws stage in which the output of other commands is more than data. It may be the value of one of the
 * operation's own options that is a scalar, an element of a list of scalars, an operand that is no path, the part of an s3
 * URI after the bucket, or a part of one of these. So whatever it is, all other words mean the same, and it means itself.
 *
 * @param words the stage's arguments; an `AwsWord` has its index among them
 *
 * Problems: `expansion-program`, `expansion-option`, `expansion-global`, `expansion-path`, `expansion-structure`,
 * `expansion-bucket`, `lone-surrogate`.
 */
export const expandedRefusal = (command: AwsCommand, words: readonly Argument[]): AwsRefusal | undefined => {
  for (const [argument, word] of words.entries()) {
    const stray = strayUnknown(word);
    const refusal = stray === undefined ? wordRefusal(command, word, argument) : { ...stray, argument };
    if (refusal !== undefined) return refusal;
  }
  return undefined;
};

const wordRefusal = (
  command: AwsCommand,
  { text, expanded = [] }: Argument,
  argument: number,
): AwsRefusal | undefined => {
  if (expanded.length === 0) return undefined;
  if (command.kind !== "operation" || isName(command, argument)) return expandedName(text, argument);
  const global = command.globals.find((given) => isAt(given, argument));
  if (global !== undefined) return expandedGlobal(global.option.name, argument);
  const option = command.options.find((given) => isAt(given, argument));
  const operand = command.operands.find(({ word }) => word.argument === argument);
  const value = option?.words.find((word) => word.argument === argument) ?? operand?.word;
  if (value === undefined || !isInside(expanded, value, text)) return expandedOption(text, argument);
  if (option !== undefined) return valueRefusal(command, option, value);
  return operand === undefined ? undefined : operandRefusal(command, operand, expanded);
};

const isName = ({ service, path }: AwsOperation, argument: number): boolean =>
  argument === 0 || [service, ...path].some((word) => word.argument === argument);

const isAt = (given: GivenOption, argument: number): boolean =>
  given.argument === argument || given.words.some((word) => word.argument === argument);

// Of `--name=value` the value is the end. A word of its own that begins with a hyphen is a value only as long as it is a
// number.
const isInside = (expanded: readonly Span[], value: AwsWord, text: string): boolean => {
  const from = text.length - value.text.length;
  if (from === 0 && text.startsWith("-")) return false;
  return expanded.every(({ start, end }) => start >= from && start < end && end <= text.length);
};

/** Options whose value is the command itself. */
const INPUTS = new Set(["cli-input-json", "cli-input-yaml", "generate-cli-skeleton"]);

const valueRefusal = (command: AwsOperation, { option }: GivenOption, value: AwsWord): AwsRefusal | undefined => {
  if (INPUTS.has(option.name)) return expandedStructure(option.name, value);
  if (isPath(option)) return expandedPath(option.name, value);
  // An address is data: what version 1 of the CLI would do with it is another rule's matter.
  if (/^fileb?:\/\//i.test(value.text)) return expandedLoad(option.name, value);
  const { service, name } = command.table;
  const shape = valueShape(service, name, option);
  // One such word of a list is the whole list, as JSON.
  const isData = shape === "scalar" || (shape === "list" && !/^[[{]/.test(stripStart(value.text)));
  return isData ? undefined : expandedStructure(option.name, value);
};

const operandRefusal = (
  command: AwsOperation,
  { slot, word }: AwsOperation["operands"][number],
  expanded: readonly Span[],
): AwsRefusal | undefined => {
  if (isPath(slot)) return expandedPath(undefined, word);
  if (command.service.text === "s3") return uriRefusal(command, word, expanded);
  if (LOADED.test(word.text)) return expandedLoad(undefined, word);
  return valueShape(command.table.service, command.table.name, slot) === "scalar"
    ? undefined
    : expandedStructure(slot.name, word);
};

// What the CLI, in one of its versions, puts the content of a file or of an address in place of.
const LOADED = /^(?:fileb?|https?):\/\//i;
