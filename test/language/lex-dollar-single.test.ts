import { describe, expect, it } from "vitest";
import { literalText } from "../../src/language/literal-text.js";
import { onlyPipeline } from "../../src/language/only-pipeline.js";
import { parse } from "../../src/language/parse.js";
import { SEED } from "../seed.js";
import { compareWords } from "./compare-words.js";
import { shellPipelines } from "./dash.js";
import { partTexts } from "./nasty.js";
import { grammarAccepts } from "./pipeline-grammar.js";
import { runShell } from "./run-shell.js";
import { show } from "./show.js";

/** The value of what stands between dollar-single-quotes; `undefined` where it is refused. */
const value = (written: string): string | undefined => {
  const parsed = parse(`x $'${written}'`);
  const word = parsed.ok ? onlyPipeline(parsed.value)?.commands[0].words[1] : undefined;
  return word && literalText(word);
};

const digits = (count: number, base: number): string[] =>
  count === 0
    ? [""]
    : digits(count - 1, base).flatMap((rest) =>
        Array.from({ length: base }, (_, digit) => rest + digit.toString(base)),
      );

const CODES = [
  ...Array.from({ length: 0x5f }, (_, code) => `\\${String.fromCharCode(0x20 + code)}`),
  ...Array.from({ length: 0x5f }, (_, code) => `\\c${String.fromCharCode(0x20 + code)}`),
  ...["\\c\\\\", "\\x", "\\xg", "\\8", "\\é", "\\😀", "\\u0041", "\\U00000041", "\\c"],
  ...[1, 2, 3].flatMap((count) => digits(count, 8).map((each) => `\\${each}`)),
  ...[1, 2].flatMap((count) => digits(count, 16).flatMap((each) => [`\\x${each}`, `\\x${each.toUpperCase()}`])),
];

/** Behind each escape what could belong to it. */
const WRITTEN = CODES.flatMap((code) => ["", "0", "7", "8", "f", "z", "\\\\"].map((after) => `${code}${after}`)).filter(
  (written) => !/^\\c?'|^\\c\\[^\\]|^\\c?\\$|^\\c$/.test(written),
);

describe("lexDollarSingle", () => {
  it("gives the values of bash for every escape that there is, and refuses what bash makes into NUL, bytes or something of its own", () => {
    const accepted = WRITTEN.filter((written) => value(written) !== undefined);
    expect(accepted.length).toBeGreaterThan(1500);
    const theirs = shellPipelines(
      "/bin/bash",
      accepted.map((written) => `first $'${written}'`),
    );
    expect(accepted.map((written) => [[value(written)]])).toEqual(theirs);
  });

  it("accepts of all escapes exactly those of the grammar", () => {
    const wrong = WRITTEN.filter((written) => (value(written) !== undefined) !== grammarAccepts(`x $'${written}'`));
    expect(wrong).toEqual([]);
  });

  it("gives the words of bash for 6,000 random strings", () => {
    const [texts] = partTexts.filter(([part]) => part === "escapes").map(([, each]) => each);
    if (texts === undefined) throw new Error("there are no escapes");
    compareWords({
      texts: texts.filter((text) => text.includes("$'")),
      enough: 6000,
      seed: SEED,
      shell: "/bin/bash",
      fits: ({ pipeline }) => pipeline.commands.length === 1,
    });
  });

  it("means nothing between double quotes, where `$'` is refused as in the other shells' gap", () => {
    expect(runShell("/bin/bash", [`printf %s "$'a'"`])).toBe("$'a'");
    expect(show(parse(`echo "$'a'"`))).toBe("Problem(dollar, 6..7)");
  });
});
