import { describe, expect, it } from "vitest";
import { isLoopback, isLoopbackUrl } from "../../../src/http/auth/loopback.js";

describe("isLoopback", () => {
  it.each([["127.0.0.1"], ["127.255.0.9"], ["::1"], ["localhost"]])("knows %s", (host) => {
    expect(isLoopback(host)).toBe(true);
  });

  it.each([
    ["0.0.0.0"],
    ["::"],
    ["::ffff:127.0.0.1"],
    ["0:0:0:0:0:0:0:1"],
    ["[::1]"],
    ["127.1"],
    ["127.0.0.1.example.com"],
    ["127.0.0.1:80"],
    ["0127.0.0.1"],
    ["128.0.0.1"],
    ["localhost."],
    ["LOCALHOST"],
    ["localhost.example.com"],
    [" 127.0.0.1"],
    ["127.0.0.1\n"],
    [""],
  ])("takes every other spelling for a host that others reach: %j", (host) => {
    expect(isLoopback(host)).toBe(false);
  });
});

describe("isLoopbackUrl", () => {
  it.each([
    ["http://127.0.0.1:8000/mcp", true],
    ["http://[::1]/", true],
    ["https://localhost", true],
    ["http://127.0.0.1@example.com/", false],
    ["http://[::]/", false],
    ["https://example.com/127.0.0.1", false],
  ])("looks at the host of %s", (url, is) => {
    expect(isLoopbackUrl(new URL(url))).toBe(is);
  });
});
