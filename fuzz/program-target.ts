import { quote } from "shell-quote";
import type { Result } from "../src/language/result.js";
import type { ValueProblem } from "../src/utilities/value-problem.js";
import type { Nest } from "./nest.js";
import { type Call, runBatch } from "./run-batch.js";
import { programs } from "./seeds.js";
import type { Judgement, Target } from "./target.js";

/** What a program argument of a utility is known by. */
export type ProgramLanguage = {
  /** The folder of its tests, and the first of its names. */
  readonly name: string;
  readonly names: readonly string[];
  /** Besides those of the corpora. */
  readonly seeds?: readonly string[];
  readonly tokens: readonly string[];
  /** What a program holds that tries to get out. */
  readonly suspicious: RegExp;
  readonly calls: readonly Call[];
  /** Programs that show the canary or change a file. */
  readonly known: readonly string[];
  readonly judge: (program: string) => Result<undefined, ValueProblem>;
};

/** A language of programs: what its judge accepts may run without any sandbox. */
export const programTarget = (language: ProgramLanguage, nest: Nest, grown?: Target["grown"]): Target => ({
  name: language.name,
  seeds: [...new Set([...programs(language.names, language.name), ...language.known, ...(language.seeds ?? [])])],
  tokens: language.tokens,
  ...(grown && { grown }),
  judge: (text) => judgement(language.judge(text)),
  oracle: {
    share: 0.5,
    batch: 64,
    suspicious: language.suspicious,
    known: language.known,
    ask: (texts) => {
      const harmless = texts.filter((text) => !HARMFUL.test(text) && !text.includes("\0"));
      if (harmless.length === 0) return undefined;
      for (const call of language.calls) {
        const bad = runBatch(nest, call, harmless);
        if (bad !== undefined) return bad;
      }
      return undefined;
    },
  },
  command: (text) => `aws s3 ls | ${quote([language.name, text])}`,
});

/** Words that attacks in the corpora hold and that nobody wants to run, should they be accepted by mistake. */
const HARMFUL = /\b(?:rm|mv|dd|kill\w*|mkfs\S*|shutdown|reboot|halt|chmod|chown|curl|wget|nc|ssh|crontab|sudo)\b/;

const judgement = (judged: Result<undefined, ValueProblem>): Judgement => {
  if (judged.ok) return { accepted: true, answer: judged };
  const { code, message, hint } = judged.error;
  const lines = [code, message, hint].every((text) => /^[^\p{Cc}\u2028\u2029]+$/u.test(text));
  return { accepted: false, answer: judged.error, ...(!lines && { broken: "refuses with more than a line" }) };
};
