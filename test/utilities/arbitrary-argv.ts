import fc from "fast-check";
import type { PlainKind, Utility, UtilityOption } from "../../src/utilities/utility-grammar.js";
import { arbitraryExpression } from "./arbitrary-expression.js";

type Words = fc.Arbitrary<readonly string[]>;

/** What a test knows about a utility beyond its grammar: values that make sense, and options whose result changes from run to run. */
export type Sample = {
  readonly operands: Words;
  readonly values?: Readonly<Record<string, readonly string[]>>;
  /** Names that are left out; an option without a name left is left out. */
  readonly skip?: readonly string[];
  /** Places for `--` before the operands. */
  readonly dashes?: readonly (readonly string[])[];
  /** What it reads from its standard input. */
  readonly stdin?: string | Uint8Array;
  /** Words that stand before those of the call. */
  readonly given?: readonly string[];
  /** Flags that the user's call stands for, where the name is that of a script or of another program. */
  readonly runs?: readonly string[];
};

/** Calls made from the grammar: full, abbreviated, bundled and attached spellings, options among the operands, and words that only look like options. */
export const arbitraryArgv = (utility: Utility, sample: Sample): Words => {
  const options = utility.grammar.options
    .filter(({ refuse }) => refuse === undefined)
    .flatMap((option) => unskipped(sample, option));
  if (utility.grammar.syntax === "predicates") return withExpression(utility, options, sample);
  const piece = fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom(...options).chain((option) => spelledOption(utility, option, sample)) },
    { weight: 2, arbitrary: bundle(options) },
    { weight: 1, arbitrary: noise(utility, sample) },
  );
  const number = utility.number
    ? fc.oneof(
        fc.constant([]),
        fc.nat(30).map((n) => [`-${n}`]),
      )
    : fc.constant([]);
  return fc
    .tuple(
      number,
      fc.array(piece, { maxLength: 3 }),
      sample.operands,
      fc.constantFrom(...(sample.dashes ?? [[], [], ["--"]])),
      fc.array(piece, { maxLength: 1 }),
    )
    .map(([first, before, operands, dashes, after]) => [
      utility.grammar.name,
      ...first,
      ...before.flat(),
      ...dashes,
      ...operands,
      ...after.flat(),
    ]);
};

const withExpression = (utility: Utility, options: readonly UtilityOption[], sample: Sample): Words => {
  const named = options.filter(({ long }) => long.length > 0);
  const predicate = fc
    .constantFrom(...named)
    .chain((option) => spelledOption(utility, option, sample))
    .map(([name = "", ...values]) => [name.slice(1), ...values]);
  return fc
    .tuple(fc.constantFrom(...(sample.dashes ?? [[]])), sample.operands, arbitraryExpression(predicate))
    .map((parts) => [utility.grammar.name, ...parts.flat()]);
};

const unskipped = ({ skip = [] }: Sample, option: UtilityOption): readonly UtilityOption[] => {
  const long = option.long.filter((name) => !skip.includes(`--${name}`));
  const short = option.short.filter((name) => !skip.includes(`-${name}`));
  return long.length + short.length > 0 ? [{ ...option, long, short }] : [];
};

const spelledOption = (utility: Utility, option: UtilityOption, sample: Sample): Words => {
  const names = utility.grammar.syntax === "gnu" ? option.long.flatMap(prefixes) : option.long;
  const long = names.map((name) => `--${name}`);
  const short = option.short.map((name) => `-${name}`);
  const values = fc.tuple(...option.values.map((kind) => value(option, kind, sample)));
  return fc.tuple(fc.constantFrom(...long, ...short), values, fc.boolean()).map(([name, texts, apart]) => {
    if (utility.grammar.syntax === "dash") return behindDash(name, texts, apart);
    const [text] = texts;
    if (text === undefined || (option.optional && apart)) return [name];
    if (utility.grammar.syntax !== "gnu" || (apart && !option.optional)) return [name, ...texts];
    return [name.startsWith("--") ? `${name}=${text}` : `${name}${text}`];
  });
};

/** A full name stands behind one dash as well as two, and a letter can be written together with its value. */
const behindDash = (name: string, texts: readonly string[], apart: boolean): readonly string[] => {
  if (apart) return [name, ...texts];
  return name.startsWith("--") ? [name.slice(1), ...texts] : [name + texts.join("")];
};

/** The name, and every abbreviation of it, ambiguous ones included. */
const prefixes = (name: string): readonly string[] =>
  Array.from({ length: name.length }, (_, index) => name.slice(0, index + 1)).concat(name, name);

const bundle = (options: readonly UtilityOption[]): Words => {
  const flags = options.filter(({ values }) => values.length === 0).flatMap(({ short }) => short);
  if (flags.length === 0) return fc.constant([]);
  return fc.array(fc.constantFrom(...flags), { minLength: 1, maxLength: 4 }).map((letters) => [`-${letters.join("")}`]);
};

/** Letters of refused options too: what is read as a value here could be an option there. */
const noise = (utility: Utility, { skip = [] }: Sample): Words => {
  const letters = [...utility.short.keys(), "1", "-", "=", "+"].filter((letter) => !skip.includes(`-${letter}`));
  const words = fc.array(fc.constantFrom(...letters), { maxLength: 3 }).map((text) => `-${text.join("")}`);
  return words.filter((word) => word !== "--").map((word) => [word]);
};

const TEXTS = ["", "a", "-", "--", "-n", "x y", "=", "a,b", "1", "é"] as const;

const value = (option: UtilityOption, kind: PlainKind, sample: Sample): fc.Arbitrary<string> => {
  const given = sample.values?.[option.long[0] ?? option.short[0] ?? ""];
  if (given) return fc.constantFrom(...given);
  switch (kind.kind) {
    case "text":
      return fc.constantFrom(...TEXTS);
    case "regex":
      return fc.constantFrom("a", "[0-9]+", "x y", "^b", "a\\|b", "");
    case "integer":
      return fc.nat(20).map(String);
    case "count":
      return fc
        .tuple(fc.constantFrom("", ...kind.sign), fc.nat(20), fc.constantFrom("", "", "", "b", "K", "kB", "MiB"))
        .map((parts) => parts.join(""));
    case "size":
      return fc.constantFrom("1M", "2048", "4096K", "2m");
    case "one-of":
      return fc
        .constantFrom(...kind.of.flat())
        .chain((word) => fc.constantFrom(word, word.slice(0, 3), word.slice(0, 1)));
    case "shape":
      return fc.stringMatching(new RegExp(`^(?:${kind.pattern})$`));
    case "jq-program":
      return fc.constantFrom(".", ".a");
    case "sed-script":
      return fc.constantFrom("p", "s/a/b/");
    case "awk-program":
      return fc.constantFrom("{print $1}", "NR>1");
  }
};
