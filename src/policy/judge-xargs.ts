import { quoteArgv } from "../language/quote.js";
import { inBackticks } from "../language/visible.js";
import type { Argument, Stage } from "../plan/plan.js";
import { DEFAULT_STREAMS } from "../plan/streams.js";
import { UNKNOWN_ITEM } from "../plan/unknown.js";
import { commandOf } from "../utilities/xargs/command-of.js";
import { fillCommand } from "../utilities/xargs/fill-command.js";
import { readXargs } from "../utilities/xargs/read-xargs.js";
import type { XargsCall } from "../utilities/xargs/xargs-call.js";
import type { Files } from "./files.js";
import { type JudgedStage, judgeStage } from "./judge.js";
import type { RuleBook } from "./rule-book.js";
import type { CanonicalStage, Finding, StageFile, UtilityFile } from "./verdict.js";

/**
 * Judges xargs by the command that it runs, with a place for an item that nobody knows yet. Each run is judged again with
 * its items before it starts.
 */
export const judgeXargs = (stage: Stage, index: number, book: RuleBook, files: Files): JudgedStage => {
  const computed = stage.arguments.findIndex(({ expanded = [] }) => expanded.length > 0);
  const read = readXargs(stage.arguments.map(({ text }) => text));
  if (!read.ok && computed !== -1) return refused(index, computedOption(stage.arguments[computed]));
  if (!read.ok) {
    const { argument, ...reason } = read.error;
    return refused(index, { ...reason, span: stage.arguments[argument]?.span ?? stage.span });
  }
  const call = read.value;
  if (computed !== -1 && computed <= (call.command ?? stage.arguments.length))
    return refused(index, computedOption(stage.arguments[computed]));
  const words = commandOf(call, stage.arguments);
  if (words[0].text === "xargs") return refused(index, nested(words[0]));
  const command: Stage = { arguments: words, span: stage.span, streams: DEFAULT_STREAMS };
  const judged = judgeStage({ ...command, arguments: fillCommand(call, words, [UNKNOWN_ITEM]) }, index, book, files);
  return { ...judged, stage: judged.stage === undefined ? undefined : xargsStage(stage, command, call, judged.stage) };
};

const xargsStage = (
  { arguments: [name, ...rest], streams }: Stage,
  command: Stage,
  call: XargsCall,
  judged: CanonicalStage,
): CanonicalStage => {
  const options = rest.slice(0, (call.command ?? rest.length + 1) - 1).map(({ text }) => text);
  return {
    kind: "xargs",
    argv: [name.text, ...options, ...judged.argv],
    call,
    command,
    effects: judged.effects,
    files: judged.kind === "utility" ? judged.files.flatMap(written) : judged.files,
    streams,
  };
};

const written = ({ path, how, sha256 }: UtilityFile): readonly StageFile[] =>
  how === "write" ? [{ path, how, sha256 }] : [];

type Denial = Omit<Finding, "decision" | "stage">;

const refused = (stage: number, denial: Denial): JudgedStage => ({
  findings: [{ decision: "deny", stage, ...denial }],
  stage: undefined,
  inputs: [],
});

const computedOption = (word: Argument | undefined): Denial => ({
  code: "expansion-option",
  message: "an option of `xargs` cannot come from the output of another command",
  hint: "write the option out: `xargs -n 1 aws s3api get-bucket-location --bucket`",
  span: word?.span ?? { start: 0, end: 0 },
});

const nested = ({ text, span }: Argument): Denial => ({
  code: "xargs-nested",
  message: `${inBackticks(quoteArgv(["xargs", text]))} would run commands that nobody has seen`,
  hint: "name the command itself: `xargs -n 1 aws s3api get-bucket-location --bucket`",
  span,
});
