import { describe, expect, it } from "vitest";
import { compareStrictness, decideCell, decideEffect } from "../../src/policy/security-mode.js";

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

describe("decideCell", () => {
  it("takes the operator's cell where there is one", () => {
    const cells = { permissions: "ask", egress: "deny" } as const;
    expect(decideCell("strict", cells, "permissions")).toBe("ask");
    expect(decideCell("strict", cells, "egress")).toBe("deny");
    expect(decideCell("strict", cells, "destroy")).toBe("ask");
  });

  it("never changes what is fixed", () => {
    expect(decideCell("permissive", { local: "allow", unknown: "allow" }, "local")).toBe("deny");
    expect(decideCell("permissive", { local: "allow", unknown: "allow" }, "unknown")).toBe("deny");
  });
});

describe("compareStrictness", () => {
  it("orders allow, warn, ask and deny", () => {
    const words = ["deny", "warn", "allow", "ask"] as const;
    expect([...words].sort(compareStrictness)).toEqual(["allow", "warn", "ask", "deny"]);
  });
});
