import fc from "fast-check";
import { parse } from "../src/language/parse.js";
import { print } from "../src/language/print.js";
import { type Pipeline, wordText } from "../src/language/syntax.js";
import { withoutSpans } from "../test/language/build.js";
import { dashPipelines } from "../test/language/dash.js";
import { acceptableText, firstWordText, nastyText } from "../test/language/nasty.js";
import { commands, tokensOf } from "./seeds.js";
import type { Judgement, Oracle, Target } from "./target.js";

/** The lexer and parser of the language: what is printed reads as the same tree, and words are those of dash. */
export const languageTarget = (): Target => ({
  name: "language",
  seeds: commands(),
  tokens: tokensOf("language"),
  grown: fc.oneof(nastyText(60), firstWordText, acceptableText(60)),
  judge,
  oracle: dash,
  command: (text) => text,
});

const judge = (text: string): Judgement => {
  const parsed = parse(text);
  if (!parsed.ok) return { accepted: false, answer: parsed };
  const again = parse(print(parsed.value));
  const same = again.ok && JSON.stringify(withoutSpans(again.value)) === JSON.stringify(withoutSpans(parsed.value));
  return {
    accepted: parsed.value.commands.length === 1,
    answer: parsed,
    ...(!same && { broken: "reads what it prints as something else" }),
  };
};

const words = ({ commands }: Pipeline): readonly string[] => commands[0].words.map(wordText);

/** The command with a word before it that dash knows: it prints the others. Home directories are a difference on purpose. */
const behindFirst = (text: string): readonly string[] => {
  const parsed = parse(text);
  if (!parsed.ok || parsed.value.commands.length > 1) return [];
  const [command] = parsed.value.commands;
  const pieces = command.words.flatMap((word) => word.pieces);
  if (pieces.some((piece) => piece.kind === "bare" && /~\w/.test(piece.text))) return [];
  return [`${text.slice(0, command.span.start)}first ${text.slice(command.span.start)}`];
};

const dash: Oracle = {
  share: 0.15,
  batch: 500,
  suspicious: /[$`\\~]/,
  known: [],
  ask: (texts) => {
    const asked = texts.flatMap(behindFirst);
    const theirs = dashWords(asked);
    const other = asked.find((text, index) => {
      const parsed = parse(text);
      return !parsed.ok || JSON.stringify(words(parsed.value).slice(1)) !== JSON.stringify(theirs[index]?.[0]);
    });
    return other === undefined ? undefined : "reads other words than dash";
  },
};

/** Nothing where dash does not like one of the texts. */
const dashWords = (texts: readonly string[]): ReturnType<typeof dashPipelines> => {
  try {
    return dashPipelines(texts);
  } catch {
    return [];
  }
};
