import { closeSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createPrivately } from "../../../executor/create-privately.js";
import { hashToken } from "./hash-token.js";
import { newToken } from "./new-token.js";
import { type TokenEntry, tokenPrincipal } from "./token-entry.js";

/**
 * Makes a token that may write and puts it into a new file of its own, mode 0600; after that only its hash is known here.
 * Throws where something has the file's name, and where the directory is not this user's alone.
 *
 * @param directory absolute path
 */
export const writeRandomToken = (directory: string): { readonly path: string; readonly entry: TokenEntry } => {
  const path = join(directory, "http-token");
  const token = newToken();
  const descriptor = created(path);
  try {
    writeFileSync(descriptor, `${token}\n`);
  } finally {
    closeSync(descriptor);
  }
  return { path, entry: { principal: tokenPrincipal("random", "write"), hash: hashToken(token) } };
};

const created = (path: string): number => {
  try {
    return createPrivately(path);
  } catch (cause) {
    throw new Error(`${path} cannot be made: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
};
