import type { FilePieces } from "./file-pieces.js";

/** PATH_MAX; no name that is opened is longer. */
const LONGEST = 4096;

/** The text at an offset that a NUL ends before `limit` bytes are over. */
export const textAt = (file: FilePieces, offset: number, limit: number): string | undefined => {
  const length = Math.min(limit, LONGEST, file.size - offset);
  const bytes = length > 0 ? file.piece(offset, length) : undefined;
  if (bytes === undefined) return undefined;
  const end = new Uint8Array(bytes.buffer).indexOf(0);
  return end < 0 ? undefined : utf8(new Uint8Array(bytes.buffer, 0, end));
};

const utf8 = (bytes: Uint8Array): string | undefined => {
  const text = new TextDecoder().decode(bytes);
  return text.includes("\ufffd") ? undefined : text;
};
