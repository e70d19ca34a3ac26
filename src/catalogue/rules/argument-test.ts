import type { SingleTest } from "../generate/effect-argument-schema.js";
import type { Leaf } from "../values/value.js";
import { cidrOpen } from "./cidr.js";
import { isOneSelect } from "./statement.js";

type LeafTest = Exclude<SingleTest, "present" | "absent" | "principal-wildcard" | "action-wildcard">;

/** What a test says of a single text, number or boolean. A file that nobody has read passes every test. */
export const testLeaf = (test: LeafTest, leaf: Leaf): boolean => {
  if (leaf.kind === "file") return true;
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
  if ("equals" in test) return test.equals.includes(text);
  if ("like" in test) return test.like.some((pattern) => patternTest(pattern).test(text));
  if ("ilike" in test) return test.ilike.some((pattern) => patternTest(pattern.toLowerCase()).test(text.toLowerCase()));
  return numbers(text).some((number) => ("below" in test ? !(number >= test.below) : !(number <= test.above)));
};

const textOf = (leaf: Exclude<Leaf, { kind: "file" }>): string | undefined => {
  switch (leaf.kind) {
    case "text":
    case "number":
      return leaf.text;
    case "boolean":
      return String(leaf.value);
    case "null":
      return undefined;
  }
};

const patternTest = (pattern: string): RegExp =>
  new RegExp(`^${pattern.replace(/[.+?^${}()|[\]\\]/g, "\\$&").replaceAll("*", "[\\s\\S]*")}$`);

// `--count 1:10` is a range; what is no number is NaN, which is neither above nor below and counts.
const numbers = (text: string): readonly number[] =>
  text.split(":").map((part) => (part.trim() === "" ? Number.NaN : Number(part)));
