import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { check } from "../src/check.js";
import { plainText } from "../src/commands/check.js";
import { decideEffect } from "../src/policy/security-mode.js";
import { readSettings, settingRows } from "../src/settings.js";
import { ruleBookOf } from "../src/start-engine.js";
import { loadCompiled } from "../src/utilities/load-compiled.js";

const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
const between = (name: string): string => readme.split(`<!-- ${name} -->\n`)[1]?.split(`<!-- /${name} -->`)[0] ?? "";

const becauseOf = (utility: string): string => {
  const text = readFileSync(new URL(`../grammar/utilities/${utility}.yaml`, import.meta.url), "utf8");
  return z.object({ because: z.string() }).parse(parse(text)).because.trim();
};

describe("README.md", () => {
  it("lists every setting with its default", () => {
    const rows = settingRows.map((row) => `| \`${row.name}\` | ${row.default} | ${row.says} |\n`);
    expect(between("settings")).toBe(`| setting | default | what it does |\n| --- | --- | --- |\n${rows.join("")}`);
  });

  it("lists every utility with its reason", () => {
    const rows = [...loadCompiled().utilities.keys()].sort().map((name) => `| \`${name}\` | ${becauseOf(name)} |\n`);
    expect(between("utilities")).toBe(`| utility | why it is there |\n| --- | --- |\n${rows.join("")}`);
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
