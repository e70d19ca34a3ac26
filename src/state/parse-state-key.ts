import { err, ok, type Result } from "../language/result.js";

/**
 * The key in a file: one line with at least 32 bytes, as hexadecimal digits or base64. Problems say nothing of the text.
 */
export const parseStateKey = (text: string): Result<Uint8Array, string> => {
  const line = text.replace(/\r?\n$/, "");
  if (line === "") return err(`is empty; ${MAKE}`);
  const bytes = bytesOf(line);
  if (bytes === undefined) return err(`must hold one line of hexadecimal digits or base64; ${MAKE}`);
  if (bytes.length < LEAST) return err(`must hold a key of at least ${LEAST} bytes; ${MAKE}`);
  // Of 32 random bytes about 30 differ.
  if (new Set(bytes).size < LEAST / 2) return err(`must hold a key of random bytes; ${MAKE}`);
  return ok(bytes);
};

const LEAST = 32;

const MAKE = "`(umask 077; openssl rand -hex 32 > FILE)` makes one";

// Hexadecimal first: its digits are base64 too, of which either alphabet will do.
const bytesOf = (line: string): Uint8Array | undefined => {
  if (/^(?:[0-9a-f]{2})+$/i.test(line)) return Buffer.from(line, "hex");
  const text = line
    .replace(/={1,2}$/, "")
    .replaceAll("+", "-")
    .replaceAll("/", "_");
  const bytes = Buffer.from(text, "base64url");
  return bytes.toString("base64url") === text ? bytes : undefined;
};
