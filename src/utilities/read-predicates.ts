import { nearest } from "../catalogue/nearest.js";
import { ok, type Result } from "../language/result.js";
import { findShortOption } from "./find-option.js";
import type { Reading, ReadOperand, ReadOption } from "./reading.js";
import { refusal, type UtilityRefusal } from "./refusal.js";
import type { Utility, UtilityOption } from "./utility-grammar.js";

type Cursor = { readonly utility: Utility; readonly argv: readonly string[]; at: number };

/**
 * Reads argv as GNU find does (findutils 4.9 and 4.10, find/ftsfind.c, find/tree.c and find/parser.c): letters, operands up
 * to the first word that looks like an expression, the expression. Names in it are never abbreviated, each takes a fixed
 * number of words whatever they look like, and no operand follows.
 */
export const readPredicates = (utility: Utility, argv: readonly string[]): Result<Reading, UtilityRefusal> => {
  const cursor: Cursor = { utility, argv, at: 1 };
  const letters = readLetters(cursor);
  if (!letters.ok) return letters;
  const operands = readOperands(cursor);
  const expression = readExpression(cursor);
  return expression.ok ? ok({ options: [...letters.value, ...expression.value], operands }) : expression;
};

const readLetters = (cursor: Cursor): Result<readonly ReadOption[], UtilityRefusal> => {
  const found: ReadOption[] = [];
  for (; cursor.at < cursor.argv.length; cursor.at += 1) {
    const word = cursor.argv[cursor.at] ?? "";
    const option = cursor.utility.short.get(word[1] ?? "");
    const isLetter = word.startsWith("-") && option && (word.length === 2 || option.values.length > 0);
    if (!isLetter) break;
    const allowed = findShortOption(cursor.utility, word.slice(1, 2), cursor.at);
    if (!allowed.ok) return allowed;
    found.push({ option: allowed.value, spelled: word, values: [], argument: cursor.at });
  }
  if (cursor.argv[cursor.at] === "--") cursor.at += 1;
  return ok(found);
};

const readOperands = (cursor: Cursor): readonly ReadOperand[] => {
  const start = cursor.at;
  while (cursor.at < cursor.argv.length && !BEGINS.test(cursor.argv[cursor.at] ?? "")) cursor.at += 1;
  return cursor.argv.slice(start, cursor.at).map((text, index) => ({ text, argument: start + index }));
};

// `(x`, `!x` and a lone `-` are names of files, and so are `)` and `,` as long as no expression has begun.
const BEGINS = /^(?:-.|[(!]$)/su;

const readExpression = (cursor: Cursor): Result<readonly ReadOption[], UtilityRefusal> => {
  const found: ReadOption[] = [];
  for (; cursor.at < cursor.argv.length; cursor.at += 1) {
    const word = cursor.argv[cursor.at] ?? "";
    const read = PUNCTUATION.test(word)
      ? ok({ option: MARK, spelled: word, values: [], argument: cursor.at })
      : readPredicate(cursor, word);
    if (!read.ok) return read;
    found.push(read.value);
  }
  return ok(found);
};

const PUNCTUATION = /^[(),!]$/;
const MARK: UtilityOption = { long: [], short: [], values: [], optional: false, turns: false, joins: false };

const readPredicate = (cursor: Cursor, word: string): Result<ReadOption, UtilityRefusal> => {
  const { utility, argv, at: argument } = cursor;
  const option = word.startsWith("-") ? utility.long.get(word.slice(1)) : undefined;
  if (!option) return unknownWord(utility, word, argument);
  if (option.refuse !== undefined) {
    const message = `\`${word}\` of \`${utility.grammar.name}\` is not allowed: it ${option.refuse}`;
    return refusal("refused-option", argument, message, option.hint ?? `leave \`${word}\` out`);
  }
  const values = argv.slice(argument + 1, argument + 1 + option.values.length);
  if (values.length < option.values.length) {
    const message = `\`${word}\` of \`${utility.grammar.name}\` needs a value`;
    return refusal("missing-value", argument, message, `write the value after \`${word}\``);
  }
  cursor.at += values.length;
  const slices = values.map((text, index) => ({ text, argument: argument + 1 + index }));
  return ok({ option, spelled: word, values: slices, argument });
};

const unknownWord = (utility: Utility, word: string, argument: number) => {
  const { name } = utility.grammar;
  if (!word.startsWith("-")) {
    const message = `\`${word}\` stands behind the expression of \`${name}\`, where no file can`;
    return refusal("extra-operand", argument, message, "write files first, and put patterns into quotes");
  }
  if (utility.short.has(word.slice(1, 2)) && word.length === 2) {
    const message = `\`${word}\` of \`${name}\` stands before the files only`;
    return refusal("unknown-option", argument, message, `leave \`${word}\` out`);
  }
  const names = utility.longNames.filter((each) => utility.long.get(each)?.refuse === undefined);
  const near = nearest(word.replace(/^-+/, ""), names);
  const hint =
    near.length > 0
      ? `did you mean ${near.map((each) => `\`-${each}\``).join(" or ")}?`
      : `there are: ${names.map((each) => `-${each}`).join(" ")}`;
  return refusal("unknown-option", argument, `\`${name}\` knows no \`${word}\``, hint);
};
