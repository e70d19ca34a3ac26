import { timingSafeEqual } from "node:crypto";
import { hashToken } from "./hash-token.js";
import type { TokenEntries, TokenEntry } from "./token-entry.js";

/**
 * Whose a token is; nobody's where it is none of these. How long it takes says nothing: hashes are compared as a whole, and
 * with every entry.
 */
export const matchToken = (entries: TokenEntries, token: string): TokenEntry | undefined => {
  const hash = hashToken(token);
  let found: TokenEntry | undefined;
  // INVARIANT: no early exit.
  for (const entry of entries) if (timingSafeEqual(entry.hash, hash)) found = entry;
  return found;
};
