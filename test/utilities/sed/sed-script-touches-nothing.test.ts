import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { judgeSedScript } from "../../../src/utilities/sed/judge-sed-script.js";
import { sedScript } from "./random-sed-script.js";
import { runSed } from "./run-sed.js";

const CANARY = "tweet-7f3a9";
const INPUT = "input-of-5c2e";
const folder = mkdtempSync(join(tmpdir(), "sed-"));
const files = { c: `${CANARY}\n`, [INPUT]: "a\nb/a\nca 1\n\n" };

const layOut = () => {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
};

beforeAll(layOut);
afterAll(() => rmSync(folder, { recursive: true }));

const kept = () => {
  const names = readdirSync(folder);
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(folder, name), "utf8")]));
};

/** What a script shows of files or does to them in a sed without its sandbox; where it did something, it is undone. */
const touches = (script: string, options: readonly string[] = []): readonly string[] => {
  const { stdout, stderr } = runSed([...options, "-e", script, "--", INPUT], folder);
  const found = kept();
  const changed = Object.keys({ ...found, ...files }).filter((name) => found[name] !== { ...files }[name]);
  for (const name of changed) rmSync(join(folder, name), { force: true });
  if (changed.length > 0) layOut();
  return [...changed, ...[CANARY, INPUT].filter((secret) => stdout.includes(secret) || stderr.includes(secret))];
};

describe("a script in a sed without its sandbox", () => {
  it.each([
    ["w x", "x"],
    ["W x", "x"],
    ["$!d;w c", "c"],
    ["/a/!{w x\n}", "x"],
    ["0~2W x", "x"],
    ["s/a/b/w x", "x"],
    ["s/a/b/gpw x", "x"],
    ["s/a/b/ 2 w x", "x"],
    ["a foo\\\nbar\nw x", "x"],
    ["r c", CANARY],
    ["0,/a/r c", CANARY],
    ["R c", CANARY],
    ["1e >x", "x"],
    ["s/.*/>x/e", "x"],
    ["s|.*|>x|Ige", "x"],
    ["s/.*/>x/;e", "x"],
    ["s/[/]*.*/>x/;e", "x"],
    ["e read l<c;echo $l", CANARY],
    ["F", INPUT],
  ])("touches files with %j", (script, what) => {
    expect(touches(script)).toEqual([what]);
    expect(judgeSedScript(script).ok).toBe(false);
  });
});

describe("a script that judgeSedScript accepts", () => {
  it("touches no file in a sed without its sandbox", () => {
    const count = { accepted: 0, refused: 0 };
    const options = fc.constantFrom<readonly string[]>([], ["-n"], ["-E"], ["-s"], ["-z"], ["--posix"]);
    fc.assert(
      fc.property(sedScript, options, (script, flags) => {
        const { ok } = judgeSedScript(script);
        count[ok ? "accepted" : "refused"] += 1;
        if (ok) expect(touches(script, flags)).toEqual([]);
      }),
      { numRuns: Number(process.env.SED_RUNS ?? 3000) },
    );
    expect(count.accepted).toBeGreaterThan(300);
    expect(count.refused).toBeGreaterThan(300);
  });
});
