import { describe, expect, it } from "vitest";
import { decideEffect } from "../../src/policy/security-mode.js";

describe("decideEffect", () => {
  it.each([
    ["read", "allow", "allow", "allow"],
    ["write", "deny", "allow", "allow"],
    ["sensitive-read", "deny", "ask", "warn"],
    ["egress", "deny", "ask", "warn"],
    ["destroy", "deny", "ask", "warn"],
    ["execute", "deny", "ask", "warn"],
    ["permissions", "deny", "deny", "warn"],
    ["disarm", "deny", "deny", "warn"],
    ["local", "deny", "deny", "deny"],
    ["unknown", "deny", "deny", "deny"],
  ] as const)("decides %s: read-only %s, strict %s, permissive %s", (effect, readOnly, strict, permissive) => {
    expect([
      decideEffect("read-only", effect),
      decideEffect("strict", effect),
      decideEffect("permissive", effect),
    ]).toEqual([readOnly, strict, permissive]);
  });
});
