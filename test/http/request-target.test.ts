import { describe, expect, it } from "vitest";
import { readAuthority, readTarget } from "../../src/http/request-target.js";

describe("readTarget", () => {
  it.each([
    ["/", { path: "/", query: "" }],
    ["/mcp", { path: "/mcp", query: "" }],
    ["//mcp", { path: "//mcp", query: "" }],
    ["/mcp?", { path: "/mcp", query: "?" }],
    ["/mcp?a=b?c/d", { path: "/mcp", query: "?a=b?c/d" }],
    ["*", { path: "*", query: "" }],
    ["http://localhost", { path: "/", query: "", authority: "localhost" }],
    ["HTTP://localhost:8000/mcp?a", { path: "/mcp", query: "?a", authority: "localhost:8000" }],
    ["https://localhost?a", { path: "/", query: "?a", authority: "localhost" }],
    ["http:///mcp", { path: "/mcp", query: "", authority: "" }],
  ])("reads %s", (text, target) => {
    expect(readTarget(text)).toEqual({ ok: true, value: target });
  });

  it.each([
    "",
    "mcp",
    "localhost:8000",
    "/mcp#a",
    "http://localhost/#a",
    "ftp://localhost/mcp",
    "*/",
    "?a",
    "http:/mcp",
    "http://a#b",
  ])("takes %j for none", (text) => {
    expect(readTarget(text)).toEqual({ ok: false, error: "no-target" });
  });
});

describe("readAuthority", () => {
  it.each([
    ["LocalHost", { name: "localhost" }],
    ["localhost:", { name: "localhost", port: "" }],
    ["my_host-1.example.:80", { name: "my_host-1.example.", port: "80" }],
    ["[::1]:8000", { name: "[::1]", port: "8000" }],
  ])("reads %s", (text, authority) => {
    expect(readAuthority(text)).toEqual(authority);
  });

  it.each(["", ":1", "a b", "a@b", "a/b", "::1", "[::1", "[g]", "a:b", "a:1:2", "%61", "é", "a:123456"])(
    "takes %j for none",
    (text) => {
      expect(readAuthority(text)).toBeUndefined();
    },
  );
});
