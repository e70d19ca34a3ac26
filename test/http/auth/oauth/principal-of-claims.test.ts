import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { principalOfClaims } from "../../../../src/http/auth/oauth/principal-of-claims.js";

const READ = { scope: "awspipe:read" };
const is = (name: string, access: string) => ({ ok: true, value: { name, access } });
const invalid = (message: string) => ({ ok: false, error: { kind: "invalid-token", message } });
const NO_SUBJECT = invalid("the token's sub is not 1 to 255 printable characters");
const NO_SCOPE = { ok: false, error: { kind: "no-scope" } };

describe("principalOfClaims", () => {
  it.each([
    [{ scope: "awspipe:read" }, "read"],
    [{ scope: "awspipe:write" }, "write"],
    [{ scope: "openid awspipe:read awspipe:write" }, "write"],
    [{ scp: "awspipe:read profile" }, "read"],
    [{ scp: ["profile", "awspipe:write"] }, "write"],
    [{ scp: [5, "awspipe:read", undefined] }, "read"],
  ])("gives access by %j", (claims, access) => {
    expect(principalOfClaims({ sub: "u", ...claims })).toEqual(is("oauth:u", access));
  });

  it.each([
    [{}],
    [{ scope: "" }],
    [{ scope: "openid" }],
    [{ scope: "awspipe:read,awspipe:write" }],
    [{ scope: "awspipe:read\tawspipe:write" }],
    [{ scope: ["awspipe:write"] }],
    [{ scope: { 0: "awspipe:write" } }],
    [{ scope: "openid", scp: "awspipe:write" }],
    [{ scp: { "awspipe:write": true } }],
    [{ scp: [["awspipe:write"]] }],
    [{ roles: ["awspipe:write"] }],
  ])("gives none by %j", (claims) => {
    expect(principalOfClaims({ sub: "u", ...claims })).toEqual(NO_SCOPE);
  });

  it.each([["u"], ["auth0|5f7c"], ["https://as.example/u/1"], ["CN=A B,O=C"], ["x".repeat(255)], ["../.."]])(
    "knows the subject %j",
    (sub) => {
      expect(principalOfClaims({ sub, ...READ })).toEqual(is(`oauth:${sub}`, "read"));
    },
  );

  it.each([
    [undefined],
    [""],
    [" "],
    [" u"],
    ["u "],
    ["u\n"],
    ["\nu"],
    ["a\u0000b"],
    ["a\u007f"],
    ["\u202eu"],
    ["\u00fc"],
    ["x".repeat(256)],
    [5],
    [["u"]],
    [{}],
  ])("knows no subject %j", (sub) => {
    // Claims are what the issuer writes, whatever their type says.
    expect(principalOfClaims({ sub: sub as string, ...READ })).toEqual(NO_SUBJECT);
  });

  it("takes no token that is bound to a key", () => {
    expect(principalOfClaims({ sub: "u", ...READ, cnf: { jkt: "x" } })).toEqual(
      invalid("the token is bound to a key, and is no bearer token"),
    );
  });

  it("keeps different subjects apart", () => {
    const name = (sub: string) => {
      const found = principalOfClaims({ sub, ...READ });
      return found.ok ? found.value.name : undefined;
    };
    fc.assert(fc.property(fc.string(), fc.string(), (a, b) => a === b || name(a) === undefined || name(a) !== name(b)));
  });
});
