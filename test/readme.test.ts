import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { check } from "../src/check.js";
import { plainText } from "../src/commands/check.js";
import { decideEffect } from "../src/policy/security-mode.js";
import { readSettings, settingRows } from "../src/settings.js";
import { ruleBookOf } from "../src/start-engine.js";
import { parsedGrammars } from "../src/utilities/compile-grammars.js";
import { loadCompiled } from "../src/utilities/load-compiled.js";
import { utilitiesPage } from "../src/utilities/utilities-page.js";

const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
const between = (name: string): string => readme.split(`<!-- ${name} -->\n`)[1]?.split(`<!-- /${name} -->`)[0] ?? "";

describe("README.md", () => {
  it("lists every setting with its default", () => {
    const rows = settingRows.map((row) => `| \`${row.name}\` | ${row.default} | ${row.says} |\n`);
    expect(between("settings")).toBe(`| setting | default | what it does |\n| --- | --- | --- |\n${rows.join("")}`);
  });

  it("names every utility", () => {
    const names = [...loadCompiled().utilities.keys()].sort().map((name) => `\`${name}\``);
    expect(between("utilities").replaceAll("\n", " ").trim()).toBe(names.join(" "));
  });

  it("shows what each mode says of each effect", () => {
    const rows = [...readme.matchAll(/^\| `([a-z-]+)` \| ([a-z +]+) \| ([a-z +]+) \| ([a-z +]+) \|$/gm)];
    expect(rows.length).toBe(10);
    for (const [, effect, ...cells] of rows) {
      const modes = (["read-only", "strict", "permissive"] as const).map((mode) =>
        decideEffect(mode, effect as "read"),
      );
      expect(cells).toEqual(modes.map((word) => (word === "warn" ? "allow + warning" : word)));
    }
  });

  it("shows what the command line prints", () => {
    const book = ruleBookOf(readSettings({}), {}, "/workspace");
    const shown = [...readme.matchAll(/^\$ awspipe (run|check) '(.*)'\n((?:(?!\$ |```).*\n)*)/gm)];
    expect(shown.length).toBe(3);
    for (const [, how, command = "", output] of shown) {
      const checked = check(command, book);
      if (how === "run") expect(checked.verdict).toBe("allow");
      else expect(output?.trimEnd()).toBe(plainText(checked).split("\nruns:")[0]?.trimEnd());
    }
  });
});

describe("docs/utilities.md", () => {
  it("says of every utility what it may do and why it is there", () => {
    const folder = fileURLToPath(new URL("../grammar/utilities", import.meta.url));
    expect(readFileSync(new URL("../docs/utilities.md", import.meta.url), "utf8")).toBe(
      utilitiesPage(parsedGrammars(folder)),
    );
  });
});
