import type { AwsOperation, AwsRefusal, AwsWord } from "../../catalogue/command/command.js";
import type { Effect } from "../../catalogue/effect.js";
import { err, ok, type Result } from "../../language/result.js";
import { readFileOperand, reservedProblem } from "../../plan/workspace-file.js";
import type { FileHow, FileUse } from "./file-uses.js";

/** What an `aws s3` transfer does, by its two ends. */
export type Transfer = {
  /** The worst first: what is moved away can be both removed and carried out. */
  readonly effects: readonly [Reason, ...Reason[]];
  readonly files: readonly FileUse[];
};

type Reason = { readonly effect: Effect; readonly because: string };

type End =
  /** `account`: the one that an access point's ARN names */
  | { readonly kind: "s3"; readonly bucket: string; readonly name: string; readonly account: string | undefined }
  | { readonly kind: "stream" }
  /** `inside`: the path is a folder, and files go into it or come out of it */
  | { readonly kind: "local"; readonly path: string; readonly argument: number; readonly inside: boolean };

/**
 * Reads the operands of an `aws s3` command; nothing for other services, nor for one whose operands are only URIs.
 *
 * @param ours buckets and accounts that the operator named as his own
 *
 * Problems: `file-outside-workspace`, `bad-file-name`, `reserved-folder`, `aws-s3-uri`, `aws-s3-delete-local`,
 * `aws-s3-overwrite-local`, `aws-s3-move-local`.
 */
export const s3Transfer = (
  command: AwsOperation,
  workspace: string,
  ours: ReadonlySet<string>,
): Result<Transfer | undefined, AwsRefusal> => {
  if (command.service.text !== "s3") return ok(undefined);
  const name = `s3 ${command.table.name}`;
  if (!["s3 cp", "s3 mv", "s3 sync"].includes(name)) return onlyUris(command);
  const isFolder = name === "s3 sync" || command.options.some(({ option }) => option.name === "recursive");
  const ends: End[] = [];
  for (const { word } of command.operands) {
    const end = readEnd(word, workspace, isFolder);
    if (!end.ok) return end;
    ends.push(end.value);
  }
  const [from, to] = ends;
  if (from === undefined || to === undefined) return ok(undefined);
  const removes = name === "s3 mv" || command.options.some(({ option }) => option.name === "delete");
  const target = isFolder ? ok(to) : fileIn(to, from, workspace);
  if (!target.ok) return target;
  const reserved = reservedRefusal(target.value, command, workspace);
  if (reserved !== undefined) return err(reserved);
  const kept = name === "s3 mv" ? reservedRefusal(from, command, workspace) : undefined;
  if (kept !== undefined) return err({ ...kept, hint: "`aws s3 cp` copies it, and leaves it where it is" });
  const refusal = to.kind === "local" ? downloadRefusal(command) : undefined;
  if (refusal !== undefined) return err(refusal);
  const files = [
    ...useOf(from, isFolder ? "folder" : "bytes"),
    ...useOf(target.value, isFolder ? "write-folder" : "write"),
  ];
  return ok({ effects: effectsOf(from, to, removes, ours), files });
};

// `s3 cp s3://b/reports/a.csv .` writes `a.csv`: the object's own name, which must be one that may be written.
const fileIn = (to: End, from: End, workspace: string): Result<End, AwsRefusal> => {
  if (to.kind !== "local" || !to.inside) return ok(to);
  const name = from.kind === "s3" ? from.name : "";
  const file = readFileOperand(`${to.path}/${name}`, workspace);
  if (!file.ok) return err({ ...(name === "" ? noObject : nameRefused(name)), argument: to.argument });
  return file.value.kind === "file" ? ok({ ...to, path: file.value.path }) : ok(to);
};

const reservedRefusal = (end: End, { operands }: AwsOperation, workspace: string): AwsRefusal | undefined => {
  if (end.kind !== "local") return undefined;
  const { argument, path } = end;
  const text = operands.find(({ word }) => word.argument === argument)?.word.text ?? path;
  const reserved = reservedProblem(text, path, workspace);
  return reserved === undefined ? undefined : { ...reserved, argument };
};

/** `s3 ls` takes a bucket without its scheme; it is written out, so that rules see one spelling. */
export const withSchemes = (command: AwsOperation): AwsOperation =>
  command.service.text === "s3" && command.table.name === "ls"
    ? {
        ...command,
        operands: command.operands.map(({ slot, word }) =>
          word.text === "" || word.text.includes(":")
            ? { slot, word }
            : { slot, word: { ...word, text: `s3://${word.text}` } },
        ),
      }
    : command;

const onlyUris = (command: AwsOperation): Result<undefined, AwsRefusal> => {
  for (const { word } of command.operands) {
    // No bucket at all: `s3 ls s3://` lists them.
    if (word.text === "s3://") continue;
    const uri = readUri(word);
    if (!uri.ok) return err(badUri(word.text, word.argument));
  }
  return ok(undefined);
};

const effectsOf = (from: End, to: End, removes: boolean, ours: ReadonlySet<string>): Transfer["effects"] => {
  const copied = copyEffects(from, to, ours);
  return removes ? [{ effect: "destroy", because: REMOVES }, ...copied] : copied;
};

const REMOVES = "it removes what it has copied, or what the source does not have";

