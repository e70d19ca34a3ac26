import { err, ok, type Result } from "../../../language/result.js";
import { TOKEN_NAME, TOKEN_NAME_SAYS, type TokenEntries, type TokenEntry, tokenPrincipal } from "./token-entry.js";

/**
 * Reads the lines of a token file: `NAME read|write sha256:HEX`, blank lines, and lines that begin with `#`.
 *
 * Problems are `FILE:LINE: what is wrong`, one for each line at fault, and never quote the line: what stands in a wrong place
 * may be a token.
 */
export const parseTokenFile = (file: string, text: string): Result<TokenEntries, readonly string[]> => {
  const problems: string[] = [];
  const entries: TokenEntry[] = [];
  const seen = new Map<string, number>();
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (/^[ \t]*(?:#.*)?$/.test(line)) continue;
    const read = readLine(line, index + 1, seen);
    if (read.ok) entries.push(read.value);
    else problems.push(`${file}:${index + 1}: ${read.error}`);
  }
  if (problems.length > 0) return err(problems);
  const [first, ...rest] = entries;
  return first === undefined ? err([`${file}:1: there is no token in the file`]) : ok([first, ...rest]);
};

const LINE = /^[ \t]*([^ \t]+)[ \t]+([^ \t]+)[ \t]+([^ \t]+)[ \t]*$/;
const HASH = /^sha256:([0-9a-f]{64})$/;

/** @param seen the lines of the names and hashes so far */
const readLine = (line: string, number: number, seen: Map<string, number>): Result<TokenEntry, string> => {
  const [, name = "", access = "", hashed = ""] = LINE.exec(line) ?? [];
  if (name === "") return err("the line is not `NAME read|write sha256:HEX`; `awspipe token NAME` makes one");
  const hex = HASH.exec(hashed)?.[1];
  if (!TOKEN_NAME.test(name)) return err(`the name is not ${TOKEN_NAME_SAYS}`);
  if (access !== "read" && access !== "write") return err("the second word is neither `read` nor `write`");
  if (hex === undefined) return err("the third word is not `sha256:` and 64 of 0-9 a-f");
  for (const [what, key] of [
    ["name", name],
    ["hash", hashed],
  ] as const) {
    const at = seen.get(key);
    if (at !== undefined) return err(`the ${what} is that of line ${at}`);
  }
  seen.set(name, number).set(hashed, number);
  return ok({ principal: tokenPrincipal(name, access), hash: Buffer.from(hex, "hex") });
};
