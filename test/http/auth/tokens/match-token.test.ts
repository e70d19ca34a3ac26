import { timingSafeEqual } from "node:crypto";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { hashToken } from "../../../../src/http/auth/tokens/hash-token.js";
import { matchToken } from "../../../../src/http/auth/tokens/match-token.js";
import { newToken } from "../../../../src/http/auth/tokens/new-token.js";
import { type TokenEntries, tokenPrincipal } from "../../../../src/http/auth/tokens/token-entry.js";

// The real one, counted.
vi.mock(import("node:crypto"), async (original) => {
  const real = await original();
  return { ...real, timingSafeEqual: vi.fn(real.timingSafeEqual) };
});
const compared = vi.mocked(timingSafeEqual);
beforeEach(() => {
  compared.mockClear();
});

const [first, middle, last] = [newToken(), newToken(), newToken()];
const entry = (name: string, token: string) => ({ principal: tokenPrincipal(name, "read"), hash: hashToken(token) });
const ENTRIES: TokenEntries = [entry("first", first), entry("middle", middle), entry("last", last)];

describe("matchToken", () => {
  it.each([
    ["token:first", first],
    ["token:middle", middle],
    ["token:last", last],
    [undefined, newToken()],
    [undefined, ""],
    [undefined, `${first} `],
    [undefined, first.slice(0, -1)],
    [undefined, hashToken(first).toString("hex")],
  ])("compares all hashes as a whole before it says %s", (name, token) => {
    expect(matchToken(ENTRIES, token)?.principal.name).toBe(name);
    expect(compared.mock.calls).toEqual(ENTRIES.map(({ hash }) => [hash, hashToken(token)]));
  });
});
