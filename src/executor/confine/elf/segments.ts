import type { ElfHeader } from "./elf-header.js";
import type { FilePieces } from "./file-pieces.js";
import { textAt } from "./text-at.js";

/** A program header, of what lies in the file. Numbers past 2^53 are not exact, and past the end of any file. */
export type Segment = {
  readonly type: number;
  readonly offset: number;
  readonly address: number;
  readonly size: number;
};

export const LOADED = 1; // PT_LOAD
export const DYNAMIC = 2; // PT_DYNAMIC
const INTERPRETER = 3; // PT_INTERP

export const segmentsOf = ({ piece }: FilePieces, header: ElfHeader): readonly Segment[] | undefined => {
  const table = piece(header.offset, header.count * 56);
  if (table === undefined) return undefined;
  return Array.from({ length: header.count }, (_, index) => ({
    type: table.getUint32(index * 56, true),
    offset: Number(table.getBigUint64(index * 56 + 8, true)),
    address: Number(table.getBigUint64(index * 56 + 16, true)),
    size: Number(table.getBigUint64(index * 56 + 32, true)),
  }));
};

/** The path of the interpreter, where there is one; undefined is one without a name that can be opened from anywhere. */
export const interpreterOf = (
  file: FilePieces,
  segments: readonly Segment[],
): { readonly path: string | undefined } | undefined => {
  const segment = segments.find(({ type }) => type === INTERPRETER);
  if (segment === undefined) return { path: undefined };
  const path = textAt(file, segment.offset, segment.size);
  return path?.startsWith("/") ? { path } : undefined;
};
