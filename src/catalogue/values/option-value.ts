import { ok, type Result } from "../../language/result.js";
import { withUnknownShown } from "../../plan/unknown.js";
import { isFileReference } from "./file-reference.js";
import { stripStart } from "./python-blanks.js";
import { readSeveral } from "./read-several.js";
import { parseShorthand } from "./shorthand.js";
import { parseStrictJson } from "./strict-json.js";
import { listValue, mapValue, textValue, type Value } from "./value.js";
import { type ValueProblem, valueProblem } from "./value-problem.js";
import { wellFormed } from "./well-formed.js";

/** What the service model says an option takes, as far as it decides how the CLI reads the words. */
export type ValueShape =
  /** text, numbers, blobs, timestamps, booleans */
  | "scalar"
  /** a document type, or a string with `jsonvalue` */
  | "json"
  /** a list of scalars */
  | "list"
  /** a list of document types */
  | "list-of-json"
  /** a list whose members are structures, maps or lists */
  | "list-of-structures"
  | "structure"
  | "map"
  /** a structure whose only member is the string `Value`: a word without `=` is that member */
  | "structure-of-value"
  /**
   * a list of structures of one member, in the operations where words stand for that member (`elb … --instances i-1`): in elb `remove-tags
   * --tags`, `describe-instance-health`, `deregister-…` and `register-instances-with-load-balancer --instances`, in firehose
   * `put-record-batch --records`, in workspaces the three `…-workspaces --…-workspace-requests`
   */
  | { readonly listOfOnly: string };

/**
 * What the CLI makes of an option's words before it looks into the service model: parameter file, JSON or shorthand, in this order.
 *
 * A text that is not known yet can only be data: one of scalars, alone or in a list.
 *
 * The facts are those of `awscli.paramfile` and `awscli.argprocess` in the CLI 2.36.
 */
export const parseOptionValue = (words: readonly string[], shape: ValueShape): Result<Value, ValueProblem> => {
  const holdsData = shape === "scalar" || shape === "list";
  const unicode = readSeveral(words, (word) => wellFormed(holdsData ? withUnknownShown(word) : word));
  if (!unicode.ok) return unicode;
  const [word, second] = words;
  if (word !== undefined && second === undefined && isFileReference(word)) return ok({ kind: "file", reference: word });
  if (takesList(shape)) return parseList(words, shape);
  if (word === undefined || second !== undefined) return notOneWord(words.length);
  return parseSingle(word, shape);
};

/**
 * What the CLI makes of the text that it found in an option's parameter file, in which every line end has become a line feed.
 *
 * The text itself is not taken for another file's name, but shorthand in it can name files. A list must be JSON: `sg-1 sg-2` becomes a list of
 * letters in the CLI.
 */
export const parseLoadedValue = (text: string, shape: ValueShape): Result<Value, ValueProblem> => {
  const unicode = wellFormed(text.replace(/\r\n?/g, "\n"));
  if (!unicode.ok) return unicode;
  if (!takesList(shape)) return parseSingle(unicode.value, shape);
  return looksLikeJson(text) === "[" ? parseStrictJson(unicode.value) : notAList();
};

type ListShape = "list" | "list-of-json" | "list-of-structures" | { readonly listOfOnly: string };

const takesList = (shape: ValueShape): shape is ListShape => typeof shape === "object" || shape.startsWith("list");

const parseSingle = (text: string, shape: Exclude<ValueShape, ListShape>): Result<Value, ValueProblem> => {
  switch (shape) {
    case "scalar":
      return ok(textValue(text));
    case "json":
      return parseStrictJson(text);
    case "structure-of-value":
      if (looksLikeJson(text) === undefined && !text.includes("=")) return ok(only("Value", text));
      return parseStructure(text);
    case "structure":
    case "map":
      return parseStructure(text);
  }
};

const parseStructure = (text: string): Result<Value, ValueProblem> => {
  const opens = looksLikeJson(text);
  if (opens === "[") return listForStructure();
  return opens === "{" ? parseStrictJson(text) : parseShorthand(text);
};

/** One word that begins with `[` is the whole list; otherwise the first word says whether all are JSON. */
const parseList = (words: readonly string[], shape: ListShape): Result<Value, ValueProblem> => {
  const [word] = words;
  if (word === undefined) return ok(listValue([]));
  const opens = looksLikeJson(word);
  if (opens === "[" && words.length === 1) return parseStrictJson(word);
  if (shape === "list") return ok(listValue(words.map(textValue)));
  if (shape === "list-of-json") return asList(readSeveral(words, parseStrictJson));
  if (opens !== undefined) return asList(readSeveral(words, parseJsonStructure));
  return typeof shape === "object"
    ? ok(listValue(words.map((text) => only(shape.listOfOnly, text))))
    : parseShorthand(words);
};

const parseJsonStructure = (text: string): Result<Value, ValueProblem> =>
  looksLikeJson(text) === "{" ? parseStrictJson(text) : notAStructure();

const asList = (items: Result<readonly Value[], ValueProblem>): Result<Value, ValueProblem> =>
  items.ok ? ok(listValue(items.value)) : items;

const only = (key: string, text: string): Value => mapValue([{ key, value: textValue(text) }]);

/** Which bracket makes the CLI take a word for JSON. It strips Python's blanks here; its JSON knows only four of them and then fails. */
const looksLikeJson = (text: string): "[" | "{" | undefined => {
  const first = stripStart(text)[0];
  return first === "[" || first === "{" ? first : undefined;
};

const notOneWord = (count: number) =>
  valueProblem(
    "value-words",
    `the option takes one word and has ${count}`,
    "write the value as one word, in quotes when it holds blanks",
    0,
    Math.min(1, count),
  );

const notAList = () => valueProblem("value-json", "the file holds no JSON list", 'write `["a","b"]` into it', 0);

const listForStructure = () =>
  valueProblem("value-json", "the option takes one structure, not a list", 'write `{"Key":"value"}` or `Key=value`', 0);

const notAStructure = () =>
  valueProblem(
    "value-json",
    "a word of this list is no JSON structure, while its first word is JSON",
    "write the whole list as one JSON text in brackets, or every word in the same way",
    0,
  );
