import { createHash } from "node:crypto";
import { mkdtempSync } from "node:fs";
import { join } from "node:path";
import { ok, type Result } from "../language/result.js";
import type { CopiedFile } from "./copy-input.js";
import { copyNeeded, type InputLimits, type Inputs, type NeededFile } from "./copy-needed.js";
import { namesBelow } from "./names-below.js";
import type { Reason } from "./prepare-stage.js";
import { removeTree } from "./remove-tree.js";

export type Digest = { readonly sha256: string; readonly bytes: number };

/**
 * A private directory in which a stage runs, with copies of the files that it reads under the same names as in the
 * workspace. What is judged is what was copied, and nobody changes it in between.
 */
export type Snapshot = {
  /** The real path of the workspace. */
  readonly workspace: string;
  /** Its absolute path; made when first asked for. */
  readonly directory: () => string;
  /** Copies files. One that was taken before is not read again, and a folder that was taken gets no more files. */
  readonly add: (files: readonly NeededFile[], signal?: AbortSignal) => Promise<Result<undefined, Reason>>;
  /** The content of a file that was taken as text. */
  readonly text: (path: string) => string | undefined;
  /** Of a file that was taken, or of a folder: of its files' sorted names and digests. */
  readonly digest: (path: string) => Digest | undefined;
  /** Every file that was taken, by its name below the workspace. */
  readonly taken: ReadonlyMap<string, CopiedFile>;
  /** Removes the directory. Never throws. */
  readonly remove: () => Promise<void>;
};

const MIB = 2 ** 20;
const GIB = 2 ** 30;

/** AWS takes 5 GiB in one request. */
const LIMITS: InputLimits = {
  text: MIB,
  file: 5 * GIB,
  folder: { entries: 100_000, depth: 64, bytes: 50 * GIB },
};

export type SnapshotSettings = {
  /** A real path. */
  readonly workspace: string;
  /** Absolute path of a directory of this server alone, outside the workspace. */
  readonly parent: string;
  readonly limits?: InputLimits;
};

/** Makes nothing yet; the directory comes with the first file, or when it is asked for. */
export const createSnapshot = ({ workspace, parent, limits = LIMITS }: SnapshotSettings): Snapshot => {
  let made: string | undefined;
  const directory = () => {
    made ??= mkdtempSync(join(parent, "run-"));
    return made;
  };
  const inputs: Inputs = { workspace, directory, limits, files: new Map(), texts: new Map(), folders: new Set() };
  const nameOf = (path: string): string | undefined => {
    const names = namesBelow(workspace, path);
    return names.ok ? names.value.join("/") : undefined;
  };
  let last: Promise<unknown> = Promise.resolve();
  return {
    workspace,
    directory,
    taken: inputs.files,
    add: (files, signal) => {
      // One after the other: what the first has taken is not read again by the second.
      const added = last.then(() => addAll(inputs, files, signal));
      last = added.catch(() => undefined);
      return added;
    },
    text: (path) => inputs.texts.get(nameOf(path) ?? ""),
    digest: (path) => digestOf(inputs, nameOf(path)),
    remove: async () => {
      await last;
      if (made !== undefined) await removeTree(made);
    },
  };
};

const addAll = async (
  inputs: Inputs,
  files: readonly NeededFile[],
  signal: AbortSignal | undefined,
): Promise<Result<undefined, Reason>> => {
  const buffer = Buffer.allocUnsafe(MIB);
  for (const file of files) {
    const taken = await copyNeeded(inputs, file, { buffer, signal });
    if (!taken.ok) return taken;
  }
  return ok(undefined);
};

const digestOf = ({ files, folders }: Inputs, name: string | undefined): Digest | undefined => {
  if (name === undefined) return undefined;
  const file = files.get(name);
  if (file !== undefined) return { sha256: file.sha256, bytes: file.bytes };
  if (!folders.has(name)) return undefined;
  const start = name === "" ? "" : `${name}/`;
  const inner = [...files].filter(([each]) => each.startsWith(start)).sort(([one], [other]) => (one < other ? -1 : 1));
  const hash = createHash("sha256");
  // No name holds a NUL, so no two trees give the same bytes.
  for (const [each, { sha256 }] of inner) hash.update(`${each.slice(start.length)}\0${sha256}\n`);
  return { sha256: hash.digest("hex"), bytes: inner.reduce((sum, [, { bytes }]) => sum + bytes, 0) };
};
