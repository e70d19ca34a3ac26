import type { ElfMachine } from "./elf-header.js";
import { type FilePieces, withPieces } from "./file-pieces.js";

/** Paths of the libraries that ldconfig(8) has found, by name. There are several of a library for several processors. */
export type LibraryCache = (name: string, machine: ElfMachine) => readonly string[];

/**
 * Reads /etc/ld.so.cache, in the form that glibc has written since 2.32 and, behind one for old loaders, before that:
 * struct cache_file_new of sysdeps/generic/dl-cache.h. What cannot be read is an empty cache, as it is for the loader.
 */
export const libraryCache = (path: string): LibraryCache => {
  const entries = new Map<string, Entry[]>();
  for (const entry of withPieces(path, entriesIn) ?? []) {
    const namesakes = entries.get(entry.name);
    if (namesakes === undefined) entries.set(entry.name, [entry]);
    else namesakes.push(entry);
  }
  return (name, machine) =>
    (entries.get(name) ?? []).filter(({ flags }) => flags === FLAGS[machine]).map(({ value }) => value());
};

type Entry = { readonly flags: number; readonly name: string; readonly value: () => string };

// FLAG_ELF_LIBC6 with FLAG_X8664_LIB64 or FLAG_AARCH64_LIB64.
const FLAGS: Readonly<Record<ElfMachine, number>> = { x64: 0x303, arm64: 0xa03 };

const MOST_BYTES = 64 << 20;
/** PATH_MAX */
const LONGEST = 4096;
const MAGIC = "glibc-ld.so.cache1.1";
const OLD_MAGIC = "ld.so-1.7.0";
const HEADER_SIZE = 48;
const ENTRY_SIZE = 24;

const entriesIn = (file: FilePieces): readonly Entry[] => {
  const view = file.size > MOST_BYTES ? undefined : file.piece(0, file.size);
  if (view === undefined) return [];
  const bytes = Buffer.from(view.buffer);
  const start = startOf(bytes);
  const header = bytes.subarray(start);
  if (header.length < HEADER_SIZE || header.toString("latin1", 0, MAGIC.length) !== MAGIC) return [];
  const count = Math.min(header.readUInt32LE(20), Math.floor((header.length - HEADER_SIZE) / ENTRY_SIZE));
  return Array.from({ length: count }, (_, index) => entryAt(header, HEADER_SIZE + index * ENTRY_SIZE));
};

/** Behind a header of 16 bytes and entries of 12, at a multiple of 8. */
const startOf = (bytes: Buffer): number => {
  if (bytes.length < 16 || bytes.toString("latin1", 0, OLD_MAGIC.length) !== OLD_MAGIC) return 0;
  return Math.ceil((16 + 12 * bytes.readUInt32LE(12)) / 8) * 8;
};

const entryAt = (header: Buffer, at: number): Entry => ({
  flags: header.readInt32LE(at),
  name: textAt(header, header.readUInt32LE(at + 4)),
  value: () => textAt(header, header.readUInt32LE(at + 8)),
});

const textAt = (header: Buffer, at: number): string => {
  const longest = header.subarray(at, at + LONGEST);
  const end = longest.indexOf(0);
  return end < 0 ? "" : longest.toString("utf8", 0, end);
};
