import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parse } from "../../src/language/parse.js";
import { ok } from "../../src/language/result.js";
import { span } from "../../src/language/span.js";
import { type Pipeline, wordText } from "../../src/language/syntax.js";
import { withoutSpans } from "./build.js";
import { nastyText } from "./nasty.js";
import { pipelineGrammar } from "./pipeline-grammar.js";
import { sentences } from "./sentence.js";

const accepted = (text: string): Pipeline => {
  const parsed = parse(text);
  if (!parsed.ok) throw new Error(`${JSON.stringify(text)} was refused: ${parsed.error.message}`);
  return parsed.value;
};

describe("parse", () => {
  it("gives every node its place in the text", () => {
    expect(parse(" a\\\nb'c' |\nd \"\\$\"\\\n # e")).toEqual(
      ok({
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
          },
          {
            kind: "command",
            span: span(11, 17),
            words: [
              { kind: "word", span: span(11, 12), pieces: [{ kind: "bare", text: "d", span: span(11, 12) }] },
              { kind: "word", span: span(13, 17), pieces: [{ kind: "double", text: "$", span: span(13, 17) }] },
            ],
          },
        ],
      }),
    );
  });

  it("ends a word and its last piece before the continuations that follow", () => {
    expect(accepted("ab\\\n\\\n c\\\n'd'").commands[0].words).toMatchObject([
      { span: span(0, 2), pieces: [{ span: span(0, 2) }] },
      { span: span(7, 13), pieces: [{ span: span(7, 8) }, { span: span(10, 13) }] },
    ]);
  });

  it("gives spans whose own text is the command, the word and the piece again", () => {
    fc.assert(
      fc.property(sentences(pipelineGrammar, "text"), (text) => {
        for (const command of accepted(text).commands) {
          const alone = accepted(text.slice(command.span.start, command.span.end));
          expect(withoutSpans(alone)).toEqual(withoutSpans({ ...alone, commands: [command] }));
          for (const word of command.words) {
            const again = accepted(`x ${text.slice(word.span.start, word.span.end)}`).commands[0].words[1];
            expect(again && wordText(again)).toBe(wordText(word));
          }
        }
      }),
    );
  });

  it("gives spans that follow each other and touch inside a word but for continuations", () => {
    fc.assert(
      fc.property(sentences(pipelineGrammar, "text"), (text) => {
        for (const { words } of accepted(text).commands) {
          for (const { pieces, span } of words) {
            expect(pieces[0].span.start).toBe(span.start);
            expect(pieces.at(-1)?.span.end).toBe(span.end);
            for (const [index, piece] of pieces.entries()) {
              const next = pieces[index + 1]?.span.start ?? piece.span.end;
              expect(text.slice(piece.span.end, next)).toMatch(/^(\\\n)*$/);
            }
          }
        }
      }),
    );
  });

  it("says where the problem is, inside the text", () => {
    fc.assert(
      fc.property(nastyText(12), (text) => {
        const parsed = parse(text);
        if (parsed.ok) return;
        const { start, end } = parsed.error.span;
        expect(start >= 0 && start <= end && end <= text.length).toBe(true);
        expect(end > start || text === "").toBe(true);
      }),
      { numRuns: 5000 },
    );
  });

  it("reports what is wrong furthest to the left", () => {
    expect(parse("if [ $x ]; then")).toMatchObject({ error: { code: "reserved-word" } });
    expect(parse("a | | $x")).toMatchObject({ error: { code: "empty-stage" } });
    expect(parse("a\nb $x")).toMatchObject({ error: { code: "several-commands" } });
    expect(parse("a > 'b")).toMatchObject({ error: { code: "redirect-output" } });
  });

  it("takes a text of exactly 1 MiB", () => {
    expect(parse("x".repeat(1_048_576))).toMatchObject({ ok: true });
    expect(parse("x".repeat(1_048_577))).toMatchObject({ ok: false, error: { code: "text-too-long" } });
  });
});
