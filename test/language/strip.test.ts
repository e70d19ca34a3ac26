import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parse } from "../../src/language/parse.js";
import { strip } from "../../src/language/strip.js";
import { withoutSpans } from "./build.js";
import { partTexts } from "./nasty.js";

const FENCE = "a Markdown fence around the command was left out";
const PROMPT = "the prompt `$` before the command was left out";

const stripped = (text: string) => {
  const { start, end, notes } = strip(text);
  return { left: text.slice(start, end), notes };
};

describe("strip", () => {
  it("leaves a text without anything around it alone", () => {
    for (const text of ["", "aws s3 ls", "  aws s3 ls\n", "echo $ a", "$", "$x", "# ```\na", "a\n```\nb\n```"])
      expect(strip(text)).toEqual({ start: 0, end: text.length, notes: [] });
  });

  it("leaves out one fence and one prompt, and says so", () => {
    expect(stripped("```\na\n```")).toEqual({ left: "a", notes: [FENCE] });
    expect(stripped("\n ```bash \n  a\n\n  ``` \n\n")).toEqual({ left: "  a\n", notes: [FENCE] });
    expect(stripped("$ a")).toEqual({ left: " a", notes: [PROMPT] });
    expect(stripped("\n\t$\ta")).toEqual({ left: "\ta", notes: [PROMPT] });
    expect(stripped("```console\n$ a\n$ b\n```\n")).toEqual({ left: " a\n$ b", notes: [FENCE, PROMPT] });
  });

  it("leaves nothing out where what is around the command is not certain", () => {
    for (const text of [
      "```\na",
      "```\na```",
      "```a```",
      "```\na\n```\nb",
      "```\na\n```\nb\n```",
      "````\na\n````",
      "``` a b\nc\n```",
    ])
      expect(strip(text)).toEqual({ start: 0, end: text.length, notes: [] });
  });

  it("gives a part that alone is read as the whole is", () => {
    const [, fences] = partTexts.find(([part]) => part === "fences") ?? [];
    if (fences === undefined) throw new Error("there are no fences");
    fc.assert(
      fc.property(fences, (text) => {
        const { start, end } = strip(text);
        const [whole, part] = [parse(text), parse(` ${text.slice(start, end)}`)];
        fc.pre(whole.ok);
        expect(withoutSpans(part)).toEqual(withoutSpans(whole));
      }),
      { numRuns: 3000 },
    );
  });
});
