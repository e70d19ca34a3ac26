import fc from "fast-check";
import { quote } from "shell-quote";
import { indexGrammars } from "../src/utilities/index-grammars.js";
import { loadGrammars } from "../src/utilities/load-grammars.js";
import { matchUtility } from "../src/utilities/match-utility.js";
import type { UtilityGrammars } from "../src/utilities/utility-grammar.js";
import { arbitraryArgv } from "../test/utilities/arbitrary-argv.js";
import { awkSamples } from "../test/utilities/samples/awk.js";
import { bytesSamples } from "../test/utilities/samples/bytes.js";
import { folderSamples } from "../test/utilities/samples/folders.js";
import { plainSamples } from "../test/utilities/samples/plain.js";
import { sedSamples } from "../test/utilities/samples/sed.js";
import { textSamples } from "../test/utilities/samples/text.js";
import { canonicalLaws } from "./canonical-laws.js";
import type { Nest } from "./nest.js";
import { runUtility } from "./run-utility.js";
import { argvs, filesOf, tokensOf } from "./seeds.js";
import type { Target } from "./target.js";

/** The matcher of the utilities: what it writes it reads as itself, and nothing of it lies outside the workspace. */
export const utilitiesTarget = (nest: Nest): Target => {
  const grammars = load();
  const match = (text: string) => matchUtility(grammars, text.split("\0"), nest.work);
  return {
    name: "utilities",
    seeds: [...new Set(argvs().map((words) => words.join("\0")))],
    tokens: [...tokensOf("utilities"), `\0${nest.secret}`, `\0${nest.work}/input.txt`, ...optionTokens(grammars)],
    grown: calls(grammars),
    judge: (text) => canonicalLaws(grammars, text.split("\0"), nest.work),
    oracle: {
      share: 0.4,
      batch: 1,
      suspicious: /secret|\.\.|\0\/|@/,
      known: [],
      ask: ([text = ""]) => {
        const matched = match(text);
        return matched.ok ? runUtility(nest, matched.value) : undefined;
      },
    },
    command: (text) => `aws s3 ls | ${quote(text.split("\0"))}`,
  };
};

const load = (): UtilityGrammars => {
  const loaded = loadGrammars(filesOf("grammar/utilities", ".yaml"));
  if (!loaded.ok) throw new Error(`the utilities' grammars have problems: ${JSON.stringify(loaded.error[0])}`);
  return indexGrammars(loaded.value);
};

const optionTokens = ({ utilities }: UtilityGrammars): readonly string[] => [
  ...new Set(
    [...utilities.values()].flatMap(({ grammar }) => [
      `${grammar.name}\0`,
      ...grammar.options.flatMap(({ long, short }) => [
        ...long.flatMap((name) => [`\0--${name}`, `\0--${name}=`, `\0--${name.slice(0, 4)}`, `\0-${name}`]),
        ...short.map((letter) => `\0-${letter}`),
      ]),
    ]),
  ),
];

/** Calls that the grammars make themselves, in every spelling. */
const calls = ({ utilities }: UtilityGrammars): fc.Arbitrary<string> =>
  fc.oneof(
    ...[...utilities].flatMap(([name, utility]) => {
      const sample = SAMPLES[name];
      return sample ? [arbitraryArgv(utility, sample).map((words) => words.join("\0"))] : [];
    }),
  );

const SAMPLES = { ...textSamples, ...plainSamples, ...bytesSamples, ...folderSamples, ...sedSamples, ...awkSamples };
