import { type Dynamic, dynamicOf } from "./dynamic-section.js";
import { type ElfMachine, elfHeader } from "./elf-header.js";
import { type FilePieces, withPieces } from "./file-pieces.js";
import { scriptOf } from "./script.js";
import { interpreterOf, segmentsOf } from "./segments.js";

/** What execve(2), or the loader of libraries, finds at a path. */
export type ElfFile =
  /** a program or a library */
  | ({ readonly kind: "elf"; readonly machine: ElfMachine; readonly interpreter: string | undefined } & Dynamic)
  /** `#!/bin/sh -e` */
  | { readonly kind: "script"; readonly interpreter: string; readonly argument: string | undefined }
  /** nothing that this process can read */
  | { readonly kind: "missing" }
  /** a program of another kind of machine */
  | { readonly kind: "foreign" }
  /** neither, or not whole */
  | { readonly kind: "damaged"; readonly what: string };

export type Elf = Extract<ElfFile, { kind: "elf" }>;

/**
 * Reads of a file what decides which others are opened with it, as elf(5) has it. A file can be as wrong as it likes: no
 * number in it is trusted before it is known to be within the file and within bounds.
 */
export const readElf = (path: string): ElfFile => withPieces(path, contentOf) ?? { kind: "missing" };

const contentOf = (file: FilePieces): ElfFile => {
  const script = scriptOf(file);
  if (script !== undefined) return script;
  const header = elfHeader(file);
  if (header.kind !== "header") return header;
  const segments = segmentsOf(file, header);
  if (segments === undefined) return damaged("its segments are not in it");
  const interpreter = interpreterOf(file, segments);
  if (interpreter === undefined) return damaged("its interpreter has no name");
  const dynamic = dynamicOf(file, segments);
  if (dynamic === undefined) return damaged("its dynamic section is not readable");
  return { kind: "elf", machine: header.machine, interpreter: interpreter.path, ...dynamic };
};

const damaged = (what: string): ElfFile => ({ kind: "damaged", what });
