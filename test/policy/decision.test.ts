import { describe, expect, it } from "vitest";
import { strictest } from "../../src/policy/decision.js";

describe("strictest", () => {
  it("is the strictest of all, whatever their order", () => {
    expect(strictest(["allow", "allow"])).toBe("allow");
    expect(strictest(["allow", "ask", "allow"])).toBe("ask");
    expect(strictest(["deny", "allow", "ask"])).toBe("deny");
    expect(strictest(["ask", "deny"])).toBe("deny");
  });

  it("is `deny` when nobody has decided", () => {
    expect(strictest([])).toBe("deny");
  });
});
