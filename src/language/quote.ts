import { quote } from "shell-quote";

/** Prints an argument vector as one line that means it, for people and for our own parser. */
export const quoteArgv = (argv: readonly string[]): string => argv.map(quoteWord).join(" ");

// Plain where every character means itself, in single quotes where that is enough; the library for what is left.
const quoteWord = (word: string): string => {
  if (/^[\w@%+=:,./-]+$/.test(word)) return word;
  return word === "" || !/['\n]/.test(word) ? `'${word}'` : quote([word]);
};
