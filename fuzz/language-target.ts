import fc from "fast-check";
import { onlyPipeline } from "../src/language/only-pipeline.js";
import { parse } from "../src/language/parse.js";
import { print } from "../src/language/print.js";
import { withoutSpans } from "../test/language/build.js";
import { dashPipelines } from "../test/language/dash.js";
import { fields } from "../test/language/fields.js";
import { acceptableText, firstWordText, nastyText, partTexts } from "../test/language/nasty.js";
import { type Runnable, runnable } from "../test/language/runnable.js";
import { commands, tokensOf } from "./seeds.js";
import type { Judgement, Oracle, Target } from "./target.js";

/** The lexer and parser of the language: what is printed reads as the same tree, and words are those of dash. */
export const languageTarget = (): Target => ({
  name: "language",
  seeds: commands(),
  tokens: tokensOf("language"),
  grown: fc.oneof(nastyText(60), firstWordText, acceptableText(60), ...partTexts.map(([, texts]) => texts)),
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
    accepted: onlyPipeline(parsed.value)?.commands.length === 1,
    answer: parsed,
    ...(!same && { broken: "reads what it prints as something else" }),
  };
};

/** The command as something that dash may run. Home directories are a difference on purpose. */
const runnableCommand = (text: string): readonly Runnable[] => {
  const run = runnable(text);
  if (run === undefined || run.pipeline.commands.length > 1 || /~\w/.test(text)) return [];
  return [run];
};

const words = ({ pipeline }: Runnable): readonly string[] => {
  const [{ words }] = pipeline.commands;
  return fields(words.slice(1));
};

const dash: Oracle = {
  share: 0.15,
  batch: 500,
  suspicious: /[$`\\~]/,
  known: [],
  ask: (texts) => {
    const asked = texts.flatMap(runnableCommand);
    const theirs = dashWords(asked.map(({ text }) => text));
    const other = asked.find((run, index) => JSON.stringify(words(run)) !== JSON.stringify(theirs[index]?.[0]));
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
