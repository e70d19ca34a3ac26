import { describe, expect, it } from "vitest";
import { check } from "../../src/check.js";
import { ordinary } from "./ordinary.js";
import { ruleBook } from "./rule-book.js";

const books = (["strict", "read-only", "permissive"] as const).map((mode) => ruleBook({ mode }));

describe("the commands of an ordinary day", () => {
  it("are at least 200, each once", () => {
    expect(new Set(ordinary).size).toBe(ordinary.length);
    expect(ordinary.length).toBeGreaterThanOrEqual(200);
  });

  it.each(ordinary)("are reads that every mode allows: %s", (command) => {
    for (const book of books) {
      const { verdict, code, message, effects } = check(command, book);
      expect({ verdict, code, message }).toEqual({
        verdict: "allow",
        code: "allowed",
        message: "every stage is allowed",
      });
      expect(new Set(effects)).toEqual(new Set(["read"]));
    }
  });
});
