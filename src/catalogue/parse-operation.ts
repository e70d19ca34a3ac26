import { parseOption, type Shared } from "./parse-option.js";
import type { Call, Level, OperationTable, OptionTable } from "./service-table.js";

const LEVELS: Readonly<Record<string, Level>> = {
  R: "Read",
  L: "List",
  W: "Write",
  T: "Tagging",
  P: "Permissions",
};

// Options that thousands of commands have; a command line names them by a letter.
const STANDARD: Readonly<Record<string, string>> = {
  j: "cli-input-json:s=",
  y: "cli-input-yaml:s=",
  g: "generate-cli-skeleton:s#?=|input|output|yaml-input",
  t: "starting-token:s=",
  z: "page-size:i=",
  m: "max-items:i=",
};

/** One command's line. Throws where it is not of the grammar. */
export const parseOperation = (service: string, name: string, line: string, ofFile: Shared): OperationTable => {
  const [, written = "", levels = "", ...rest] = line.split(" ");
  const call = parseCall(written);
  // A command of the CLI's own has no API input, so its options are no members of one.
  const shared = call.kind === "custom" ? { ...ofFile, member: () => undefined } : ofFile;
  const options = new Map<string, OptionTable>();
  const operands: OptionTable[] = [];
  let secrets: readonly string[] = [];
  let sensitive: readonly string[] = [];
  let hostPrefix: string | undefined;
  const add = (token: string): void => {
    for (const option of parseOption(token, shared)) options.set(option.name, option);
  };
  for (const token of rest) {
    const value = token.slice(1);
    if (token.startsWith("/")) for (const letter of value) add(STANDARD[letter] ?? letter);
    else if (token.startsWith("<")) operands.push(parseOption(value, shared)[0]);
    else if (token.startsWith("!")) secrets = value.split(",");
    else if (token.startsWith("*")) sensitive = value.split(",");
    else if (token.startsWith("^")) hostPrefix = value;
    else add(token);
  }
  return { service, name, call, levels: parseLevels(levels), options, operands, secrets, sensitive, hostPrefix };
};

const parseCall = (text: string): Call => {
  if (text.startsWith("=")) return { kind: "custom", effect: text.slice(1) };
  if (text.startsWith("~")) return { kind: "waiter", operation: text.slice(1) };
  return { kind: "api", operation: text };
};

const parseLevels = (text: string): readonly Level[] =>
  text === "-" || text === "?"
    ? []
    : [...text].map((letter) => {
        const level = LEVELS[letter];
        if (level === undefined) throw new Error(`\`${letter}\` is no access level of the catalogue`);
        return level;
      });
