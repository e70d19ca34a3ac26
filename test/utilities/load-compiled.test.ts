import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { loadCompiled } from "../../src/utilities/load-compiled.js";
import { writeCompiled } from "../../src/utilities/write-compiled.js";
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
    expect(writeCompiled(from, folder)).toEqual([]);
    expect(loadCompiled(folder)).toEqual(grammars);
  });

  it("keeps one compiled file", () => {
    writeFileSync(join(folder, `utilities-${"0".repeat(64)}.json`), "{}");
    expect(writeCompiled(from, folder)).toEqual([]);
    expect(readdirSync(folder).length).toBe(2);
  });

  it("throws when the file is not what its hash says", () => {
    writeCompiled(from, folder);
    writeFileSync(compiled(), readFileSync(compiled(), "utf8").replace("writes a file", "writes a fil"));
    expect(() => loadCompiled(folder)).toThrow(/has the hash [0-9a-f]{64}, not the one in its manifest; build again/);
  });

  it("throws when the file or the manifest is missing or names no hash", () => {
    writeCompiled(from, folder);
    rmSync(compiled());
    expect(() => loadCompiled(folder)).toThrow(
      /cannot read .*utilities-[0-9a-f]{64}\.json: the grammars are compiled by `npm run build`/,
    );
    writeFileSync(join(folder, "manifest.json"), '{"utilities": "../../x"}');
    expect(() => loadCompiled(folder)).toThrow(/names no compiled utilities/);
    rmSync(join(folder, "manifest.json"));
    expect(() => loadCompiled(folder)).toThrow(/cannot read .*manifest\.json/);
  });
});

describe("writeCompiled", () => {
  it("writes nothing and names file and line when an example fails", () => {
    const bad = mkdtempSync(join(tmpdir(), "bad-"));
    const text = readFileSync(join(from, "cat.yaml"), "utf8").replace('"cat -bsT"', '"cat -bsX"');
    writeFileSync(join(bad, "cat.yaml"), text);
    const line = text.split("\n").findIndex((content) => content.includes("-bsX")) + 1;
    const problem = `${bad}/cat.yaml:${line}: \`cat -bsX\` should be accepted: \`cat\` has no option \`-X\``;
    expect(writeCompiled(bad, join(bad, "out"))).toEqual([problem]);
    expect(readdirSync(bad)).toEqual(["cat.yaml"]);
    rmSync(bad, { recursive: true });
  });
});
