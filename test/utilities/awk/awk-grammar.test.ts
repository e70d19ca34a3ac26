import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { judgeAwkProgram } from "../../../src/utilities/awk/judge-awk-program.js";
import { awkRules, soundProgram } from "./awk-grammar.js";
import { complaints } from "./run-awk.js";

const folder = new URL("../../../src/utilities/awk/", import.meta.url);

const quotedRules = readdirSync(folder).flatMap((file) => {
  const text = readFileSync(new URL(file, folder), "utf8").replace(/\n *\/\/ {2,}/g, " ");
  return (text.match(/(?<=^ *\/\/ )[a-z]+ = .* ;$/gm) ?? []).map((rule) => rule.replace(/\s+/g, " "));
});

describe("grammar/awk-program.ebnf", () => {
  it("has every rule that stands above a function of the parser", () => {
    expect(quotedRules.length).toBeGreaterThan(30);
    expect(quotedRules.filter((rule) => !awkRules.includes(rule))).toEqual([]);
  });

  it("generates nothing that the parser refuses", () => {
    fc.assert(
      fc.property(soundProgram(), (program) => {
        expect([program, judgeAwkProgram(program)]).toEqual([program, { ok: true, value: undefined }]);
      }),
      { numRuns: 4_000 },
    );
  });

  it("generates programs that gawk reads too, but for what they mean", async () => {
    const programs = fc.sample(soundProgram(), 1_000);
    const meaningless = /: error: (?:(?:Unmatched|Invalid|Trailing|Regular expression)[^\n]*: \/|division by zero)/;
    const found = await complaints(programs);
    expect(found.filter(({ output }) => !meaningless.test(output))).toEqual([]);
    expect(found.length).toBeLessThan(50);
  }, 120_000);
});
