import { ok, type Result } from "../language/result.js";
import type { Reading } from "./reading.js";
import type { UtilityRefusal } from "./refusal.js";
import type { Utility } from "./utility-grammar.js";

/**
 * Reads argv as GNU echo does (info coreutils, "echo invocation"): leading words made only of declared letters are options,
 * everything from the first other word on is text, `--` included.
 */
export const readEcho = (utility: Utility, argv: readonly string[]): Result<Reading, UtilityRefusal> => {
  const words = argv.slice(1);
  const end = words.findIndex((word) => !isOptions(utility, word));
  const count = end === -1 ? words.length : end;
  return ok({
    options: words.slice(0, count).flatMap((word, index) => lettersOf(utility, word, index + 1)),
    operands: words.slice(count).map((text, index) => ({ text, argument: 1 + count + index })),
  });
};

const isOptions = (utility: Utility, word: string): boolean =>
  word.length > 1 && word.startsWith("-") && [...word.slice(1)].every((letter) => utility.short.has(letter));

const lettersOf = (utility: Utility, word: string, argument: number) =>
  [...word.slice(1)].flatMap((letter) => {
    const option = utility.short.get(letter);
    return option ? [{ option, spelled: `-${letter}`, values: [], argument }] : [];
  });
