import { quote } from "shell-quote";
import { dollarQuoted } from "./dollar-quoted.js";

/** Prints an argument vector as one line that means it, for people and for our own parser. */
export const quoteArgv = (argv: readonly string[]): string => argv.map(quoteWord).join(" ");

// Plain where every character means itself, in single quotes where that is enough, with escapes where characters have
// no shape; the library for what is left.
const quoteWord = (word: string): string => {
  if (/^[\w@%+=:,./-]+$/.test(word)) return word;
  if (/[\x01-\x08\x0b-\x1f\x7f]/.test(word)) return dollarQuoted(word);
  return word === "" || !/['\n]/.test(word) ? `'${word}'` : quote([word]);
};
