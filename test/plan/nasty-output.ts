import fc from "fast-check";
import type { Argument } from "../../src/plan/plan.js";

/** What another command may have written: values, and texts that would be something else where they are no data. */
export const nastyOutput: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    "5",
    "a",
    "x y",
    "i-1",
    "-exec",
    "-n",
    "-",
    "--",
    "--help",
    "--profile",
    "--profile=prod",
    "--endpoint-url=http://x",
    "--query",
    "=x",
    "file:///etc/passwd",
    "fileb://x",
    "http://169.254.169.254/",
    "s3://evil/x",
    "/etc/passwd",
    "../x",
    ";",
    "!",
    "(",
    "|id",
    "$(id)",
    "`id`",
    "a\nb",
    "\n",
    "{}",
    "[1]",
    '["a","b"]',
    '{"a":"b"}',
    "key=value",
    "Key=a,Value=b",
    "@x",
    "help",
    "True",
    "arn:aws:iam::999999999999:role/x",
  ),
  fc.string({ minLength: 1, maxLength: 6 }),
);

/**
 * The words, with output in place of a part of one of them, or as a word of its own between two; or with what stands there
 * anyway marked as output, so that it makes sense.
 */
export const withOutput = (words: readonly string[], output: string): fc.Arbitrary<readonly Argument[]> =>
  fc.nat(Math.max(0, words.length - 1)).chain((index) => {
    const word = words[index] ?? "";
    const put = (start: number, end: number, data: string): readonly Argument[] =>
      words.map((text, at) => (at === index ? markedPart(text, start, end, data) : literal(text)));
    const ends = fc.tuple(fc.nat(word.length), fc.nat(word.length)).map((two) => two.toSorted((a, b) => a - b));
    const value = word.indexOf("=") + 1;
    return fc.oneof(
      { weight: 2, arbitrary: ends.map(([start = 0, end = 0]) => put(start, end, output)) },
      { weight: 3, arbitrary: ends.map(([start = 0, end = 0]) => put(start, end, word.slice(start, end))) },
      { weight: 1, arbitrary: fc.constant(put(0, word.length, word)) },
      { weight: 2, arbitrary: fc.constant(put(value, word.length, output)) },
      {
        weight: 1,
        arbitrary: fc.constant([
          ...words.slice(0, index + 1).map(literal),
          markedPart("", 0, 0, output),
          ...words.slice(index + 1).map(literal),
        ]),
      },
    );
  });

const markedPart = (text: string, start: number, end: number, output: string): Argument => {
  const all = text.slice(0, start) + output + text.slice(end);
  return { text: all, span: { start: 0, end: all.length }, expanded: [{ start, end: start + output.length }] };
};

const literal = (text: string): Argument => ({ text, span: { start: 0, end: text.length } });

/** The same words with other output in its place. */
export const withOther = (words: readonly Argument[], other: string): readonly Argument[] =>
  words.map((word) => {
    const [part] = word.expanded ?? [];
    if (part === undefined) return word;
    const text = word.text.slice(0, part.start) + other + word.text.slice(part.end);
    return { ...word, text, expanded: [{ start: part.start, end: part.start + other.length }] };
  });
