const NAMED: ReadonlyMap<string, string> = new Map([
  ["\\", "\\\\"],
  ["'", "\\'"],
  ["\n", "\\n"],
  ["\r", "\\r"],
  ["\t", "\\t"],
]);

/** A text between dollar-single-quotes (POSIX.1-2024, 2.2.4), its ASCII control characters as escapes. */
export const dollarQuoted = (text: string): string =>
  `$'${text.replace(/[\x01-\x1f\x7f\\']/g, (character) => NAMED.get(character) ?? octal(character))}'`;

/** Always three digits, since a digit may follow. */
const octal = (character: string): string => `\\${character.charCodeAt(0).toString(8).padStart(3, "0")}`;
