import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { judgeJqProgram } from "../../../src/utilities/jq/judge-jq-program.js";
import { jqProgram } from "./random-program.js";
import { type JqRun, runAll } from "./run-jq.js";

const CANARY = "tweet-7f3a9";
const directory = mkdtempSync(join(tmpdir(), "jq-"));
const library = join(directory, CANARY);

beforeAll(() => {
  for (const folder of [directory, library]) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "m.jq"), `def canary: "${CANARY}";`);
    writeFileSync(join(folder, "d.json"), JSON.stringify(CANARY));
  }
});

afterAll(() => rmSync(directory, { recursive: true }));

/** Everything a program could find out contains the canary: the environment, both module folders, and the name of one of them. */
const runWithCanary = (programs: readonly string[], options: readonly string[] = []): Promise<readonly JqRun[]> =>
  runAll(programs, ["-n", ...options], { PATH: process.env.PATH ?? "", HOME: directory, X: CANARY }, directory);

describe("a program that judgeJqProgram accepts", () => {
  it("is run where env, modules and the search list would show the canary", async () => {
    const leaks = [
      "env",
      "$ENV.X",
      "$ENV",
      'import "d" as $d; $d',
      'include "m"; canary',
      'import "m" as m; m::canary',
    ];
    const runs = [
      ...(await runWithCanary(leaks)),
      ...(await runWithCanary(["get_search_list", ...leaks], ["-L", library])),
    ];
    expect(runs.filter(({ output }) => !output.includes(CANARY))).toEqual([]);
  });

  it("prints nothing but what it was given", async () => {
    const count = { accepted: 0, ran: 0 };
    await fc.assert(
      fc.asyncProperty(fc.array(jqProgram, { minLength: 250, maxLength: 250 }), async (programs) => {
        const accepted = programs.filter((text) => judgeJqProgram(text).ok);
        const runs = await runWithCanary(accepted, ["-L", library]);
        count.accepted += accepted.length;
        count.ran += runs.filter(({ code }) => code === 0).length;
        expect(runs.filter(({ output }) => output.includes(CANARY))).toEqual([]);
      }),
      { numRuns: 14, endOnFailure: true },
    );
    expect(count.accepted).toBeGreaterThan(800);
    expect(count.ran).toBeGreaterThan(500);
  }, 120_000);
});
