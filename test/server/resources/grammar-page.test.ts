import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { check } from "../../../src/check.js";
import { compileTexts } from "../../../src/server/resources/compile-texts.js";
import { grammarPage } from "../../../src/server/resources/grammar-page.js";
import { loadTexts } from "../../../src/server/resources/resource-texts.js";
import { ruleBook } from "../../policy/rule-book.js";

const GRAMMAR = join(import.meta.dirname, "../../../grammar");

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "awspipe-texts-"));
  compileTexts(GRAMMAR, folder);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The blocks of a page, by their language. */
const blocks = (page: string, language: string): readonly string[] =>
  page.split(/^`{3,4}/m).flatMap((part, index) => {
    const [first = "", ...lines] = part.split("\n");
    return index % 2 === 1 && first === language ? [lines.join("\n")] : [];
  });

describe("awspipe://grammar", () => {
  it("shows only commands that are let through", () => {
    const book = ruleBook();
    const commands = blocks(loadTexts(folder).grammar, "").flatMap((block) => block.trim().split("\n"));
    expect(commands.length).toBe(6);
    expect(commands.map((command) => [command, check(command, book).verdict])).toEqual(
      commands.map((command) => [command, "allow"]),
    );
  });

  it("has the whole definition", () => {
    const ebnf = readFileSync(join(GRAMMAR, "pipeline.ebnf"), "utf8");
    expect(blocks(loadTexts(folder).grammar, "ebnf")).toEqual([ebnf]);
  });

  it("has every row of the tables of differences as an item of a list, and no table", () => {
    const { grammar } = loadTexts(folder);
    const readme = readFileSync(join(GRAMMAR, "README.md"), "utf8");
    const rows = readme.split("\n").filter((line) => /^\| (?!---|written)/.test(line));
    expect(rows.length).toBeGreaterThan(60);
    expect(grammar.split("\n").filter((line) => line.startsWith("- ")).length).toBe(rows.length + 7);
    expect(grammar).not.toMatch(/^\|/m);
    expect(grammar).not.toMatch(/&#124;|<code>/);
    expect(grammar).toContain("- `|&`: the same for the error stream too");
    expect(grammar).toContain(
      "- `*` `?` `[a-z]` unquoted: `dash`: names of matching files; here: literal; why: JMESPath",
    );
    expect(grammar).toContain(
      "- `\\0` `\\xe9` in `$'…'`: here: refused: `escaped-nul`, `escaped-byte`; why: no argument holds NUL",
    );
  });

  it("is not made of a README without its sections", () => {
    expect(() => grammarPage("", "## In short\n\nnothing\n", "")).toThrow(
      "grammar/README.md has no section `Differences from dash and POSIX, on purpose`",
    );
  });

  it("is not read when it is not what was compiled", () => {
    const own = mkdtempSync(join(tmpdir(), "awspipe-texts-"));
    try {
      compileTexts(GRAMMAR, own);
      const file = join(own, readdirSync(own).find((name) => name.endsWith(".json")) ?? "");
      writeFileSync(file, `${readFileSync(file, "utf8")} `);
      expect(() => loadTexts(own)).toThrow("is not what its name says; build again");
      expect(() => loadTexts(join(own, "nowhere"))).toThrow("it is made by `npm run build`");
    } finally {
      rmSync(own, { recursive: true, force: true });
    }
  });
});
