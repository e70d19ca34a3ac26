import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { compileGrammars } from "../../src/utilities/compile-grammars.js";
import { loadCompiled } from "../../src/utilities/load-compiled.js";
import { grammars } from "./grammar-files.js";

let folder = "";
const from = new URL("../../grammar/utilities", import.meta.url).pathname;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "compiled-"));
});

afterAll(() => rmSync(folder, { recursive: true }));

const compiled = (): string => join(folder, readdirSync(folder).find((name) => name.startsWith("utilities-")) ?? "");

describe("loadCompiled", () => {
  it("gives what the YAML files say", () => {
    expect(compileGrammars(from, folder)).toEqual([]);
    expect(loadCompiled(folder)).toEqual(grammars);
  });

  it("keeps one compiled file", () => {
    writeFileSync(join(folder, `utilities-${"0".repeat(64)}.json`), "{}");
    expect(compileGrammars(from, folder)).toEqual([]);
    expect(readdirSync(folder).length).toBe(2);
  });

  it("throws when the file is not what its hash says", () => {
    compileGrammars(from, folder);
    writeFileSync(compiled(), readFileSync(compiled(), "utf8").replace("writes a file", "writes a fil"));
    expect(() => loadCompiled(folder)).toThrow(/utilities-[0-9a-f]{64}\.json is not what its name says; build again/);
  });

  it("throws when the file or its hash is missing or names no hash", () => {
    compileGrammars(from, folder);
    rmSync(compiled());
    expect(() => loadCompiled(folder)).toThrow(
      /cannot read .*utilities-[0-9a-f]{64}\.json; it is made by `npm run build`/,
    );
    writeFileSync(join(folder, "utilities.sha256"), "../../x");
    expect(() => loadCompiled(folder)).toThrow(/utilities\.sha256 names no hash/);
    rmSync(join(folder, "utilities.sha256"));
    expect(() => loadCompiled(folder)).toThrow(/cannot read .*utilities\.sha256/);
  });
});

describe("compileGrammars", () => {
  it("writes nothing and names file and line when an example fails", () => {
    const bad = mkdtempSync(join(tmpdir(), "bad-"));
    const text = readFileSync(join(from, "cat.yaml"), "utf8").replace('"cat -bsT"', '"cat -bsX"');
    writeFileSync(join(bad, "cat.yaml"), text);
    const line = text.split("\n").findIndex((content) => content.includes("-bsX")) + 1;
    const problem = `${bad}/cat.yaml:${line}: \`cat -bsX\` should be accepted: \`cat\` has no option \`-X\``;
    expect(compileGrammars(bad, join(bad, "out"))).toEqual([problem]);
    expect(readdirSync(bad)).toEqual(["cat.yaml"]);
    rmSync(bad, { recursive: true });
  });
});
