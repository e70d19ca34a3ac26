import { describe, expect, it } from "vitest";
import { check } from "../../../src/check.js";
import type { ErrorRow } from "../../../src/executor/aws-errors/error-row.js";
import { resolvingRows } from "../../../src/executor/aws-errors/resolving-rows.js";
import { deniedHint } from "../../../src/server/aws-errors/denied-hint.js";
import { errorRows } from "../../../src/server/aws-errors/error-rows.js";
import { exitMeaning } from "../../../src/server/aws-errors/exit-meaning.js";
import { readSettings } from "../../../src/settings.js";
import { ruleBookOf } from "../../../src/start-engine.js";

const rows: readonly ErrorRow[] = [...errorRows, ...resolvingRows];
const words = { code: undefined, operation: undefined, others: 0 };
const ENCODED = "Encoded authorization failure message: aB";

/** Every hint that there can be, with what stands for the values in it. */
const hints: readonly string[] = [
  ...rows.map(({ hint }) => hint.replaceAll("{region}", "eu-west-1").replaceAll("{profile}", "PROFILE")),
  ...["", "x"].flatMap((shown) =>
    [1, 2, 7, 130, 252, 253, 254, 255].map((code) => exitMeaning(code, { ...words, message: shown, shown }).hint),
  ),
  deniedHint({ ...words, message: ENCODED, shown: ENCODED }) ?? "",
];

const book = ruleBookOf(readSettings({}), {}, "/workspace");

const commandsIn = (hint: string): readonly string[] =>
  [...hint.matchAll(/`(aws [^`]+)`/g)].map(([, command = ""]) => command);

describe("the rows", () => {
  it("say in one line what is wrong and what to do, as every message of ours", () => {
    expect(rows.map(({ says }) => says).filter((text) => !/^[a-z][^\n]*[^.\n]$/.test(text))).toEqual([]);
    expect(hints.filter((text) => !/^[a-z][^\n]*[^.\n]$/.test(text))).toEqual([]);
  });

  it("name no command that would not run, but for the operator's terminal", () => {
    const asked = hints.filter((hint) => !hint.includes("in a terminal")).flatMap(commandsIn);
    expect(asked.length).toBeGreaterThan(45);
    expect([...new Set(asked)].filter((command) => check(command, book).verdict !== "allow")).toEqual([]);
  });

  it("send to a terminal only what does not run here", () => {
    const asked = hints.filter((hint) => hint.includes("in a terminal")).flatMap(commandsIn);
    expect([...new Set(asked)].sort()).toEqual([
      "aws login --profile PROFILE",
      "aws sso login --profile PROFILE",
      "aws sts get-caller-identity --profile PROFILE",
    ]);
    expect(asked.filter((command) => check(command, book).verdict !== "deny")).toEqual([]);
  });

  it("are all reachable: none stands behind another that knows the same", () => {
    const plain = rows.filter(({ words: said, operations }) => said === undefined && operations === undefined);
    const codes = plain.filter((row) => !resolvingRows.includes(row)).flatMap((row) => row.codes ?? []);
    expect(codes.filter((code, index) => codes.indexOf(code) !== index)).toEqual([]);
  });

  it("know patterns that take no time on any text", () => {
    const long = ["a", "-a", "a.", " a", "aws-1.", 'Could not connect to the endpoint URL: "https://'].map((text) =>
      text.repeat(4000 / text.length),
    );
    const started = performance.now();
    for (const { words: said, like } of rows) for (const text of long) [said?.test(text), like?.test(text)];
    expect(performance.now() - started).toBeLessThan(500);
  });
});
