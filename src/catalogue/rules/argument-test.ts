import type { SingleTest } from "../generate/effect-argument-schema.js";
import { stripEnd, stripStart } from "../values/python-blanks.js";
import { isOpen, type Leaf } from "../values/value.js";
import { cidrOpen } from "./cidr.js";
import { isOneSelect } from "./statement.js";

type LeafTest = Exclude<SingleTest, "present" | "absent" | "principal-wildcard" | "action-wildcard">;

/** What a test says of a single text, number or boolean. What nobody has read or knows yet passes every test. */
export const testLeaf = (test: LeafTest, leaf: Leaf): boolean => {
  if (isOpen(leaf)) return true;
  const text = textOf(leaf);
  if (text === undefined) return false;
  switch (test) {
    case "true":
    case "false":
      return text.trim().toLowerCase() === test;
    case "cidr-open":
      return cidrOpen(text);
    case "not-select":
      return !isOneSelect(text);
    case "bucket-uri":
      return text.startsWith("s3://");
  }
  if ("equals" in test) return test.equals.some((each) => each === text || plainScalar(each) === plainScalar(text));
  if ("like" in test) return test.like.some((pattern) => isLike(pattern, text));
  if ("ilike" in test) return test.ilike.some((pattern) => isLike(pattern.toLowerCase(), text.toLowerCase()));
  return numbers(text).some((number) => ("below" in test ? !(number >= test.below) : !(number <= test.above)));
};

/**
 * One spelling for all texts that the AWS CLI reads as the same number or boolean, as `22` for `022`, `+22`, `2_2`, ` 22 `
 * and `٢٢`: it makes them Python's. Any other text is left as it is.
 */
export const plainScalar = (text: string): string => {
  const word = stripStart(stripEnd(text));
  if (/^(?:true|false)$/i.test(word)) return word.toLowerCase();
  const digits = word.replace(/(?![0-9])\p{Nd}/gu, latinDigit).replace(/(?<=\d)_(?=\d)/g, "");
  // Digit by digit: a whole number can hold more of them than a JavaScript number.
  if (/^[+-]?\d+$/.test(digits)) return digits.replace(/^\+?(-?)0*(?=\d)/, "$1").replace(/^-0$/, "0");
  const number = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/i.test(digits) ? Number(digits) : Number.NaN;
  return Number.isFinite(number) ? String(number) : text;
};

// Each script has its ten digits in a row; where several rows follow each other, the first begins at zero.
const latinDigit = (digit: string): string => {
  const code = digit.codePointAt(0) ?? 0;
  let before = 0;
  while (/^\p{Nd}$/u.test(String.fromCodePoint(code - before - 1))) before += 1;
  return String(before % 10);
};

/** What a single value is as text; nothing for `null` and for what nobody has read or knows yet. */
export const textOf = (leaf: Leaf): string | undefined => {
  switch (leaf.kind) {
    case "text":
    case "number":
      return leaf.text;
    case "boolean":
      return String(leaf.value);
    case "null":
    case "file":
    case "unknown":
      return undefined;
  }
};

const isLike = (pattern: string, text: string): boolean => {
  const test = patternTest(pattern);
  return test.test(text) || test.test(plainScalar(text));
};

const patternTest = (pattern: string): RegExp =>
  new RegExp(`^${pattern.replace(/[.+?^${}()|[\]\\]/g, "\\$&").replaceAll("*", "[\\s\\S]*")}$`);

// `--count 1:10` is a range; what is no number is NaN, which is neither above nor below and counts.
const numbers = (text: string): readonly number[] =>
  text.split(":").map((part) => {
    const plain = plainScalar(part);
    return /^-?[\d.]+(?:e[+-]?\d+)?$/.test(plain) ? Number(plain) : Number.NaN;
  });
