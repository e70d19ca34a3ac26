import type { FilePieces } from "./file-pieces.js";

/** A kind of machine, as `process.arch` names it. */
export type ElfMachine = "x64" | "arm64";

export type ElfHeader = {
  readonly kind: "header";
  readonly machine: ElfMachine;
  /** Where the program headers are. */
  readonly offset: number;
  readonly count: number;
};

type NoHeader = { readonly kind: "foreign" } | { readonly kind: "damaged"; readonly what: string };

/** The header of a 64-bit little-endian ELF file of x86-64 or aarch64. */
export const elfHeader = ({ piece }: FilePieces): ElfHeader | NoHeader => {
  const start = piece(0, 4);
  if (start?.getUint32(0) !== MAGIC) return damaged("it is neither an ELF file nor a script");
  const header = piece(0, 64);
  if (header === undefined) return damaged("its header is not whole");
  if (header.getUint8(4) !== CLASS_64 || header.getUint8(5) !== LITTLE_ENDIAN) return { kind: "foreign" };
  const machine = MACHINES.get(header.getUint16(18, true));
  if (machine === undefined) return { kind: "foreign" };
  const type = header.getUint16(16, true);
  if (type !== EXECUTABLE && type !== SHARED) return damaged("it is neither a program nor a library");
  const count = header.getUint16(56, true);
  // The kernel's own bound: all program headers together have 64 KiB.
  if (header.getUint16(54, true) !== 56 || count === 0 || count * 56 > 65536) return damaged("it has no segments");
  return { kind: "header", machine, offset: Number(header.getBigUint64(32, true)), count };
};

const MAGIC = 0x7f454c46;
const CLASS_64 = 2;
const LITTLE_ENDIAN = 1;
const EXECUTABLE = 2;
const SHARED = 3;
const MACHINES: ReadonlyMap<number, ElfMachine> = new Map([
  [62, "x64"],
  [183, "arm64"],
]);

const damaged = (what: string): NoHeader => ({ kind: "damaged", what });
