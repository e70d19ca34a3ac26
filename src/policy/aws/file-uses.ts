import type { AwsOperation, AwsRefusal, AwsWord } from "../../catalogue/command/command.js";
import type { GivenValue } from "../../catalogue/command/given-values.js";
import { isPath } from "../../catalogue/command/value-shape.js";
import { everyLeaf } from "../../catalogue/values/every-leaf.js";
import { isFileReference, splitReference } from "../../catalogue/values/file-reference.js";
import { err, ok, type Result } from "../../language/result.js";
import { readFileOperand, reservedProblem } from "../../plan/workspace-file.js";

/**
 * What becomes of a file: a parameter's `text` is judged, `bytes` are only sent, a `folder` is sent with all that is in
 * it; `write` and `write-folder` are made.
 */
export type FileHow = InputHow | "write" | "write-folder";
export type InputHow = "text" | "bytes" | "folder";

/** A file that a stage reads or writes. */
export type FileUse = {
  /** Index of the word in the stage's own argv. */
  readonly argument: number;
  /** Absolute, lexically inside the workspace. */
  readonly path: string;
  readonly how: FileHow;
};

/**
 * Every file that an aws stage touches. Paths lie in the workspace; `~` and `$`, which the CLI would expand, are in none.
 *
 * @param values with parameter files unread, or with their content, which can name files in its turn
 *
 * Problems: `file-outside-workspace`, `bad-file-name`, `reserved-folder`.
 */
export const fileUses = (
  command: AwsOperation,
  values: readonly GivenValue[],
  workspace: string,
): Result<readonly FileUse[], AwsRefusal> => {
  const uses: FileUse[] = [];
  for (const { word, slot } of command.operands) {
    if (isPath(slot) || !isFileReference(word.text)) continue;
    const file = workspacePath(splitReference(word.text).path, workspace, word.argument);
    return file.ok ? err(loadedOperand(word)) : file;
  }
  for (const { path, how, argument, isInside } of namedFiles(command, values)) {
    if (how !== "write" && isOutput(path)) return err(noInput(path, argument));
    const file = workspacePath(path, workspace, argument);
    if (!file.ok) return file;
    // The words inside of a structure stay as they are, and the stage runs in a folder of its own.
    if (isInside && path.startsWith("/")) return err(absoluteInside(path, argument));
    if (file.value === undefined) continue;
    const reserved = how === "write" ? reservedProblem(path, file.value, workspace) : undefined;
    if (reserved !== undefined) return err({ ...reserved, argument });
    uses.push({ argument, path: file.value, how });
  }
  return ok(uses);
};

type NamedFile = {
  readonly path: string;
  readonly how: FileHow;
  readonly argument: number;
  readonly isInside: boolean;
};

function* namedFiles(command: AwsOperation, values: readonly GivenValue[]): Generator<NamedFile> {
  for (const { slot, word } of command.operands)
    if (isPath(slot))
      yield {
        path: splitReference(word.text).path,
        how: howOf(slot.mark),
        argument: word.argument,
        isInside: false,
      };
  for (const { option, argument, value, folded } of values)
    for (const { place, leaf } of everyLeaf(value)) {
      const reference = leaf.kind === "file" || leaf.kind === "text" ? leaf.reference : undefined;
      if (reference !== undefined) yield { ...referenced(reference), argument, isInside: place.length > 0 };
      else if (isPath(option) && leaf.kind === "text" && !folded)
        yield { path: splitReference(leaf.text).path, how: howOf(option.mark), argument, isInside: false };
    }
}

const referenced = (reference: string): Pick<NamedFile, "path" | "how"> => {
  const { prefix, path } = splitReference(reference);
  return { path, how: prefix === "file://" ? "text" : "bytes" };
};

const howOf = (mark: string | undefined): FileHow =>
  mark === "writes-file" ? "write" : mark === "folder" ? "folder" : "bytes";

/** Where the CLI writes its answer when it is told to: the stage's own output. */
export const isOutput = (path: string): boolean => path === "-" || path === "/dev/stdout" || path === "/dev/fd/1";

/** The absolute path of a file of the workspace; nothing where the text means the stage's own output. */
export const workspacePath = (
  path: string,
  workspace: string,
  argument: number,
): Result<string | undefined, AwsRefusal> => {
  if (isOutput(path)) return ok(undefined);
  if (/^~|\$[\w{]/.test(path)) return err(expands(path, argument));
  const file = readFileOperand(path, workspace);
  if (!file.ok) return err({ ...file.error, argument });
  return file.value.kind === "file" ? ok(file.value.path) : err(noInput(path, argument));
};

const expands = (path: string, argument: number): AwsRefusal => ({
  code: "file-outside-workspace",
  message: `the AWS CLI would expand \`${path}\` to a place outside the workspace`,
  hint: "name a file of the workspace without `~` and `$`, such as `report.csv`",
  argument,
});

// Operands go through the CLI's parameter files too: `s3 ls file:///x` sends what is in x.
const loadedOperand = ({ text, argument }: AwsWord): AwsRefusal => ({
  code: "bad-file-name",
  message: `the AWS CLI would put what is in \`${text}\` into the command's place for it`,
  hint: "write the text itself",
  argument,
});

const absoluteInside = (path: string, argument: number): AwsRefusal => ({
  code: "bad-file-name",
  message: `\`${path}\` is an absolute path inside of a structure`,
  hint: `name the file relative to the workspace, as in \`file://${path.split("/").at(-1)}\``,
  argument,
});

const noInput = (path: string, argument: number): AwsRefusal => ({
  code: "bad-file-name",
  message: `\`${path}\` is one of the stage's own streams, which is no file here`,
  hint: "write the value itself, or name a file of the workspace",
  argument,
});
