import type { FilePieces } from "./file-pieces.js";
import { DYNAMIC, LOADED, type Segment } from "./segments.js";
import { textAt } from "./text-at.js";

/** What the dynamic section says of other files. */
export type Dynamic = {
  /** Names of libraries, in their order. */
  readonly needed: readonly string[];
  /** Names of libraries that stand in for this one, where they are found. */
  readonly stands: readonly string[];
  /** The library's own name. */
  readonly soname: string | undefined;
  /** Folders to look for libraries in, with colons between, and of which generation; the newer one hides the older. */
  readonly rpath: string | undefined;
  readonly runpath: string | undefined;
  /** Whether it wants none of the folders that are looked into for everyone. */
  readonly noDefaultFolders: boolean;
};

/** The dynamic section; a static program has an empty one. */
export const dynamicOf = (file: FilePieces, segments: readonly Segment[]): Dynamic | undefined => {
  const segment = segments.find(({ type }) => type === DYNAMIC);
  if (segment === undefined) return NOTHING;
  if (segment.size > MOST_BYTES) return undefined;
  const section = file.piece(segment.offset, segment.size);
  return section === undefined ? undefined : namesIn(file, segments, entriesOf(section));
};

const NOTHING: Dynamic = {
  needed: [],
  stands: [],
  soname: undefined,
  rpath: undefined,
  runpath: undefined,
  noDefaultFolders: false,
};

const MOST_BYTES = 1 << 20;
const MOST_NAMES = 1024;

// DT_* of elf.h
const NULL = 0;
const NEEDED = 1;
const STRTAB = 5;
const STRSZ = 10;
const SONAME = 14;
const RPATH = 15;
const RUNPATH = 29;
const FLAGS_1 = 0x6ffffffb;
const AUXILIARY = 0x7ffffffd;
const FILTER = 0x7fffffff;
const NODEFLIB = 0x800n;

type Entry = { readonly tag: number; readonly value: bigint };

const entriesOf = (section: DataView): readonly Entry[] => {
  const all = Array.from({ length: Math.floor(section.byteLength / 16) }, (_, index) => ({
    tag: Number(section.getBigInt64(index * 16, true)),
    value: section.getBigUint64(index * 16 + 8, true),
  }));
  const end = all.findIndex(({ tag }) => tag === NULL);
  return end < 0 ? all : all.slice(0, end);
};

const namesIn = (file: FilePieces, segments: readonly Segment[], entries: readonly Entry[]): Dynamic | undefined => {
  // Of a tag that may be there once, the loader keeps the last.
  const last = (tag: number) => entries.findLast((entry) => entry.tag === tag)?.value;
  const textOf = textTable(file, segments, last(STRTAB), last(STRSZ));
  const texts = (...tags: readonly number[]) =>
    allOf(
      entries.filter(({ tag }) => tags.includes(tag)),
      textOf,
    );
  const [needed, stands] = [texts(NEEDED), texts(AUXILIARY, FILTER)];
  const [sonames, rpaths, runpaths] = [texts(SONAME), texts(RPATH), texts(RUNPATH)];
  if (!needed || !stands || !sonames || !rpaths || !runpaths) return undefined;
  return {
    needed,
    stands,
    soname: sonames.at(-1),
    rpath: rpaths.at(-1),
    runpath: runpaths.at(-1),
    noDefaultFolders: ((last(FLAGS_1) ?? 0n) & NODEFLIB) !== 0n,
  };
};

const allOf = (entries: readonly Entry[], textOf: TextOf): readonly string[] | undefined => {
  if (entries.length > MOST_NAMES) return undefined;
  const texts = entries.map(({ value }) => textOf(Number(value))).filter((text) => text !== undefined);
  return texts.length === entries.length ? texts : undefined;
};

type TextOf = (place: number) => string | undefined;

/** Texts by their places in the table of strings, which the dynamic section names by its address in memory. */
const textTable = (
  file: FilePieces,
  segments: readonly Segment[],
  address: bigint | undefined,
  size: bigint | undefined,
): TextOf => {
  const at = Number(address ?? -1n);
  const segment = segments.find(
    ({ type, ...each }) => type === LOADED && at >= each.address && at - each.address < each.size,
  );
  if (segment === undefined) return () => undefined;
  const start = segment.offset + at - segment.address;
  return (place) => textAt(file, start + place, Number(size ?? 0n) - place);
};
