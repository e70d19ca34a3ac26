import type { BigIntStats } from "node:fs";
import type { FileHandle } from "node:fs/promises";
import { basename, dirname } from "node:path";
import { fileSystemReason } from "../../executor/file-problem.js";
import { inFolder, openFileIn } from "../../executor/open-in.js";
import type { KeptResult } from "../../kept-result.js";
import { err, ok } from "../../language/result.js";
import { characterStart, cutBefore, LOOK_BACK, PAGE_BYTES, pagesOf } from "./page-bounds.js";
import { type Presentation, presentPart } from "./presentation.js";

/** A page as it is shown, and the bytes of the file that it shows. */
export type Page = { readonly text: string; readonly start: number; readonly end: number };

/**
 * Bytes on either side of a page that are looked at for secrets which reach into it. One that is longer is not seen whole,
 * nor is a cell of a table known for one whose heading is farther away.
 */
export const AROUND = 32_768;

/**
 * Reads one page, and no more of the file than is looked at for its sake: less than 200 kB. Gives nothing where the file is
 * gone, or is no longer what was kept.
 *
 * @param page from 1 to the number of pages
 */
export const readPage = async (
  result: KeptResult,
  page: number,
  presentation: Presentation,
): Promise<Page | undefined> => {
  const from = Math.max(0, (page - 1) * PAGE_BYTES - LOOK_BACK - AROUND - 4);
  const to = Math.min(result.bytes, page * PAGE_BYTES + AROUND + 4);
  const bytes = await readBytes(result, from, to);
  if (bytes === undefined) return undefined;
  const isLast = page === pagesOf(result.bytes);
  const start = page === 1 ? 0 : cutBefore(bytes, (page - 1) * PAGE_BYTES - from);
  const end = isLast ? bytes.length : cutBefore(bytes, page * PAGE_BYTES - from);
  const before = textOf(bytes.subarray(characterStart(bytes, Math.max(0, start - AROUND)), start));
  const own = textOf(bytes.subarray(start, end));
  const after = textOf(bytes.subarray(end, end + AROUND));
  const part = { start: before.length, end: before.length + own.length };
  const text = await presentPart(before + own + after, part, presentation);
  return { text, start: from + start, end: from + end };
};

// A byte order mark is a character of the text, wherever the text was cut.
const UTF8 = new TextDecoder("utf-8", { ignoreBOM: true });
const textOf = (bytes: Uint8Array): string => UTF8.decode(bytes);

const readBytes = async (result: KeptResult, from: number, to: number): Promise<Buffer | undefined> => {
  const read = await inFolder(dirname(result.path), [], async (folder) => {
    const file = await openFileIn(folder, basename(result.path));
    if (!file.ok) return file;
    const { handle, stats } = file.value;
    try {
      return ok(isFileOf(result, stats) ? await readRange(handle, from, to) : undefined);
    } catch (cause) {
      // Over NFS a file that another replica removes is gone while it is open (ESTALE).
      return err(fileSystemReason(cause, basename(result.path)));
    } finally {
      await handle.close();
    }
  });
  return read.ok ? read.value : undefined;
};

// What was added to the file since is not what was kept.
const isFileOf = ({ bytes, inode }: KeptResult, { size, ino }: BigIntStats): boolean =>
  String(ino) === inode && size >= BigInt(bytes);

const readRange = async (handle: FileHandle, from: number, to: number): Promise<Buffer | undefined> => {
  const bytes = Buffer.alloc(to - from);
  for (let at = 0; at < bytes.length; ) {
    const { bytesRead } = await handle.read(bytes, at, bytes.length - at, from + at);
    if (bytesRead === 0) return undefined;
    at += bytesRead;
  }
  return bytes;
};
