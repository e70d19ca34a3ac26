import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse as parseYaml } from "yaml";
import { literalText } from "../src/language/literal-text.js";
import { onlyPipeline } from "../src/language/only-pipeline.js";
import { parse } from "../src/language/parse.js";
import { repository } from "../test/provision/repository.js";

/** Commands that the project writes down: attacks, the examples of the utilities, the inputs of the grammar's corpus. */
export const commands = (): readonly string[] =>
  [
    ...textsOf("security/attacks", ".jsonl").flatMap((text) => text.split("\n").flatMap(commandOf)),
    ...textsOf("grammar/utilities", ".yaml").flatMap(examplesOf),
    ...textsOf("grammar/corpus", ".txt").flatMap((text) =>
      text.split(/^# .*$/m).map((entry) => entry.split("\n==>\n", 1)[0]?.trim() ?? ""),
    ),
  ].filter((text) => text.length < LONGEST);

/** The argvs of all stages of commands that the language accepts. */
export const argvs = (): readonly (readonly string[])[] =>
  commands().flatMap((command) => {
    const parsed = parse(command);
    const pipeline = parsed.ok ? onlyPipeline(parsed.value) : undefined;
    return (pipeline?.commands ?? []).map(({ words }) => words.map((word) => literalText(word) ?? ""));
  });

/** The arguments that a program is given somewhere, and the lines and paragraphs of the texts that its own tests keep. */
export const programs = (names: readonly string[], folder: string): readonly string[] =>
  [
    ...argvs().flatMap(([name = "", ...words]) => (names.includes(name) ? words : [])),
    ...textsOf(`test/utilities/${folder}`, ".txt").flatMap((text) => [...text.split("\n"), ...text.split("\n\n")]),
  ].filter((text) => text.length < LONGEST);

/** Every edit of a long text costs as much as many of short ones. */
const LONGEST = 2_000;

/** A dictionary of this folder: one JSON string on each line. */
export const tokensOf = (name: string): readonly string[] =>
  readFileSync(join(repository, "fuzz", "tokens", `${name}.txt`), "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line): string => JSON.parse(line));

const textsOf = (folder: string, ending: string): readonly string[] => filesOf(folder, ending).map(({ text }) => text);

export const filesOf = (folder: string, ending: string): readonly { readonly file: string; readonly text: string }[] =>
  readdirSync(join(repository, folder))
    .filter((file) => file.endsWith(ending))
    .map((file) => ({ file, text: readFileSync(join(repository, folder, file), "utf8") }));

const commandOf = (line: string): readonly string[] => {
  if (line === "") return [];
  const { command }: { command?: unknown } = JSON.parse(line);
  return typeof command === "string" ? [command] : [];
};

const examplesOf = (text: string): readonly string[] => {
  const { accepts = [], refuses = [] }: { accepts?: readonly string[]; refuses?: readonly string[] } = parseYaml(text);
  return [...accepts, ...refuses].filter((example) => typeof example === "string");
};
