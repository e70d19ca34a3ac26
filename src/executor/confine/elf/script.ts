import type { FilePieces } from "./file-pieces.js";

export type Script = { readonly kind: "script"; readonly interpreter: string; readonly argument: string | undefined };
type NoScript = { readonly kind: "damaged"; readonly what: string };

/** What the kernel keeps of a first line, BINPRM_BUF_SIZE. */
const LONGEST = 256;

/** The first line of a script, read as fs/binfmt_script.c reads it; undefined for any other file. */
export const scriptOf = (file: FilePieces): Script | NoScript | undefined => {
  const bytes = file.piece(0, Math.min(LONGEST, file.size));
  const text = bytes === undefined ? "" : Buffer.from(bytes.buffer).toString("latin1");
  if (!text.startsWith("#!")) return undefined;
  const [line = ""] = text.split(/[\n\0]/, 1);
  if (line.length === LONGEST) return { kind: "damaged", what: "its first line is too long" };
  const [, interpreter = "", argument = ""] = /^#![ \t]*([^ \t]*)[ \t]*(.*?)[ \t]*$/.exec(line) ?? [];
  if (!interpreter.startsWith("/")) return { kind: "damaged", what: "its first line names no interpreter" };
  return { kind: "script", interpreter: utf8(interpreter), argument: argument === "" ? undefined : utf8(argument) };
};

const utf8 = (bytes: string): string => Buffer.from(bytes, "latin1").toString("utf8");
