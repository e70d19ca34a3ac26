import { isUtf8 } from "node:buffer";
import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { err, ok, type Result } from "../language/result.js";
import { type CopiedFile, type CopyOptions, copyInput } from "./copy-input.js";
import {
  isAFolder,
  largeFile,
  largeFolder,
  largeText,
  missingFile,
  notAFile,
  notText,
  outsideFile,
  uncopiedFile,
} from "./file-problem.js";
import { type ListedFolder, listTree, type TreeLimits } from "./list-tree.js";
import { namesBelow } from "./names-below.js";
import { inFolder, lookIn, nameIn } from "./open-in.js";
import type { Reason } from "./prepare-stage.js";

/** A file of the workspace that a stage reads, by an absolute path. A folder may also be a file; it counts as bytes. */
export type NeededFile = { readonly path: string; readonly how: "text" | "bytes" | "folder" };

export type InputLimits = {
  /** Bytes of a text. */
  readonly text: number;
  /** Bytes of a file. */
  readonly file: number;
  readonly folder: TreeLimits;
};

/** What is in a run directory so far, by names below the workspace. */
export type Inputs = {
  readonly workspace: string;
  /** Makes the directory when first asked; throws what the file system says. */
  readonly directory: () => string;
  readonly limits: InputLimits;
  readonly files: Map<string, CopiedFile>;
  readonly texts: Map<string, string>;
  /** Complete: they get no more files. */
  readonly folders: Set<string>;
};

type Names = readonly string[];
type Taking = Promise<Result<undefined, Reason>>;
type Passage = Pick<CopyOptions, "buffer" | "signal">;

/** Copies a file or a folder into the run directory, unless it is there. */
export const copyNeeded = async (inputs: Inputs, { path, how }: NeededFile, passage: Passage): Taking => {
  const names = namesBelow(inputs.workspace, path);
  if (!names.ok) return names;
  const name = nameOf(names.value);
  if (inputs.files.has(name)) return how === "text" ? readText(inputs, name) : ok(undefined);
  if (inputs.folders.has(name)) return how === "folder" ? ok(undefined) : err(notAFile(name));
  // What comes into a folder after it was copied is not what its digest speaks of.
  if (names.value.some((_, length) => inputs.folders.has(nameOf(names.value.slice(0, length))))) {
    return err(missingFile(name));
  }
  return takeNew(inputs, names.value, how, passage);
};

const takeNew = async (inputs: Inputs, names: Names, how: NeededFile["how"], passage: Passage): Taking => {
  const found = await kindOf(inputs.workspace, names);
  if (!found.ok) return found;
  switch (found.value) {
    case "folder":
      return how === "folder" ? takeFolder(inputs, names, passage) : err(isAFolder(nameOf(names)));
    case "file":
      return takeFile(inputs, names, how, passage);
    case "link":
      return err(outsideFile(nameOf(names)));
    case "other":
      return err(notAFile(nameOf(names)));
  }
};

type Kind = "file" | "folder" | "link" | "other";

// Nothing is opened before it is known to be plain: with some devices that alone does something.
const kindOf = async (workspace: string, names: Names): Promise<Result<Kind, Reason>> => {
  const last = names.at(-1);
  if (last === undefined) return ok("folder");
  const stats = await inFolder(workspace, names.slice(0, -1), (folder) => lookIn(folder, last));
  if (!stats.ok) return err(wholeName(stats.error, names));
  if (stats.value.isSymbolicLink()) return ok("link");
  if (stats.value.isDirectory()) return ok("folder");
  return ok(stats.value.isFile() ? "file" : "other");
};

// A file in a missing folder is a missing file.
const wholeName = (reason: Reason, names: Names): Reason =>
  reason.code === "file-missing" ? missingFile(nameOf(names)) : reason;

const takeFile = async (inputs: Inputs, names: Names, how: NeededFile["how"], passage: Passage): Taking => {
  const { limits } = inputs;
  const [most, large] = how === "text" ? [limits.text, largeText] : [limits.file, largeFile];
  const options = { ...passage, most, tooLarge: (name: string, bytes: number) => large(name, bytes, most) };
  const copied = await copyInto(inputs, { names: names.slice(0, -1), files: names.slice(-1) }, () => options);
  return copied.ok && how === "text" ? readText(inputs, nameOf(names)) : copied;
};

const takeFolder = async (inputs: Inputs, names: Names, passage: Passage): Taking => {
  const { folder, file } = inputs.limits;
  const tree = await listTree(inputs.workspace, names, folder, passage.signal);
  if (!tree.ok) return tree;
  let left = folder.bytes;
  const tooLarge = (name: string, bytes: number): Reason =>
    bytes > file ? largeFile(name, bytes, file) : largeFolder(nameOf(names), `${folder.bytes} bytes`);
  for (const listed of tree.value) {
    const copied = await copyInto(
      inputs,
      listed,
      () => ({ ...passage, most: Math.min(left, file), tooLarge }),
      ({ bytes }) => {
        left -= bytes;
      },
    );
    if (!copied.ok) return copied;
  }
  for (const listed of tree.value) inputs.folders.add(nameOf(listed.names));
  return ok(undefined);
};

const copyInto = async (
  inputs: Inputs,
  listed: ListedFolder,
  options: () => CopyOptions,
  count: (copied: CopiedFile) => void = () => undefined,
): Taking => {
  const target = await makeFolder(inputs, listed.names);
  if (!target.ok) return target;
  return inFolder(inputs.workspace, listed.names, async (folder) => {
    for (const file of listed.files) {
      const name = nameIn(folder, file);
      if (inputs.files.has(name)) continue;
      const copied = await copyInput(folder, file, join(target.value, file), options());
      if (!copied.ok) return copied;
      inputs.files.set(name, copied.value);
      count(copied.value);
    }
    return ok(undefined);
  });
};

const makeFolder = async (inputs: Inputs, names: Names): Promise<Result<string, Reason>> => {
  try {
    const path = join(inputs.directory(), ...names);
    await mkdir(path, { recursive: true, mode: 0o700 });
    return ok(path);
  } catch (cause) {
    return err(uncopiedFile(cause, nameOf(names)));
  }
};

// Read back from the copy, which may have been taken as bytes before. INVARIANT: the text is what the CLI will read.
const readText = async (inputs: Inputs, name: string): Taking => {
  const bytes = inputs.files.get(name)?.bytes ?? 0;
  if (bytes > inputs.limits.text) return err(largeText(name, bytes, inputs.limits.text));
  try {
    const content = await readFile(join(inputs.directory(), name));
    if (!isUtf8(content)) return err(notText(name));
    inputs.texts.set(name, UTF8.decode(content));
    return ok(undefined);
  } catch (cause) {
    return err(uncopiedFile(cause, name));
  }
};

// What `ignoreBOM` means is that the mark stays in the text.
const UTF8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

const nameOf = (names: Names): string => names.join("/");
