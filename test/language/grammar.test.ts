import { readdirSync, readFileSync } from "node:fs";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parse } from "../../src/language/parse.js";
import { firstWordText, nastyCharacter, nastyText, partTexts } from "./nasty.js";
import { grammarAccepts, pipelineGrammar } from "./pipeline-grammar.js";
import { sentences } from "./sentence.js";

const flat = (rule: string): string => rule.replace(/\s+/g, " ");

const sourceFolder = new URL("../../src/language/", import.meta.url);

const quotedRules = readdirSync(sourceFolder).flatMap((file) =>
  (readFileSync(new URL(file, sourceFolder), "utf8").match(/(?<=^ *\/\/ )[a-z]+ = .* ;$/gm) ?? []).map(flat),
);

/** What the head of the grammar says beside its rules. */
const LIMITS = ["substitution-too-deep", "too-many-pipelines"];

const agrees = (text: string): void => {
  const parsed = parse(text);
  if (!parsed.ok && LIMITS.includes(parsed.error.code)) return;
  const accepted = grammarAccepts(text);
  if (parsed.ok !== accepted) {
    throw new Error(`grammar ${accepted ? "accepts" : "refuses"} ${JSON.stringify(text)}: ${JSON.stringify(parsed)}`);
  }
};

describe("grammar/pipeline.ebnf", () => {
  it("has every rule that stands above a function of the parser", () => {
    const grammar = flat(readFileSync(new URL("../../grammar/pipeline.ebnf", import.meta.url), "utf8"));
    expect(quotedRules.length).toBeGreaterThan(15);
    expect(quotedRules.filter((rule) => !grammar.includes(rule))).toEqual([]);
  });

  it("generates nothing that the parser refuses", () => {
    fc.assert(
      fc.property(sentences(pipelineGrammar, "text"), (text) => {
        const parsed = parse(text);
        fc.pre(parsed.ok || !LIMITS.includes(parsed.error.code));
        expect(parsed).toMatchObject({ ok: true });
      }),
      { numRuns: 5000 },
    );
  });

  it("agrees with the parser after one character was inserted, removed or replaced", () => {
    const edit = fc.record({
      at: fc.nat(200),
      removed: fc.constantFrom(0, 1, 1),
      added: fc.oneof(nastyCharacter, fc.constant("")),
    });
    fc.assert(
      fc.property(
        sentences(pipelineGrammar, "text", 60),
        fc.array(edit, { minLength: 1, maxLength: 20 }),
        (text, edits) => {
          for (const { at, removed, added } of edits) {
            const place = at % (text.length + 1);
            agrees(text.slice(0, place) + added + text.slice(place + removed));
          }
        },
      ),
      { numRuns: 2000 },
    );
  });

  it("agrees with the parser on random strings", () => {
    fc.assert(fc.property(nastyText(12), agrees), { numRuns: 30_000 });
  });

  it.each(partTexts)("agrees with the parser on strings of what %s are made of", (_, texts) => {
    fc.assert(fc.property(texts, agrees), { numRuns: 10_000 });
  });

  it("agrees with the parser on what may name a program", () => {
    fc.assert(fc.property(firstWordText, agrees), { numRuns: 10_000 });
  });

  it("agrees with the parser on every string of three characters that mean something", () => {
    const all = Array.from(new Set("\\\n'\"$`|&;<>()# -=!{x2é\0"));
    for (const a of all) for (const b of all) for (const c of all) agrees(`${a}${b}${c}`);
  });

  it("agrees with the parser on every single character, bare and quoted", () => {
    for (let code = 0; code <= 0xffff; code++) {
      if (code > 0x2100 && code < 0xd700) continue;
      for (const text of [`x ${String.fromCharCode(code)}`, `x '${String.fromCharCode(code)}'`]) agrees(text);
    }
  });
});
