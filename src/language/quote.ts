import { quote } from "shell-quote";

/** Prints an argument vector as one line that means it, for people and for our own parser. */
export const quoteArgv = (argv: readonly string[]): string => quote([...argv]);
