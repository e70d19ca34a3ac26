import type { AwsOperation, AwsRefusal, AwsWord } from "../../catalogue/command/command.js";
import type { Span } from "../../language/span.js";
import { expandedBucket, expandedDownload, expandedPath } from "./expanded-word.js";
import { namesFolder } from "./s3-transfer.js";

/**
 * Why a partly expanded operand of an `aws s3` command is refused: where bucket and scheme are not written out, where it
 * is local, and where the file of a download would be named by it.
 *
 * Problems: `expansion-bucket`, `expansion-path`.
 */
export const uriRefusal = (command: AwsOperation, word: AwsWord, expanded: readonly Span[]): AwsRefusal | undefined => {
  const literal = word.text.slice(0, Math.min(...expanded.map(({ start }) => start)));
  if (isLocal(command, literal) || isDownloaded(command, word)) return expandedPath(undefined, word);
  // An access point's ARN says more than a bucket: a region and an account.
  if (!/^s3:\/\/[A-Za-z0-9][A-Za-z0-9._-]*\//.test(literal)) return expandedBucket(word);
  return namesFile(command, word, expanded) ? expandedDownload(word) : undefined;
};

// `s3 ls` takes a bucket without its scheme, and what is not written out at all could be one.
const isLocal = ({ table }: AwsOperation, literal: string): boolean =>
  table.name !== "ls" && literal !== "" && !"s3://".startsWith(literal.slice(0, "s3://".length).toLowerCase());

// Where the source is an object, what has no scheme is a file.
const isDownloaded = ({ operands, table }: AwsOperation, { text, argument }: AwsWord): boolean => {
  const [from, to] = operands;
  const isTarget = table.name !== "ls" && to?.word.argument === argument;
  return isTarget && from !== undefined && /^s3:/i.test(from.word.text) && !/^s3:/i.test(text);
};

// `s3 cp s3://b/a.csv .` writes `a.csv`; with a slash behind the last part that is not written out, that name is.
const namesFile = (
  { operands, options, table }: AwsOperation,
  { text, argument }: AwsWord,
  expanded: readonly Span[],
): boolean => {
  const [from, to] = operands;
  const isFolder = table.name === "sync" || options.some(({ option }) => option.name === "recursive");
  if (isFolder || from?.word.argument !== argument || to === undefined || /^s3:/i.test(to.word.text)) return false;
  return namesFolder(to.word.text) && !text.slice(Math.max(...expanded.map(({ end }) => end))).includes("/");
};
