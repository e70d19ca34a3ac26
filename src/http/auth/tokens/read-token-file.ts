import { readGuardedFile } from "../../../read-guarded-file.js";
import { parseTokenFile } from "./parse-token-file.js";
import type { TokenEntries } from "./token-entry.js";

/** Some three thousand tokens: each request is compared with all of them. */
const LARGEST = 262_144;

/**
 * The tokens of the operator's file, as it is at the start: whoever is taken off it is let in until the server starts anew.
 *
 * Throws where it cannot be read, is readable by all or may be changed by anybody but its owner, belongs neither to this user
 * nor to root, or has a line that is not what it should be.
 *
 * @param path absolute
 */
export const readTokenFile = (path: string): TokenEntries => {
  const parsed = parseTokenFile(path, readGuardedFile({ setting: "AWS_MCP_TOKEN_FILE", path, largest: LARGEST }));
  if (parsed.ok) return parsed.value;
  throw new Error(parsed.error.join("\n"));
};
