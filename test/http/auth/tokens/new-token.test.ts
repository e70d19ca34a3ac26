import { describe, expect, it } from "vitest";
import { hasTokenForm, newToken } from "../../../../src/http/auth/tokens/new-token.js";

describe("newToken", () => {
  it("is 256 bits behind a mark, never the same", () => {
    const tokens = Array.from({ length: 1000 }, newToken);
    expect(new Set(tokens).size).toBe(1000);
    expect(tokens.filter((token) => !/^awsp_[A-Za-z0-9_-]{43}$/.test(token))).toEqual([]);
    expect(tokens.filter((token) => Buffer.from(token.slice(5), "base64url").length !== 32)).toEqual([]);
    expect(tokens.every(hasTokenForm)).toBe(true);
  });
});

describe("hasTokenForm", () => {
  it.each([
    ["hunter2"],
    [""],
    ["awsp_"],
    [`awsp_${"a".repeat(42)}`],
    [`awsp_${"a".repeat(44)}`],
    [`awsp_${"a".repeat(42)}=`],
    [`awsp_${"a".repeat(43)}\n`],
    [`xawsp_${"a".repeat(43)}`],
  ])("has no %j", (text) => {
    expect(hasTokenForm(text)).toBe(false);
  });
});
