import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readBearerToken } from "../../../src/http/auth/read-bearer-token.js";

const read = (headers: readonly string[], url = "/mcp") =>
  readBearerToken({ headersDistinct: { authorization: [...headers] }, url });

const malformed = (message: string) => ({ ok: false, error: { kind: "malformed", message } });

describe("readBearerToken", () => {
  it.each([
    ["Bearer abc", "abc"],
    ["bearer abc", "abc"],
    ["BEARER   abc", "abc"],
    ["Bearer a-._~+/9==", "a-._~+/9=="],
  ])("reads %j", (header, token) => {
    expect(read([header])).toEqual({ ok: true, value: token });
  });

  it.each([[[]], [[""]], [["Basic YTpi"]], [["Digest x"]], [["Bearerabc"]], [["Bearer-x abc"]], [["abc"]]])(
    "finds no bearer token in %j",
    (headers) => {
      expect(read(headers)).toEqual({ ok: false, error: { kind: "missing" } });
      expect(readBearerToken({ headersDistinct: {}, url: undefined })).toEqual({
        ok: false,
        error: { kind: "missing" },
      });
    },
  );

  it.each([
    ["Bearer"],
    ["Bearer "],
    ["Bearer a b"],
    ["Bearer a,b"],
    ["Bearer a, Bearer b"],
    ["Bearer, Bearer b"],
    ["Bearer\ta"],
    ["Bearer =a"],
    ["Bearer a=b"],
    ['Bearer "a"'],
    ["Bearer token=a"],
    ["Bearer a\u00e9"],
    ["Bearer a\u0000"],
    ["Bearer a\n"],
  ])("refuses %j", (header) => {
    expect(read([header])).toEqual(malformed("the header is not Authorization: Bearer TOKEN"));
  });

  it("refuses a second header, whatever it says", () => {
    for (const headers of [
      ["Bearer a", "Bearer a"],
      ["Basic a", "Bearer a"],
      ["Bearer a", ""],
    ])
      expect(read(headers)).toEqual(malformed("a request has one Authorization header"));
  });

  it("refuses more than 8 KiB", () => {
    expect(read([`Bearer ${"a".repeat(8185)}`])).toEqual({ ok: true, value: "a".repeat(8185) });
    expect(read([`Bearer ${"a".repeat(8186)}`])).toEqual({ ok: false, error: { kind: "too-long", most: 8192 } });
  });

  it.each([
    ["/mcp?access_token=a"],
    ["/mcp?x=1&access_token"],
    ["/mcp?access%5Ftoken=a"],
    ["/mcp?x?&access_token=a"],
    ["http://127.0.0.1/mcp?access_token=a"],
  ])("refuses a token in the URL %s, with a header or without", (url) => {
    for (const headers of [[], ["Bearer a"]])
      expect(read(headers, url)).toEqual(malformed("a token comes in the Authorization header, never in the URL"));
    expect(read(["Bearer a"], "/messages?sessionId=access_token")).toEqual({ ok: true, value: "a" });
  });

  it("gives nothing but what RFC 6750 calls a b64token", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 30 }), (text) => {
        const token = read([`Bearer ${text}`]);
        if (token.ok) expect(token.value).toMatch(/^[A-Za-z0-9._~+/-]+=*$/);
      }),
    );
  });
});
