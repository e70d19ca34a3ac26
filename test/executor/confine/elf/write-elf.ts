import { writeFileSync } from "node:fs";

/** What a program or library of a test says of others. */
export type ElfParts = {
  /** e_machine: 62 is x86-64, 183 is aarch64. */
  readonly machine?: number;
  readonly interpreter?: string;
  readonly needed?: readonly string[];
  readonly soname?: string;
  readonly rpath?: string;
  readonly runpath?: string;
  readonly filter?: string;
  readonly auxiliary?: string;
  readonly noDefaultFolders?: boolean;
};

export const OWN_MACHINE = process.arch === "arm64" ? 183 : 62;

/** Where the parts of a file are that has them. */
export const PROGRAM_HEADERS = 64;
const PAGE = 0x10000;

/** Writes an ELF file that loaders take: one segment of everything, a dynamic section, no code. */
export const writeElf = (path: string, parts: ElfParts): void => writeFileSync(path, elfBytes(parts), { mode: 0o755 });

export const elfBytes = (parts: ElfParts): Buffer => {
  const texts = new Texts();
  const interpreter = parts.interpreter === undefined ? undefined : texts.add(parts.interpreter);
  const named: readonly (readonly [number, string | undefined])[] = [
    ...(parts.needed ?? []).map((name) => [1, name] as const),
    [14, parts.soname],
    [15, parts.rpath],
    [29, parts.runpath],
    [0x7ffffffd, parts.auxiliary],
    [0x7fffffff, parts.filter],
  ];
  const names = named.flatMap(([tag, text]) => (text === undefined ? [] : [[tag, texts.add(text)] as const]));
  const headers = interpreter === undefined ? 3 : 4;
  const dynamicAt = PROGRAM_HEADERS + headers * 56;
  const dynamicSize = (names.length + 8) * 16;
  const hashAt = dynamicAt + dynamicSize;
  const symbolsAt = hashAt + 16;
  const textsAt = symbolsAt + 24;
  const strings = texts.bytes();
  const size = textsAt + strings.length;
  const file = Buffer.alloc(size);
  const header = [
    [1, 6, 0, size], // PT_LOAD
    [2, 6, dynamicAt, dynamicSize], // PT_DYNAMIC
    [0x6474e551, 6, 0, 0], // PT_GNU_STACK
    ...(interpreter === undefined
      ? []
      : [[3, 4, textsAt + interpreter, Buffer.byteLength(parts.interpreter ?? "") + 1]]),
  ];
  file.set([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1]);
  file.writeUInt16LE(3, 16);
  file.writeUInt16LE(parts.machine ?? OWN_MACHINE, 18);
  file.writeUInt32LE(1, 20);
  file.writeBigUInt64LE(BigInt(PROGRAM_HEADERS), 32);
  file.writeUInt16LE(64, 52);
  file.writeUInt16LE(56, 54);
  file.writeUInt16LE(headers, 56);
  file.writeUInt16LE(64, 58);
  for (const [index, [type = 0, flags = 0, offset = 0, length = 0]] of header.entries()) {
    const at = PROGRAM_HEADERS + index * 56;
    file.writeUInt32LE(type, at);
    file.writeUInt32LE(flags, at + 4);
    for (const field of [8, 16, 24]) file.writeBigUInt64LE(BigInt(offset), at + field);
    for (const field of [32, 40]) file.writeBigUInt64LE(BigInt(length), at + field);
    file.writeBigUInt64LE(BigInt(type === 1 ? PAGE : 8), at + 48);
  }
  const flags = parts.noDefaultFolders === true ? 0x800 : 0;
  const entries = [...names, [4, hashAt], [5, textsAt], [6, symbolsAt], [10, strings.length], [11, 24]] as const;
  for (const [index, [tag, value]] of [...entries, [0x6ffffffb, flags] as const].entries()) {
    file.writeBigInt64LE(BigInt(tag), dynamicAt + index * 16);
    file.writeBigUInt64LE(BigInt(value), dynamicAt + index * 16 + 8);
  }
  for (const field of [0, 4]) file.writeUInt32LE(1, hashAt + field); // a table of one symbol, which is none
  file.set(strings, textsAt);
  return file;
};

/** A table of strings; the first is empty. */
class Texts {
  readonly #texts: Buffer[] = [Buffer.alloc(1)];

  add(text: string): number {
    const at = this.bytes().length;
    this.#texts.push(Buffer.from(`${text}\0`));
    return at;
  }

  bytes(): Buffer {
    return Buffer.concat(this.#texts);
  }
}
