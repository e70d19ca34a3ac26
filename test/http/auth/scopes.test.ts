import { describe, expect, it } from "vitest";
import { accessOf, SCOPES } from "../../../src/http/auth/scopes.js";

describe("accessOf", () => {
  it.each([
    [["awspipe:read"], "read"],
    [["awspipe:write"], "write"],
    [["openid", "awspipe:read", "awspipe:write"], "write"],
    [[], undefined],
    [["awspipe", "awspipe:", "awspipe:admin", "AWSPIPE:WRITE", "xawspipe:write", "awspipe:write:x"], undefined],
  ] as const)("of %j is %s", (scopes, access) => {
    expect(accessOf(scopes)).toBe(access);
  });

  it("knows the scopes that are published", () => {
    expect(SCOPES).toEqual(["awspipe:read", "awspipe:write"]);
  });
});
