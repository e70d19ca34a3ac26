import { describe, expect, it } from "vitest";
import type { Argument } from "../../../src/plan/plan.js";
import { sizeProblem } from "../../../src/plan/sizes.js";
import { fillCommand } from "../../../src/utilities/xargs/fill-command.js";
import { itemsOf } from "../../../src/utilities/xargs/items-of.js";
import { limitsBeside } from "../../../src/utilities/xargs/run-limits.js";
import { aCall } from "./a-call.js";

const span = { start: 0, end: 0 };

const command = (...texts: readonly string[]): readonly [Argument, ...Argument[]] => [
  { text: "echo", span },
  ...texts.map((text) => ({ text, span })),
];

describe("limitsBeside", () => {
  it("leaves to the items what the command's words do not take", () => {
    const all = limitsBeside([]);
    const beside = limitsBeside(command("é"));
    expect(all).toEqual({ words: 8192, bytes: 1024 * 1024 - 8 * 8192, itemBytes: 120 * 1024 });
    expect(beside).toEqual({ words: 8190, bytes: all.bytes - 8, itemBytes: all.itemBytes });
  });

  it.each([
    ["by its words", command("x".repeat(100_000)), "y ".repeat(90_000)],
    ["by its bytes", command("x".repeat(100_000)), `${"é".repeat(100)} `.repeat(5_000)],
    ["by its items", command(), `${"x".repeat(120 * 1024 - 1)} `.repeat(8)],
  ])("keeps each run a command that may run, %s", (_rule, words, input) => {
    const runs = itemsOf(aCall({ command: 1 }), input, limitsBeside(words));
    if (!runs.ok) throw new Error(runs.error.message);
    const problems = runs.value.map((items) => sizeProblem({ arguments: fillCommand(aCall(), words, items), span }));
    expect(problems).toEqual(runs.value.map(() => undefined));
    expect(runs.value.length).toBeGreaterThan(1);
  });
});
