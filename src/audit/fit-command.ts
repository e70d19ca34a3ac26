import type { JsonValue } from "./audit-log.js";
import { fitText } from "./fit-text.js";

/** Bytes of a word that says what a command does; names of AWS are shorter. */
const NAME = 96;

/** Bytes of another word for each that is kept: both get fewer together. */
const PER_WORD = 8;

/**
 * An argument vector with its words cut to so many bytes, and only its first ones. Whatever else is left out, what the command
 * does stays: the program and, behind `aws`, the service and the operation, also where xargs runs it.
 *
 * @param most bytes of a word; 0 for the words alone that say what it does
 */
export const fitCommand = (argv: readonly JsonValue[], most: number): readonly string[] => {
  const words = argv.map((word) => (typeof word === "string" ? word : JSON.stringify(word)));
  const names = namesOf(words);
  let others = Math.floor(most / PER_WORD);
  const shown: string[] = [];
  let skipped = 0;
  const count = (): void => {
    if (skipped > 0) shown.push(`…[${skipped} word${skipped === 1 ? "" : "s"}]…`);
    skipped = 0;
  };
  for (const [at, word] of words.entries()) {
    const isName = names.has(at);
    if (!isName && others === 0) skipped += 1;
    else {
      count();
      shown.push(fitText(word, isName ? Math.max(NAME, most) : most));
      if (!isName) others -= 1;
    }
  }
  count();
  return shown;
};

/** Words of a name behind `aws`: the service, and of an operation at most three, as `wait instance-running`. */
const DEEPEST = 4;

/** Indices of the words that say what a command does. */
const namesOf = (words: readonly string[]): ReadonlySet<number> => {
  const names = new Set([0]);
  const aws = words.findIndex((word, at) => word === "aws" && isName(words[at + 1]));
  if (aws < 0) return names;
  for (let at = aws; at <= aws + DEEPEST && (at === aws || isName(words[at])); at += 1) names.add(at);
  return names;
};

const isName = (word: string | undefined): boolean => word !== undefined && !word.startsWith("-");
