import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fillStage } from "../../src/plan/fill-stage.js";
import type { Stage, TemplatePart, TemplateWord } from "../../src/plan/plan.js";
import { DEFAULT_STREAMS } from "../../src/plan/streams.js";
import { unknownArgument } from "../../src/plan/unknown-argument.js";

const span = { start: 0, end: 1 };

/** `text` for a literal part, `[output]` for an unquoted and `[[output]]` for a quoted one. */
type Part = string | readonly [string] | readonly [readonly [string]];

const outputs = new WeakMap<TemplatePart, string>();

const partOf = (part: Part): TemplatePart => {
  if (typeof part === "string") return { kind: "text", text: part };
  const [inner] = part;
  const quoted = typeof inner !== "string";
  const made: TemplatePart = { kind: "output", steps: [{ when: "always", pipeline: 0 }], quoted, span };
  outputs.set(made, quoted ? inner[0] : inner);
  return made;
};

const filled = (...words: readonly (readonly Part[])[]) => {
  const template: readonly TemplateWord[] = words.map((parts) => ({ parts: parts.map(partOf), span }));
  const name: TemplateWord = { parts: [{ kind: "text", text: "echo" }], span };
  const stage: Stage = {
    arguments: [unknownArgument(name), ...template.map(unknownArgument)],
    span,
    streams: DEFAULT_STREAMS,
    template: [name, ...template],
  };
  return fillStage(stage, (part) => outputs.get(part) ?? "");
};

const texts = (...words: readonly (readonly Part[])[]): readonly string[] | string => {
  const result = filled(...words);
  return result.ok ? result.value.arguments.slice(1).map(({ text }) => text) : result.error.code;
};

describe("fillStage", () => {
  it.each<[string, readonly (readonly Part[])[], readonly string[] | string]>([
    ["divides unquoted output at blanks, tabs and newlines", [[["a b\tc\n\nd\n"]]], ["a", "b", "c", "d"]],
    ["keeps quoted output whole but for newlines at its end", [[[["a b\n c\n\n"]]]], ["a b\n c"]],
    ["joins the ends to what stands beside them", [["x", ["a b"], "y"]], ["xa", "by"]],
    ["parts at blanks at the ends", [["x", [" a b "], "y"]], ["x", "a", "b", "y"]],
    ["keeps newlines at the end of quoted output out, blanks in", [["<", [["a \n"]], ">"]], ["<a >"]],
    ["puts several into one word", [[["a"], "-", [["b c"]], ["d e"]]], ["a-b cd", "e"]],
    ["reads nothing in it", [[["$(id) 'a b' ; * {} `x` \\"]]], ["$(id)", "'a", "b'", ";", "*", "{}", "`x`", "\\"]],
    ["refuses output that is nothing", [["x", [""]]], "expansion-empty"],
    ["refuses output of blanks alone, quoted too", [[[[" \n"]]]], "expansion-empty"],
  ])("%s", (_, words, expected) => {
    expect(texts(...words)).toEqual(expected);
  });

  it("marks exactly what came from the output", () => {
    const result = filled(["x", ["a b"], "y"]);
    expect(result.ok && result.value.arguments).toEqual([
      { text: "echo", span },
      { text: "xa", span, expanded: [{ start: 1, end: 2 }] },
      { text: "by", span, expanded: [{ start: 0, end: 1 }] },
    ]);
  });

  it("refuses what has become too large for the kernel", () => {
    expect(texts([[["a".repeat(70_000)]], [["b".repeat(70_000)]]])).toBe("argument-too-long");
  });

  it("changes nothing but the places of outputs, whatever they are", () => {
    const part = fc.oneof(
      fc.stringMatching(/^[a-z'"$;|]{1,3}$/),
      fc.tuple(fc.string({ minLength: 1 })),
      fc.tuple(fc.tuple(fc.string({ minLength: 1 }))),
    );
    fc.assert(
      fc.property(fc.array(fc.array(part, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 3 }), (words) => {
        const result = filled(...words);
        if (!result.ok) return;
        // Without the marked parts, all that is left is the literal text, in its order.
        const literal = result.value.arguments
          .slice(1)
          .map(({ text, expanded = [] }) => [...text].length && withoutParts(text, expanded))
          .join("");
        const written = words.flatMap((parts) => parts.filter((each) => typeof each === "string")).join("");
        expect(literal).toBe(written);
        expect(result.value.template).toBe(undefined);
      }),
    );
  });
});

const withoutParts = (text: string, parts: readonly { readonly start: number; readonly end: number }[]): string =>
  parts.toReversed().reduce((rest, { start, end }) => rest.slice(0, start) + rest.slice(end), text);
