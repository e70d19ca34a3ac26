import { opendir } from "node:fs/promises";
import { ok, type Result } from "../language/result.js";
import { isResultFolder } from "../plan/workspace-file.js";
import { untouched } from "./file-mark.js";
import { dotOutput, fileSystemReason, notAFile, reservedOutput } from "./file-problem.js";
import { moveFile } from "./move-file.js";
import { namesBelow } from "./names-below.js";
import { inFolder, lookIn, nameIn, type OpenDirectory } from "./open-in.js";
import type { OutputFile } from "./prepare-outputs.js";
import type { Reason } from "./prepare-stage.js";
import type { Snapshot } from "./snapshot.js";

/** What came into the workspace and what did not, by names below it. */
export type TakenOutputs = {
  readonly written: readonly string[];
  readonly leftOut: readonly { readonly path: string; readonly reason: string }[];
};

type Names = readonly string[];
type RunFiles = Pick<Snapshot, "workspace" | "directory" | "taken">;
type Taking = RunFiles & {
  readonly written: string[];
  readonly leftOut: { readonly path: string; readonly reason: string }[];
  readonly buffer: Buffer;
};

/**
 * Moves what a stage wrote in its run directory to the same names in the workspace, where folders are made, plain files
 * and links are replaced, and no link is followed. An output that was not written is not missed; an input that nobody
 * changed is no output. Nothing comes into the folder of kept results.
 */
export const takeOutputs = async (run: RunFiles, outputs: readonly OutputFile[]): Promise<TakenOutputs> => {
  const { workspace, directory, taken } = run;
  const taking: Taking = { workspace, directory, taken, written: [], leftOut: [], buffer: Buffer.allocUnsafe(2 ** 20) };
  for (const { path, how } of outputs) {
    const names = namesBelow(workspace, path);
    if (!names.ok) leaveOut(taking, path, names.error);
    else if (isReserved(names.value)) leaveOut(taking, names.value.join("/"), reservedOutput(names.value.join("/")));
    else if (how === "folder") await takeTree(taking, names.value);
    else await takeFiles(taking, names.value.slice(0, -1), async () => names.value.slice(-1));
  }
  return { written: taking.written, leftOut: taking.leftOut };
};

const takeTree = async (taking: Taking, names: Names): Promise<void> => {
  const waiting = [names];
  // What is found on the way is taken in its turn.
  for (const folder of waiting) {
    await takeFiles(taking, folder, async (open) => {
      const inner = await listOutputs(taking, open);
      waiting.push(...inner.folders.map((name) => [...folder, name]));
      return inner.files;
    });
  }
};

const takeFiles = async (
  taking: Taking,
  names: Names,
  list: (folder: OpenDirectory) => Promise<readonly string[]>,
): Promise<void> => {
  const source = await inFolder(taking.directory(), names, async (folder) => {
    const files: string[] = [];
    for (const name of await list(folder)) if (await isOutput(taking, folder, name)) files.push(name);
    if (files.length > 0) await moveFiles(taking, folder, names, files);
    return ok(undefined);
  });
  if (!source.ok && source.error.code !== "file-missing") leaveOut(taking, names.join("/"), source.error);
};

const listOutputs = async (taking: Taking, folder: OpenDirectory) => {
  const folders: string[] = [];
  const files: string[] = [];
  try {
    for await (const { name } of await opendir(folder.at("."), { bufferSize: 256 })) {
      const stats = await lookIn(folder, name);
      const path = nameIn(folder, name);
      if (name.startsWith(".")) leaveOut(taking, path, dotOutput(path));
      else if (isReserved([path])) leaveOut(taking, path, reservedOutput(path));
      else if (stats.ok && stats.value.isDirectory()) folders.push(name);
      else files.push(name);
    }
  } catch (cause) {
    leaveOut(taking, folder.name, fileSystemReason(cause, folder.name));
  }
  return { folders, files };
};

const isReserved = ([first = ""]: Names): boolean => isResultFolder(first);

const isOutput = async (taking: Taking, folder: OpenDirectory, name: string): Promise<boolean> => {
  const path = nameIn(folder, name);
  const found = await lookIn(folder, name);
  if (!found.ok) return false;
  if (!found.value.isFile()) leaveOut(taking, path, notAFile(path));
  const input = taking.taken.get(path);
  return found.value.isFile() && (input === undefined || !untouched(input.copy, found.value));
};

const moveFiles = async (
  taking: Taking,
  source: OpenDirectory,
  names: Names,
  files: readonly string[],
): Promise<void> => {
  const move = async (folder: OpenDirectory): Promise<Result<undefined, Reason>> => {
    for (const name of files) {
      const moved = await moveFile(source, name, { folder, buffer: taking.buffer });
      if (moved.ok) taking.written.push(nameIn(source, name));
      else leaveOut(taking, nameIn(source, name), moved.error);
    }
    return ok(undefined);
  };
  const target = await inFolder(taking.workspace, names, move, { make: true });
  if (!target.ok) for (const name of files) leaveOut(taking, nameIn(source, name), target.error);
};

const leaveOut = (taking: Taking, path: string, { message }: Reason): void => {
  taking.leftOut.push({ path, reason: message });
};
