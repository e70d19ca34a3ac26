import { describe, expect, it } from "vitest";
import { optionAlone } from "../../src/utilities/option-alone.js";
import { readGnu } from "../../src/utilities/read-gnu.js";
import type { Utility, UtilityOption } from "../../src/utilities/utility-grammar.js";

const option = (long: string, short: string, more: Partial<UtilityOption> = {}): UtilityOption => ({
  long: [long],
  short: [short],
  values: [],
  optional: false,
  turns: false,
  joins: false,
  ...more,
});

const count = option("count", "n", { values: [{ kind: "text" }] });
const endless = option("endless", "e", { needs: "count", hint: "write `demo -e -n 5`" });
const quick = option("quick", "q", { needs: "count" });

const demo: Utility = {
  grammar: {
    name: "demo",
    runs: "demo",
    paths: ["/usr/bin/demo"],
    syntax: "gnu",
    strictOrder: false,
    terminator: true,
    negatives: false,
    responseFiles: false,
    reads: [],
    scratch: false,
    adds: [],
    options: [count, endless, quick],
    operands: [],
  },
  long: new Map([count, endless, quick].map((each) => [each.long[0] ?? "", each])),
  longNames: ["count", "endless", "quick"],
  short: new Map([count, endless, quick].map((each) => [each.short[0] ?? "", each])),
  adds: [],
};

const judged = (...words: readonly string[]) => {
  const reading = readGnu(demo, ["demo", ...words]);
  return reading.ok ? optionAlone(demo, reading.value.options) : reading;
};

describe("optionAlone", () => {
  it.each([[], ["-n", "5"], ["-e", "-n5"], ["-n5", "-e"], ["-eqn", "5"], ["--end", "--co=1"]])(
    "takes an option with the one it needs, before or behind it: %s",
    (...words) => expect(judged(...words)).toEqual({ ok: true, value: undefined }),
  );

  it("refuses it alone, and says what its hint says", () => {
    const message = "option `-e` of `demo` is not allowed without `--count`";
    expect(judged("x", "-e")).toEqual({
      ok: false,
      error: { code: "refused-option", argument: 2, message, hint: "write `demo -e -n 5`" },
    });
  });

  it("names the option that is missing where there is no hint", () => {
    const message = "option `--qui` of `demo` is not allowed without `--count`";
    expect(judged("--qui")).toEqual({
      ok: false,
      error: { code: "refused-option", argument: 1, message, hint: "write `--count` as well" },
    });
  });
});
