import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { check } from "../../src/check.js";
import { type Bench, benchMachine } from "../executor/bench-machine.js";
import { runText } from "./run-text.js";

/** A line of `security/attacks/expansions.jsonl`: `text` is refused as it is written, `run` when its data is there. */
type Attack = {
  readonly id: string;
  readonly command: string;
  readonly expect: "deny" | "allow";
  readonly when: string;
};

const lines = readFileSync(new URL("../../security/attacks/expansions.jsonl", import.meta.url), "utf8")
  .split("\n")
  .filter((line) => line !== "")
  // The file is ours, and the first test looks at its lines.
  .map((line): Attack => ({ when: "allow", ...JSON.parse(line) }));

const KEYS = { AWS_ACCESS_KEY_ID: "AKIDEXAMPLE", AWS_SECRET_ACCESS_KEY: "secret" };

let bench: Bench;
beforeAll(() => {
  bench = benchMachine({ operator: { FAKE_AWS: JSON.stringify({ answer: JSON.stringify(credentials) }), ...KEYS } });
  writeFileSync(join(bench.machine.workspace, "notes.txt"), "a\nb\n");
});
afterAll(() => bench.remove());

const credentials = { Version: 1, AccessKeyId: KEYS.AWS_ACCESS_KEY_ID, SecretAccessKey: KEYS.AWS_SECRET_ACCESS_KEY };

const of = (when: string): readonly Attack[] => lines.filter((line) => line.when === when);

describe("security/attacks/expansions.jsonl", () => {
  it("has lines of three kinds, every id once", () => {
    expect(new Set(lines.map(({ id }) => id)).size).toBe(lines.length);
    expect(of("text").length + of("run").length + of("allow").length).toBe(lines.length);
    expect(lines.filter(({ when, expect: expected }) => (when === "allow") !== (expected === "allow"))).toEqual([]);
  });

  it.each(of("text"))("$id is refused as it is written: $command", ({ command }) => {
    expect(["deny", "problem"]).toContain(check(command, bench.book).verdict);
  });

  it.each(of("run"))("$id is refused when its data is there: $command", async ({ command }) => {
    expect(await runText(bench, command)).toMatchObject({ refused: expect.stringMatching(/^[a-z-]+$/) });
  });

  it.each(of("allow"))("$id runs: $command", async ({ command }) => {
    expect(await runText(bench, command)).toMatchObject({ status: 0 });
  });
});
