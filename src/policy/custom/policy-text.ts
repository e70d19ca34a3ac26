import type { TextFile } from "../../catalogue/read-yaml.js";
import { err, ok, type Result } from "../../language/result.js";

const MAX_BYTES = 1_048_576;
const LINE_FEED = 10;

/** A policy file's bytes as text. Problem, with file and line: it is larger than 1 MiB, or no UTF-8. */
export const policyText = (name: string, bytes: Uint8Array): Result<TextFile, string> => {
  if (bytes.length > MAX_BYTES) return err(`${name}:1: the file has more than 1 MiB`);
  // No character of several bytes holds a line feed, so each line is whole.
  for (let start = 0, line = 1; start <= bytes.length; line += 1) {
    const found = bytes.indexOf(LINE_FEED, start);
    const end = found < 0 ? bytes.length : found;
    if (!decodes(bytes.subarray(start, end))) return err(`${name}:${line}: the line is no UTF-8`);
    start = end + 1;
  }
  return ok({ name, text: new TextDecoder().decode(bytes) });
};

const decodes = (bytes: Uint8Array): boolean => {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return true;
  } catch (problem) {
    if (problem instanceof TypeError) return false;
    throw problem;
  }
};
