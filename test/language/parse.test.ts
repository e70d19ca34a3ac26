import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { literalText } from "../../src/language/literal-text.js";
import { onlyPipeline } from "../../src/language/only-pipeline.js";
import { parse } from "../../src/language/parse.js";
import { ok } from "../../src/language/result.js";
import { span } from "../../src/language/span.js";
import type { List } from "../../src/language/syntax.js";
import { list, pipeline, withoutSpans } from "./build.js";
import { nastyText, partTexts } from "./nasty.js";
import { pipelineGrammar } from "./pipeline-grammar.js";
import { sentences } from "./sentence.js";
import { commandsOf } from "./walk.js";

const accepted = (text: string): List => {
  const parsed = parse(text);
  if (!parsed.ok) throw new Error(`${JSON.stringify(text)} was refused: ${parsed.error.message}`);
  return parsed.value;
};

const sentence = sentences(pipelineGrammar, "text").filter((text) => parse(text).ok);

describe("parse", () => {
  it("gives every node of a pipeline its place in the text", () => {
    expect(onlyPipeline(accepted(" a\\\nb'c' |\nd \"\\$\"\\\n # e"))).toEqual({
      kind: "pipeline",
      span: span(1, 17),
      commands: [
        {
          kind: "command",
          span: span(1, 8),
          words: [
            {
              kind: "word",
              span: span(1, 8),
              pieces: [
                { kind: "bare", text: "ab", span: span(1, 5) },
                { kind: "single", text: "c", span: span(5, 8) },
              ],
            },
          ],
          redirections: [],
        },
        {
          kind: "command",
          span: span(11, 17),
          words: [
            { kind: "word", span: span(11, 12), pieces: [{ kind: "bare", text: "d", span: span(11, 12) }] },
            {
              kind: "word",
              span: span(13, 17),
              pieces: [
                { kind: "double", parts: [{ kind: "text", text: "$", span: span(14, 16) }], span: span(13, 17) },
              ],
            },
          ],
          redirections: [],
        },
      ],
    });
  });

  it("gives every node of a list its place in the whole text, a fence and a prompt before it counted", () => {
    const bare = (text: string, start: number) => {
      const where = span(start, start + text.length);
      return { kind: "word", pieces: [{ kind: "bare", text, span: where }], span: where };
    };
    const discarded = { kind: "discard", descriptor: 2, span: span(8, 20) };
    const first = {
      kind: "pipeline",
      commands: [{ kind: "command", words: [bare("a", 6)], redirections: [discarded], span: span(6, 20) }],
      span: span(6, 20),
    };
    const duplicated = { kind: "duplicate", descriptor: 2, to: 1, span: span(26, 28) };
    const second = {
      kind: "pipeline",
      commands: [
        { kind: "command", words: [bare("b", 24)], redirections: [duplicated], span: span(24, 25) },
        { kind: "command", words: [bare("c", 29)], redirections: [], span: span(29, 30) },
      ],
      span: span(24, 30),
    };
    const third = {
      kind: "pipeline",
      commands: [{ kind: "command", words: [bare("d", 33)], redirections: [], span: span(33, 34) }],
      span: span(33, 34),
    };
    expect(parse("```\n$ a 2> /dev/null && b |& c;\n d\n```")).toEqual(
      ok({
        kind: "list",
        items: [
          { kind: "and-or", first, rest: [{ operator: "&&", pipeline: second }], span: span(6, 30) },
          { kind: "and-or", first: third, rest: [], span: span(33, 34) },
        ],
        span: span(6, 34),
      }),
    );
  });

  it("gives every node of an expansion its place in the text", () => {
    const [, word] = commandsOf(accepted(`a x"b \${AWS_REGION}$(c )"$AWS_PROFILE`))[0]?.words ?? [];
    expect(word).toMatchObject({
      span: span(2, 37),
      pieces: [
        { kind: "bare", span: span(2, 3) },
        {
          kind: "double",
          span: span(3, 25),
          parts: [
            { kind: "text", text: "b ", span: span(4, 6) },
            { kind: "variable", name: "AWS_REGION", span: span(6, 19) },
            { kind: "substitution", span: span(19, 24), list: { span: span(21, 22) } },
          ],
        },
        { kind: "variable", name: "AWS_PROFILE", span: span(25, 37) },
      ],
    });
  });

  it("ends a word and its last piece before the continuations that follow", () => {
    expect(commandsOf(accepted("ab\\\n\\\n c\\\n'd'"))[0]?.words).toMatchObject([
      { span: span(0, 2), pieces: [{ span: span(0, 2) }] },
      { span: span(7, 13), pieces: [{ span: span(7, 8) }, { span: span(10, 13) }] },
    ]);
  });

  it("gives spans whose own text is the command, the word and the redirection again", () => {
    fc.assert(
      fc.property(sentence, (text) => {
        for (const command of commandsOf(accepted(text))) {
          const inside = command.redirections.filter((each) => each.span.end <= command.span.end);
          const alone = accepted(text.slice(command.span.start, command.span.end));
          expect(withoutSpans(alone)).toEqual(withoutSpans(list(pipeline({ ...command, redirections: inside }))));
          for (const word of command.words) {
            const [again] = commandsOf(accepted(`x ${text.slice(word.span.start, word.span.end)}`));
            expect(withoutSpans(again?.words[1])).toEqual(withoutSpans(word));
          }
          for (const { span } of inside) {
            const [again] = commandsOf(accepted(`x ${text.slice(span.start, span.end)}`));
            const same = inside.filter((each) => each.span.start === span.start);
            expect(withoutSpans(again?.redirections)).toEqual(withoutSpans(same));
          }
        }
      }),
    );
  });

  it("gives spans that follow each other and touch inside a word but for continuations", () => {
    fc.assert(
      fc.property(sentence, (text) => {
        for (const { pieces, span } of commandsOf(accepted(text)).flatMap(({ words }) => words)) {
          expect(pieces[0].span.start).toBe(span.start);
          expect(pieces.at(-1)?.span.end).toBe(span.end);
          for (const [index, piece] of pieces.entries()) {
            const next = pieces[index + 1]?.span.start ?? piece.span.end;
            expect(text.slice(piece.span.end, next)).toMatch(/^(\\\n)*$/);
          }
        }
      }),
    );
  });

  it.each([["what means something", nastyText(12)], ...partTexts] as const)(
    "says where the problem is, inside the text, for strings of %s",
    (_, texts) => {
      fc.assert(
        fc.property(texts, (text) => {
          const parsed = parse(text);
          if (parsed.ok) return;
          const { start, end } = parsed.error.span;
          expect(start >= 0 && start <= end && end <= text.length).toBe(true);
          expect(end > start || text === "").toBe(true);
        }),
        { numRuns: 3000 },
      );
    },
  );

  it("reports what is wrong furthest to the left", () => {
    expect(parse("if [ $x ]; then")).toMatchObject({ error: { code: "reserved-word" } });
    expect(parse("X=$(a | | b)")).toMatchObject({ error: { code: "assignment" } });
    expect(parse("a | | $x")).toMatchObject({ error: { code: "empty-stage" } });
    expect(parse("a && $x || ; b")).toMatchObject({ error: { code: "variable" } });
    expect(parse("a $(b $y) $x")).toMatchObject({ error: { code: "variable", span: span(6, 8) } });
    expect(parse("$(a | | b)")).toMatchObject({ error: { code: "computed-program" } });
    expect(parse("a > 'b")).toMatchObject({ error: { code: "redirect-output" } });
    expect(parse(`${"a;".repeat(100)}if`)).toMatchObject({ error: { code: "too-many-pipelines" } });
  });

  it("takes a text of exactly 1 MiB", () => {
    expect(parse("x".repeat(1_048_576))).toMatchObject({ ok: true });
    expect(parse("x".repeat(1_048_577))).toMatchObject({ ok: false, error: { code: "text-too-long" } });
  });

  it("counts the pipelines of the whole text, wherever they stand", () => {
    const hundred = `a ${"$(b) ".repeat(49)}"$(c; d && e)"; ${"f || ".repeat(46)}g`;
    expect(parse(hundred)).toMatchObject({ ok: true });
    expect(parse(`${hundred} | h`)).toMatchObject({ ok: true });
    expect(parse(`${hundred}; h`)).toMatchObject({ ok: false, error: { code: "too-many-pipelines" } });
    expect(parse(`${hundred} $(h)`)).toMatchObject({ ok: false, error: { code: "too-many-pipelines" } });
  });

  it("knows the literal text of every word without an expansion, and of no other", () => {
    const texts = (text: string) => commandsOf(accepted(text))[0]?.words.map(literalText);
    expect(texts(`a\\ b 'c'"d\\"" $'\\t' "" $ x$AWS_REGION "$(e)" "\${AWS_PROFILE}" f$(g)`)).toEqual([
      ...["a b", `cd"`, "\t", "", "$"],
      ...[undefined, undefined, undefined, undefined],
    ]);
  });
});
