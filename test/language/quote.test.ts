import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { literalText } from "../../src/language/literal-text.js";
import { parse } from "../../src/language/parse.js";
import { quoteArgv } from "../../src/language/quote.js";
import { runShell } from "./run-shell.js";
import { commandsOf } from "./walk.js";

const wordsOf = (line: string): readonly (string | undefined)[] | undefined => {
  const parsed = parse(line);
  return parsed.ok ? commandsOf(parsed.value)[0]?.words.map(literalText) : undefined;
};

const CHARACTERS = Array.from(`abc012*?[]{}~!^=%,:@+-./_ \t\n'"\\\`$|&;<>()#é\u00a0漢😀\x01\x02\x08\x0b\x1b\r\x7f`);

const argvs = fc.array(fc.string({ unit: fc.constantFrom(...CHARACTERS), maxLength: 8 }), { maxLength: 5 });

describe("quoteArgv", () => {
  it("quotes only where a word needs it, with escapes where a character has no shape", () => {
    expect(quoteArgv(["aws", "--query", "a b", "", "it's", "a\x1b[1m'\\"])).toBe(
      "aws --query 'a b' '' \"it's\" $'a\\033[1m\\'\\\\'",
    );
  });

  it("gives a line that our own parser reads as the same words", () => {
    fc.assert(
      fc.property(argvs, (argv) => {
        expect(wordsOf(quoteArgv(["x", ...argv]))).toEqual(["x", ...argv]);
      }),
      { numRuns: 5000 },
    );
  });

  it("gives lines that bash reads as the same words", () => {
    const all = fc.sample(argvs, 1000);
    const lines = all.map((argv) => `printf '%s\\0' ${quoteArgv([...argv, "end"])}`);
    expect(runShell("/bin/bash", lines).split("\0")).toEqual([...all.flatMap((argv) => [...argv, "end"]), ""]);
  });
});
