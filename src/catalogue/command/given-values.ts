import { err, ok, type Result } from "../../language/result.js";
import type { OptionTable } from "../service-table.js";
import { isFileReference } from "../values/file-reference.js";
import { loadFiles, type ReadText, unread } from "../values/load-files.js";
import { parseLoadedValue, parseOptionValue } from "../values/option-value.js";
import { parseStrictJson } from "../values/strict-json.js";
import { listValue, textValue, type Value } from "../values/value.js";
import type { ValueProblem } from "../values/value-problem.js";
import type { AwsOperation, AwsRefusal, GivenOption } from "./command.js";
import { isPath, valueShape } from "./value-shape.js";

/** An option's value as data. A flag is `true`; a path is text. */
export type GivenValue = {
  readonly option: OptionTable;
  readonly argument: number;
  readonly value: Value;
  /** It stood in `--cli-input-json`, where a path is only a text. */
  readonly folded?: true;
};

/**
 * Every option's value as the CLI will understand it, the members of `--cli-input-json` among them as if they had been
 * options, and in place of each parameter file what it holds.
 *
 * @param read the text of a file by its reference, as `file://item.json`; a file that it does not give stays a `file`
 *   leaf, as does every `fileb://`
 *
 * Problems: the `value-*` codes, `aws-input-json`.
 */
export const givenValues = (
  command: AwsOperation,
  read: ReadText = unread,
): Result<readonly GivenValue[], AwsRefusal> => {
  const values: GivenValue[] = [];
  for (const given of command.options) {
    const found =
      given.option.name === "cli-input-json" ? foldInput(command, given, read) : readOne(command, given, read);
    if (!found.ok) return found;
    values.push(...found.value);
  }
  return ok(values);
};

const readOne = (
  command: AwsOperation,
  given: GivenOption,
  read: ReadText,
): Result<readonly GivenValue[], AwsRefusal> => {
  const { option, argument, words } = given;
  const texts = words.map((word) => word.text);
  const loaded = loadedText(command, given, read);
  const value = loaded === undefined ? readWords(command, option, texts) : readLoaded(command, option, loaded);
  if (!value.ok) return err(refusalOf(value.error, given));
  return ok([{ option, argument, value: loadFiles(value.value, read) }]);
};

// The CLI loads a file where the reference is the only word, and not for an option that takes a path as it is.
const loadedText = (command: AwsOperation, { option, words }: GivenOption, read: ReadText): string | undefined => {
  const [word] = words;
  const isOne = word !== undefined && words.length === 1 && isFileReference(word.text);
  return isOne && valueShape(command.table.service, command.table.name, option) !== undefined
    ? read(word.text)
    : undefined;
};

const readLoaded = (command: AwsOperation, option: OptionTable, text: string): Result<Value, ValueProblem> => {
  const shape = valueShape(command.table.service, command.table.name, option);
  return isOnlyMember(shape, text) ? ok(textValue(text)) : parseLoadedValue(text, shape ?? "scalar");
};

const readWords = (
  command: AwsOperation,
  option: OptionTable,
  texts: readonly string[],
): Result<Value, ValueProblem> => {
  const shape = valueShape(command.table.service, command.table.name, option);
  if (option.type.kind === "flag") return ok({ kind: "boolean", value: true });
  const [first] = texts;
  if (shape === undefined || isPath(option)) return ok(listValue(texts.map(textValue)));
  if (first === undefined) return ok(listValue([]));
  if (texts.length === 1 && isOnlyMember(shape, first) && !first.includes("://")) return ok(textValue(first));
  return parseOptionValue(texts, shape);
};

// A structure of one string member may be given as that string (`--attribute stop`); as text it says as much.
const isOnlyMember = (shape: ReturnType<typeof valueShape>, text: string): boolean =>
  (shape === "structure" || shape === "map") && /^[^=[{]+$/.test(text);

// INVARIANT: a member that is not an option of the operation is refused, so nothing in the text goes unjudged.
const foldInput = (
  command: AwsOperation,
  given: GivenOption,
  read: ReadText,
): Result<readonly GivenValue[], AwsRefusal> => {
  const word = given.words[0]?.text ?? "";
  if (word.startsWith("fileb://"))
    return err(inputRefusal(given, "`--cli-input-json` takes text, not bytes", "name the file with `file://`"));
  const text = isFileReference(word) ? read(word) : word;
  if (text === undefined) return ok(unreadInput(command, given, word));
  const parsed = parseStrictJson(text);
  if (!parsed.ok) return err(refusalOf(parsed.error, given));
  if (parsed.value.kind !== "map")
    return err(inputRefusal(given, "`--cli-input-json` takes one JSON object", 'write `\'{"Member": "value"}\'`'));
  const folded: GivenValue[] = [];
  for (const { key, value } of parsed.value.entries) {
    const option = [...command.table.options.values()].find((each) => each.member === key);
    if (option === undefined)
      return err(
        inputRefusal(given, `\`${key}\` is no member of this operation's input`, "see `--generate-cli-skeleton`"),
      );
    if (command.options.some((each) => each.option.name === option.name || each.option.name === option.twin))
      return err(inputRefusal(given, `\`${key}\` is given twice, as \`--${option.name}\` too`, "keep one of them"));
    folded.push({ option, argument: given.argument, value, folded: true });
  }
  return ok(folded);
};

// What nobody has read could give any option any value: each is judged as if the file were its value.
const unreadInput = (command: AwsOperation, { argument }: GivenOption, reference: string): readonly GivenValue[] =>
  [...command.table.options.values()]
    .filter(({ member }) => member !== undefined)
    .map((option) => ({ option, argument, value: { kind: "file", reference } }));

const refusalOf = (problem: ValueProblem, { option, argument, words }: GivenOption): AwsRefusal => ({
  code: problem.code,
  message: `\`--${option.name}\`: ${problem.message}`,
  hint: problem.hint,
  argument: words[problem.word]?.argument ?? argument,
});

const inputRefusal = ({ argument }: GivenOption, message: string, hint: string): AwsRefusal => ({
  code: "aws-input-json",
  message,
  hint,
  argument,
});
