import { err, ok, type Result } from "../../language/result.js";
import { judgeValue } from "../judge-value.js";
import type { ReadOption } from "../reading.js";
import { refusal, type UtilityRefusal } from "../refusal.js";
import type { ValueProblem } from "../value-problem.js";
import { readDelimiter } from "./read-delimiter.js";
import { readReplace } from "./read-replace.js";

/** What the options of a call say. */
export type Settings = {
  readonly character?: string;
  readonly replace?: string;
  readonly maxItems?: number;
  readonly maxLines?: number;
  readonly parallel?: number;
  readonly skipsEmpty?: true;
  readonly traces?: true;
};

/**
 * Reads the options of a call. One that is given twice has to say the same, since GNU silently lets the last win.
 *
 * Problems: `bad-value`, `repeated-option`.
 */
export const readSettings = (options: readonly ReadOption[]): Result<Settings, UtilityRefusal> => {
  let settings: Settings = {};
  for (const option of options) {
    const one = readSetting(option);
    if (!one.ok) return one;
    const both = { ...one.value, ...settings };
    if (NAMES.some((name) => one.value[name] !== undefined && one.value[name] !== both[name])) return repeated(option);
    settings = both;
  }
  return ok(settings);
};

const NAMES = ["character", "replace", "maxItems", "maxLines", "parallel", "skipsEmpty", "traces"] as const;

const readSetting = ({ option, values, spelled, argument }: ReadOption): Result<Settings, UtilityRefusal> => {
  const reader = READERS[option.short[0] ?? ""];
  if (reader === undefined) throw new Error(`\`${spelled}\` of xargs is in its grammar, and nothing reads it`);
  const [kind] = option.values;
  const [slice] = values;
  const judged = kind && slice ? judgeValue(kind, slice.text, `\`${spelled}\``) : ok(undefined);
  const setting = judged.ok ? reader(slice?.text) : judged;
  return setting.ok ? setting : err({ ...setting.error, argument: slice?.argument ?? argument });
};

type Reader = (text: string | undefined) => Result<Settings, ValueProblem>;

/** By the option's letter; the value is undefined where the option was given without one. */
const READERS: Readonly<Record<string, Reader>> = {
  0: () => ok({ character: "\0" }),
  d: (text = "") => {
    const character = readDelimiter(text);
    return character.ok ? ok({ character: character.value }) : character;
  },
  I: (text) => replacing(text),
  i: (text) => replacing(text),
  L: (text) => ok({ maxLines: Number(text) }),
  l: (text = "1") => ok({ maxLines: Number(text) }),
  n: (text) => ok({ maxItems: Number(text) }),
  P: (text) => ok({ parallel: Number(text) }),
  r: () => ok({ skipsEmpty: true }),
  t: () => ok({ traces: true }),
};

const replacing: Reader = (text = "{}") => {
  const replace = readReplace(text);
  return replace.ok ? ok({ replace: replace.value }) : replace;
};

const repeated = ({ spelled, argument }: ReadOption) => {
  const message = `\`${spelled}\` of \`xargs\` contradicts what was said before it, and only one of them can count`;
  return refusal("repeated-option", argument, message, "write it once: `xargs -n 1 echo`");
};
