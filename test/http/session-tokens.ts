import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { hashToken } from "../../src/http/auth/tokens/hash-token.js";
import { newToken } from "../../src/http/auth/tokens/new-token.js";
import { tokenLine } from "../../src/http/auth/tokens/token-entry.js";

/** A token file with three principals' tokens. */
export type Tokens = {
  readonly alice: string;
  readonly bob: string;
  /** This one may only read. */
  readonly reader: string;
  readonly settings: { readonly AWS_MCP_TOKEN_FILE: string };
  readonly remove: () => void;
};

export const makeTokens = (): Tokens => {
  const folder = mkdtempSync(join(tmpdir(), "session-tokens-"));
  const file = join(folder, "tokens");
  const [alice, bob, reader] = [newToken(), newToken(), newToken()];
  const lines = [
    tokenLine("alice", "write", hashToken(alice)),
    tokenLine("bob", "write", hashToken(bob)),
    tokenLine("reader", "read", hashToken(reader)),
  ];
  writeFileSync(file, `${lines.join("\n")}\n`, { mode: 0o600 });
  return {
    ...{ alice, bob, reader },
    settings: { AWS_MCP_TOKEN_FILE: file },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
};