const copyEffects = (from: End, to: End, ours: ReadonlySet<string>): Transfer["effects"] => {
  if (to.kind !== "s3") return [{ effect: "read", because: "it copies objects out of a bucket" }];
  const write: Reason = { effect: "write", because: "it puts objects into a bucket" };
  const isOurs = ours.has(to.account ?? to.bucket);
  if (to.account !== undefined && !isOurs) return [egress(`names the account \`${to.account}\``), write];
  // Two access points may be of two buckets, whatever their ARNs begin with.
  const isSame = from.kind === "s3" && from.bucket === to.bucket && !to.bucket.startsWith("arn:");
  if (from.kind !== "s3" || isSame || isOurs) return [write];
  return [egress(`copies objects to the bucket \`${to.bucket}\``), write];
};

const egress = (does: string): Reason => ({
  effect: "egress",
  because: `it ${does}, which AWS_MCP_ALLOWED_TARGETS does not${does.startsWith("names") ? "" : " name"}`,
});

const readEnd = (word: AwsWord, workspace: string, isFolder: boolean): Result<End, AwsRefusal> => {
  const { text, argument } = word;
  if (text === "-") return ok({ kind: "stream" });
  if (/^s3:/i.test(text)) return readUri(word);
  if (text.includes("://")) return err(notAPath(word));
  const inside = isFolder || namesFolder(text);
  const file = readFileOperand(inside ? folderName(text) : text, workspace);
  if (!file.ok) {
    const { message } = file.error;
    return err({ ...file.error, message: message.replace(`\`${folderName(text)}\``, `\`${text}\``), argument });
  }
  if (file.value.kind === "stdin") return err(notAPath(word));
  return ok({
    kind: "local",
    path: inside ? file.value.path.replace(/\/here$/, "") : file.value.path,
    argument,
    inside,
  });
};

/** Whether a local operand of an `aws s3` command names a folder, so that the object's own name is that of the file. */
export const namesFolder = (text: string): boolean => /(^|\/)\.?$/.test(text);

// A folder is read as a name inside of it: `.`, `reports` and `reports/` are all folders of the workspace.
const folderName = (text: string): string => `${text === "" ? "\0" : text.replace(/\/*$/, "")}/here`;

const readUri = ({ text, argument }: AwsWord): Result<End, AwsRefusal> => {
  if (!text.startsWith("s3://")) return err(badUri(text, argument));
  const [bucket = ""] = text.slice("s3://".length).split("/", 1);
  const arn = /^arn:[a-z0-9-]+:s3[a-z0-9-]*:[a-z0-9-]{0,63}:(\d{12})?:/.exec(text.slice("s3://".length));
  const plain = arn !== null || /^[A-Za-z0-9][A-Za-z0-9._-]{0,254}$/.test(bucket);
  const name = text.split("/").at(-1) ?? "";
  return plain ? ok({ kind: "s3", bucket, name, account: arn?.[1] }) : err(badUri(text, argument));
};

const useOf = (end: End, how: FileHow): readonly FileUse[] =>
  end.kind === "local" ? [{ argument: end.argument, path: end.path, how }] : [];

// Downloads go to a fresh folder and are moved from there after the run: nothing is there to remove or to keep, and an
// object that the CLI has removed is lost where its file may not come in.
const downloadRefusal = ({ options, service, path, table }: AwsOperation): AwsRefusal | undefined => {
  const given = options.find(({ option }) => option.name === "delete" || option.name === "no-overwrite");
  if (given?.option.name === "delete")
    return {
      code: "aws-s3-delete-local",
      message: "`--delete` would remove files of the workspace that the bucket does not have",
      hint: "leave `--delete` out; what is downloaded joins what is there",
      argument: given.argument,
    };
  if (given !== undefined)
    return {
      code: "aws-s3-overwrite-local",
      message: "`--no-overwrite` does not see what is in the workspace: downloads replace files of the same name",
      hint: "leave it out and download into a new folder, such as `new/`",
      argument: given.argument,
    };
  if (table.name !== "mv") return undefined;
  return {
    code: "aws-s3-move-local",
    message: "`aws s3 mv` removes objects before their files are in the workspace",
    hint: "copy them with `aws s3 cp`, look at them, then remove them with `aws s3 rm`",
    argument: (path.at(-1) ?? service).argument,
  };
};

const noObject = {
  code: "bad-file-name",
  message: "the source names no object, so that the file has no name",
  hint: "name the object, or add `--recursive`",
};

const nameRefused = (name: string) => ({
  code: name === ".." ? "file-outside-workspace" : "bad-file-name",
  message: `no file of the workspace may have the object's name, \`${name}\``,
  hint: "give the file a name of its own, such as `report.csv`",
});

const badUri = (text: string, argument: number): AwsRefusal => ({
  code: "aws-s3-uri",
  message: `\`${text}\` names no bucket`,
  hint: "write it as in `s3://bucket/prefix/`",
  argument,
});

const notAPath = ({ text, argument }: AwsWord): AwsRefusal => ({
  code: "file-outside-workspace",
  message: `\`${text}\` names no file of the workspace`,
  hint: "name a file of the workspace, such as `report.csv`, or an object, such as `s3://bucket/report.csv`",
  argument,
});
