import type { FileHandle } from "node:fs/promises";
import { fileSystemReason } from "../../executor/file-problem.js";
import { inFolder, openFileIn } from "../../executor/open-in.js";
import { err, ok } from "../../language/result.js";

/** A file that a call has written, as far as it can be part of an answer. */
export type WrittenFile = { readonly bytes: number } & (
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "no-text" }
  | { readonly kind: "too-long" }
);

/** Bytes that one UTF-16 unit of a text takes at most in UTF-8. */
const BYTES_OF_UNIT = 3;

/**
 * Reads a file of the workspace, following no link, and no more of it than could be shown. Gives nothing where it is gone.
 *
 * @param workspace absolute path
 * @param name below the workspace, as a run has named it
 * @param most UTF-16 units that a text may have
 */
export const readWritten = async (workspace: string, name: string, most: number): Promise<WrittenFile | undefined> => {
  const names = name.split("/");
  const own = names.at(-1) ?? "";
  const read = await inFolder<WrittenFile>(workspace, names.slice(0, -1), async (folder) => {
    const file = await openFileIn(folder, own);
    if (!file.ok) return file;
    const { handle, stats } = file.value;
    const bytes = Number(stats.size);
    try {
      if (bytes > most * BYTES_OF_UNIT) return ok({ kind: "too-long", bytes });
      return ok(seen(await beginning(handle, bytes), most));
    } catch (cause) {
      return err(fileSystemReason(cause, name));
    } finally {
      await handle.close();
    }
  });
  return read.ok ? read.value : undefined;
};

// It may grow while it is read.
const beginning = async (handle: FileHandle, bytes: number): Promise<Buffer> => {
  const content = Buffer.alloc(bytes);
  let at = 0;
  while (at < bytes) {
    const { bytesRead } = await handle.read(content, at, bytes - at, at);
    if (bytesRead === 0) break;
    at += bytesRead;
  }
  return content.subarray(0, at);
};

const UTF8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

const seen = (content: Buffer, most: number): WrittenFile => {
  const text = content.includes(0) ? undefined : decoded(content);
  const bytes = content.length;
  if (text === undefined) return { kind: "no-text", bytes };
  return text.length > most ? { kind: "too-long", bytes } : { kind: "text", text, bytes };
};

const decoded = (content: Buffer): string | undefined => {
  try {
    return UTF8.decode(content);
  } catch {
    return undefined;
  }
};
