import { hash } from "node:crypto";
import { err, ok, type Result } from "../language/result.js";

/** Bytes of a line, its newline included. */
export const LONGEST_LINE = 65_536;

/** What the first line of a chain names as the hash before it. */
export const NO_HASH = "0".repeat(64);

/** Where a chain has come to: its last line. */
export type Head = { readonly seq: number; readonly hash: string };

export const NO_LINE: Head = { seq: 0, hash: NO_HASH };

/** What stands around a record. */
export type AuditLine = Head & { readonly time: string; readonly server: string; readonly prev: string };

/** What is wrong with a line by itself. */
export type LineFault = "torn" | "changed";

/**
 * A line as it is written, of its text without a hash.
 *
 * The hash is SHA-256 of the line's bytes before `,"hash":`, so `head -n 1 FILE | head -c -76 | sha256sum` computes the
 * first one's. Since those bytes hold the hash of the line before, each hash stands for all lines up to its own.
 *
 * @param text a JSON object of one line that is not empty and has no member `hash`
 */
export const sealLine = (text: string): { readonly bytes: Buffer; readonly hash: string } => {
  const body = escapeUnseen(text.trimEnd().slice(0, -1));
  const hashed = hash("sha256", body);
  return { bytes: Buffer.from(`${body},"hash":"${hashed}"}\n`), hash: hashed };
};

/**
 * A text of JSON with everything escaped that has no shape of its own, ends a line somewhere, moves the text around it or
 * has no UTF-8 form: control and format characters, U+2028 and U+2029, halves of surrogate pairs. Only strings can hold any.
 */
export const escapeUnseen = (json: string): string =>
  PLAIN.test(json)
    ? json
    : json.replace(UNSEEN, (character) =>
        Array.from({ length: character.length }, (_, at) => codeUnit(character, at)).join(""),
      );

/** Bytes of one character in a line, or a few more. */
export const bytesOfCharacter = (character: string): number => {
  const point = character.codePointAt(0) ?? 0;
  if (point >= 0x20 && point < 0x7f) return point === 0x22 || point === 0x5c ? 2 : 1;
  if (ONE_UNSEEN.test(character)) return 6 * character.length;
  return point < 0x800 ? 2 : character.length + 2;
};

const PLAIN = /^[\x20-\x7e]*$/;
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{DI}]/gu;
const ONE_UNSEEN = new RegExp(UNSEEN.source, "u");

const codeUnit = (text: string, at: number): string => `\\u${text.charCodeAt(at).toString(16).padStart(4, "0")}`;

const BEGIN = Buffer.from('{"audit":');
const FORM =
  /^\{"audit":1,"time":"([-0-9T:.]+Z)","seq":([1-9]\d{0,14}),"server":"([0-9a-f]{32})","prev":"([0-9a-f]{64})",/;
const END = /,"hash":"([0-9a-f]{64})"\}$/;
const END_LENGTH = ',"hash":""}'.length + 64;
const LONGEST_FORM = 256;

/**
 * Reads a line. Nothing where it is none of ours: it neither begins nor ends as ours do, so that changing one end does not
 * make it somebody else's.
 *
 * @param bytes without the newline
 */
export const readLine = (bytes: Buffer): Result<AuditLine, LineFault> | undefined => {
  const end = END.exec(bytes.toString("latin1", Math.max(0, bytes.length - END_LENGTH)));
  const begins = bytes.subarray(0, BEGIN.length).equals(BEGIN);
  if (!begins && end === null) return undefined;
  if (end === null) return err("torn");
  const [, time = "", seq = "", server = "", prev = ""] = FORM.exec(bytes.toString("latin1", 0, LONGEST_FORM)) ?? [];
  const [, said = ""] = end;
  if (seq === "" || bytes.length >= LONGEST_LINE) return err("changed");
  if (hash("sha256", bytes.subarray(0, -END_LENGTH)) !== said) return err("changed");
  return ok({ time, seq: Number(seq), server, prev, hash: said });
};

/** Whether this could be the beginning of a line of ours that was not written to its end. */
export const beginsLine = (bytes: Buffer): boolean =>
  bytes.length > 0 && bytes.subarray(0, BEGIN.length).equals(BEGIN.subarray(0, bytes.length));
