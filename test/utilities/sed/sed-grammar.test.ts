import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readSedScript } from "../../../src/utilities/sed/read-sed-script.js";
import { sentences } from "../../language/sentence.js";
import { sedScript } from "./random-sed-script.js";
import { delimiters, grammarAccepts, sedGrammarOf, sedRules } from "./sed-grammar.js";

const folder = new URL("../../../src/utilities/sed/", import.meta.url);

const quotedRules = readdirSync(folder).flatMap((file) =>
  (readFileSync(new URL(file, folder), "utf8").match(/(?<=^ *\/\/ )[a-z]+ = .* ;$/gm) ?? []).map((rule) =>
    rule.replace(/\s+/g, " "),
  ),
);

const agrees = (script: string): void => {
  const read = readSedScript(script);
  const accepted = grammarAccepts(script);
  if (read.ok !== accepted) {
    throw new Error(`grammar ${accepted ? "accepts" : "refuses"} ${JSON.stringify(script)}: ${JSON.stringify(read)}`);
  }
};

const CHARACTERS = Array.from(
  "\\\\\n\n;;//||{}[[]]^:.=,!+~$#&  \t01259abcdegilnpqstuvwyzDFILMNQRTUWe\r\u000b\u00e9\u3000\u{1f600}\"'`-_",
);
const character = fc.constantFrom(...CHARACTERS);

describe("grammar/sed-script.ebnf", () => {
  it("has every rule that stands above a function of the parser", () => {
    const grammar = sedRules.replace(/ = /g, " = ");
    expect(quotedRules.length).toBeGreaterThan(20);
    expect(quotedRules.filter((rule) => !grammar.includes(rule))).toEqual([]);
  });

  it("generates nothing that the parser refuses", () => {
    // With `[` and `&` for delimiters there are rules that nothing fits, which the generator would look for without end.
    const some = sedGrammarOf(["/", "|", "c", "n", "]", "^", "1"]);
    fc.assert(
      fc.property(sentences(some, "script", 120), (script) => {
        expect(readSedScript(script)).toMatchObject({ ok: true });
      }),
      { numRuns: 3000 },
    );
  });

  it("agrees with the parser on scripts and their one-character edits", () => {
    const edit = fc.record({
      at: fc.nat(200),
      removed: fc.constantFrom(0, 1, 1),
      added: fc.oneof(character, fc.constant("")),
    });
    fc.assert(
      fc.property(sedScript, fc.array(edit, { minLength: 1, maxLength: 6 }), (script, edits) => {
        agrees(script);
        for (const { at, removed, added } of edits) {
          const place = at % (script.length + 1);
          agrees(script.slice(0, place) + added + script.slice(place + removed));
        }
      }),
      { numRuns: 500 },
    );
  });

  it("agrees with the parser on random strings", () => {
    const text = fc.array(character, { maxLength: 9 }).map((parts) => parts.join(""));
    fc.assert(fc.property(text, agrees), { numRuns: 3000 });
  });

  it("agrees with the parser on every delimiter and every character in its place", () => {
    for (let code = 1; code < 0x180; code++) {
      const mark = String.fromCharCode(code);
      for (const script of [
        `s${mark}a${mark}b${mark}`,
        `y${mark}a${mark}b${mark}`,
        `\\${mark}a${mark}p`,
        `s${mark}[${mark}]${mark}\\${mark}${mark}g`,
      ])
        agrees(script);
    }
    expect(delimiters.length).toBe(93);
  });
});
