import type { AwsOperation, AwsRefusal } from "../../catalogue/command/command.js";
import type { GivenValue } from "../../catalogue/command/given-values.js";
import { isPath } from "../../catalogue/command/value-shape.js";
import { everyLeaf } from "../../catalogue/values/every-leaf.js";
import { isFileReference, splitReference } from "../../catalogue/values/file-reference.js";
import { err, ok, type Result } from "../../language/result.js";
import { readFileOperand } from "../../plan/workspace-file.js";

/** A file that a stage reads or writes. */
export type FileUse = {
  /** Index of the word in the stage's own argv. */
  readonly argument: number;
  /** Absolute, lexically inside the workspace. */
  readonly path: string;
  readonly how: "read" | "write" | "folder";
};

/**
 * Every file that an aws stage touches. Paths lie in the workspace; `~` and `$`, which the CLI would expand, are in none.
 *
 * Problems: `file-outside-workspace`, `bad-file-name`.
 */
export const fileUses = (
  command: AwsOperation,
  values: readonly GivenValue[],
  workspace: string,
): Result<readonly FileUse[], AwsRefusal> => {
  const uses: FileUse[] = [];
  for (const { path, how, argument } of namedFiles(command, values)) {
    if (how !== "write" && isOutput(path)) return err(noInput(path, argument));
    const file = workspacePath(path, workspace, argument);
    if (!file.ok) return file;
    if (file.value !== undefined) uses.push({ argument, path: file.value, how });
  }
  return ok(uses);
};

type NamedFile = { readonly path: string; readonly how: FileUse["how"]; readonly argument: number };

function* namedFiles(command: AwsOperation, values: readonly GivenValue[]): Generator<NamedFile> {
  // Operands go through the CLI's parameter files too: `s3 ls file:///x` sends what is in x.
  for (const { slot, word } of command.operands)
    if (isPath(slot) || isFileReference(word.text))
      yield { path: splitReference(word.text).path, how: howOf(slot.mark), argument: word.argument };
  for (const { option, argument, value } of values)
    for (const { leaf } of everyLeaf(value)) {
      if (leaf.kind === "file") yield { path: splitReference(leaf.reference).path, how: "read", argument };
      else if (isPath(option) && leaf.kind === "text")
        yield { path: splitReference(leaf.text).path, how: howOf(option.mark), argument };
    }
}

const howOf = (mark: string | undefined): FileUse["how"] =>
  mark === "writes-file" ? "write" : mark === "folder" ? "folder" : "read";

/** Where the CLI writes its answer when it is told to: the stage's own output. */
export const isOutput = (path: string): boolean => path === "-" || path === "/dev/stdout" || path === "/dev/fd/1";

/** The absolute path of a file of the workspace; nothing where the text means the stage's own output. */
export const workspacePath = (
  path: string,
  workspace: string,
  argument: number,
): Result<string | undefined, AwsRefusal> => {
  if (isOutput(path)) return ok(undefined);
  if (/[$~]/.test(path)) return err(expands(path, argument));
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

const noInput = (path: string, argument: number): AwsRefusal => ({
  code: "bad-file-name",
  message: `\`${path}\` is one of the stage's own streams, which is no file here`,
  hint: "write the value itself, or name a file of the workspace",
  argument,
});
