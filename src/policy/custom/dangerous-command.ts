import { isUnknown } from "../../plan/unknown.js";
import type { CommandText } from "./command-text.js";
import { type EntryWords, entryWords } from "./entry-words.js";
import { someRendering } from "./renderings.js";

/** An entry of `dangerous_commands`. */
export type DangerousCommand = {
  /** As the file has it, but for its blanks. */
  readonly text: string;
  readonly where: string;
  /** The command line begins with it, character by character. */
  readonly prefix: string;
  /** Options that must all stand in the command: `--name`, or `--name` with the beginning of its value. */
  readonly options: readonly string[];
  readonly words: EntryWords;
};

/** Takes an entry apart. */
export const dangerousCommand = (text: string, where: string): DangerousCommand => {
  const words = entryWords(text);
  return {
    text: text.trim().replace(/\s+/g, " "),
    where,
    prefix: words.head.join(" "),
    options: words.options.map(({ name, values }) => [`--${name}`, ...values].join(" ")),
    words,
  };
};

/** Whether a command begins as the entry does and has all of its options, in whatever order and spelling. */
export const isDangerous = ({ prefix, options, text }: DangerousCommand, command: CommandText): boolean => {
  if (!mayBegin([...command.name, ...command.operands].join(" "), prefix)) return false;
  return (
    options.length === 0 ||
    someRendering(command, text, (line) =>
      options.every((option) => hasOption(line, option) || mayHave(command, option)),
    )
  );
};

// What stands in place of a part that is not known yet may be all that the entry says.
const mayBegin = (line: string, prefix: string): boolean => {
  const [known = ""] = /^[^\ud800\ud801]*/u.exec(line) ?? [];
  return line.startsWith(prefix) || (isUnknown(line) && prefix.startsWith(known));
};

// Whatever value the entry wants, what nobody has read or knows yet may be it.
const mayHave = ({ unread }: CommandText, option: string): boolean => unread.has(option.slice(2).replace(/ .*$/s, ""));

const hasOption = (line: string, option: string): boolean => {
  const text = ` ${option}`;
  for (let at = line.indexOf(text); at >= 0; at = line.indexOf(text, at + 1)) {
    const next = line[at + text.length];
    if (option.includes(" ") || next === undefined || next === " ") return true;
  }
  return false;
};
