import fc from "fast-check";
import { planText } from "../../src/check.js";
import { SETTINGS } from "./settings.js";

/** Another spelling of a command that means the same or worse. */
type Respelling = (argv: readonly string[], seed: number) => readonly string[];

/**
 * Other spellings of a command text: its words reordered, split, doubled and re-cased (where `how` is `all`), then each
 * written with other quotes, backslashes and blanks. A text that is not one pipeline gets other blanks around it only.
 */
export const respelled = (text: string, how: "all" | "same-words"): fc.Arbitrary<string> => {
  const planned = planText(text, SETTINGS);
  const around = [text, ` ${text}`, `\t${text}`, `${text} `];
  if (!planned.ok) return fc.constantFrom(...around, `${text} | cat`);
  // Lists and substitutions would have to be written anew.
  if (planned.value.pipelines.length > 1) return fc.constantFrom(...around);
  const stages = planned.value.stages.map((stage) => stage.arguments.map((argument) => argument.text));
  return fc
    .tuple(...stages.map((argv) => respelledStage(argv, how === "all" ? respellings : [same])))
    .chain((all) => fc.constantFrom(" | ", "|", "\t| ").map((bar) => all.join(bar)));
};

/** The same words in other quotes, backslashes and blanks. */
export const rewritten = (text: string): fc.Arbitrary<string> => respelled(text, "same-words");

const respelledStage = (argv: readonly string[], choice: readonly Respelling[]): fc.Arbitrary<string> =>
  fc
    .tuple(fc.constantFrom(...choice), fc.nat(100))
    .map(([respelling, seed]) => (argv[0] === "aws" ? respelling(argv, seed) : argv))
    .chain((words) => fc.tuple(...words.map(written)))
    .chain((words) => fc.constantFrom(" ", "  ", "\t", " \\\n ").map((blank) => words.join(blank)));

const written = (word: string): fc.Arbitrary<string> => {
  const single = `'${word.replaceAll("'", "'\\''")}'`;
  const double = `"${word.replaceAll(/[\\"$`]/g, "\\$&")}"`;
  const backslashes = word.replaceAll(/[^\n]/gu, "\\$&").replaceAll("\n", "'\n'");
  const quoted = [single, double, ...(word === "" ? [] : [backslashes])];
  const halved = `${single.slice(0, 1)}${word.slice(0, 1)}'"${word.slice(1)}"`;
  const plain = /^[A-Za-z0-9_./:=@,+-]+$/.test(word)
    ? [word, word, halved, `${word.slice(0, 1)}\\\n${word.slice(1)}`]
    : [];
  return fc.constantFrom(...quoted, ...plain);
};

const same: Respelling = (argv) => argv;

// Whole options with their values, so that their order can change.
const groups = (argv: readonly string[]): readonly (readonly string[])[] => {
  const result: string[][] = [[]];
  for (const word of argv) word.startsWith("--") ? result.push([word]) : result.at(-1)?.push(word);
  return result;
};

const reordered: Respelling = (argv) => {
  const [names = [], ...options] = groups(argv);
  return [...names, ...options.reverse().flat()];
};

const inline: Respelling = (argv) =>
  groups(argv).flatMap(([name = "", first, ...more]) =>
    name.startsWith("--") && !name.includes("=") && first !== undefined && more.length === 0
      ? [`${name}=${first}`]
      : [name, ...(first === undefined ? [] : [first, ...more])],
  );

const globalsFirst: Respelling = ([name = "", ...rest], seed) => [
  name,
  ...[["--output", "json"], ["--no-paginate"], ["--region=us-east-1"], ["--query", "help"]]
    .slice(0, 1 + (seed % 4))
    .flat(),
  ...rest,
];

// Names only: a value in other letters is another value, which AWS refuses.
const reCased: Respelling = (argv, seed) => {
  const names = argv.flatMap((word, index) => (index < 3 || word.startsWith("--") ? [index] : []));
  const at = names[seed % Math.max(1, names.length)];
  return argv.map((word, index) => (index === at ? word.replace(/^[^=]*/, (name) => name.toUpperCase()) : word));
};

const doubled: Respelling = (argv, seed) => {
  const [names = [], ...options] = groups(argv);
  const again = options[seed % Math.max(1, options.length)] ?? ["--region", "us-east-1", "--region", "us-west-2"];
  return [...names, ...options.flat(), ...again];
};

const appended: Respelling = (argv, seed) => [
  ...argv,
  ...([["--dry-run"], ["--generate-cli-skeleton"], ["--query", "help"], ["--no-cli-pager"]][seed % 4] ?? []),
];

const respellings = [same, reordered, inline, globalsFirst, reCased, doubled, appended];
