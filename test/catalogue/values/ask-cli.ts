import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseLoadedValue, parseOptionValue, type ValueShape } from "../../../src/catalogue/values/option-value.js";
import { parseShorthand } from "../../../src/catalogue/values/shorthand.js";
import { parseStrictJson } from "../../../src/catalogue/values/strict-json.js";
import { needAws } from "../../provision/needs.js";
import { runProgram } from "../../provision/run-program.js";

export type Question =
  | { readonly read: "shorthand" | "json"; readonly text: string }
  /** An option's words on the command line. */
  | { readonly read: "words"; readonly shape: ValueShape; readonly words: readonly string[] }
  /** What an option's parameter file holds. */
  | { readonly read: "file"; readonly shape: ValueShape; readonly text: string };

/** A value as nested lists, see `plain` in `ask_cli.py`. */
export type Plain = readonly unknown[];

export type Answer = { readonly value: Plain } | { readonly refused: string };

/** How the real CLI reads each value: one start of the CLI for all of them. */
export const askCli = async (questions: readonly Question[]): Promise<readonly Answer[]> => {
  const folder = await mkdtemp(join(tmpdir(), "ask-cli-"));
  try {
    return await askIn(folder, questions);
  } finally {
    await rm(folder, { recursive: true });
  }
};

const askIn = async (folder: string, questions: readonly Question[]): Promise<readonly Answer[]> => {
  const [config, asked, answered] = [join(folder, "config"), join(folder, "questions"), join(folder, "answers")];
  await writeFile(config, `[plugins]\ncli_legacy_plugin_path = ${HERE}\nask = ask_cli\n`);
  await writeFile(asked, questions.map((question) => `${JSON.stringify(question)}\n`).join(""));
  const env = { HOME: folder, AWS_CONFIG_FILE: config, ASK_QUESTIONS: asked, ASK_ANSWERS: answered };
  const run = await runProgram(needAws(), ["sts", "get-caller-identity"], { cwd: folder, env });
  if (!run.ok) throw new Error(`the CLI did not answer: ${run.stderr}`);
  return (await readFile(answered, "utf8")).trimEnd().split("\n").map(toAnswer);
};

const HERE = fileURLToPath(new URL(".", import.meta.url));

// `ask_cli.py` writes nothing else.
const toAnswer = (line: string): Answer => JSON.parse(line) as Answer;

/** The same question to our own readers. */
export const askOurs = (question: Question) => {
  switch (question.read) {
    case "shorthand":
      return parseShorthand(question.text);
    case "json":
      return parseStrictJson(question.text);
    case "words":
      return parseOptionValue(question.words, question.shape);
    case "file":
      return parseLoadedValue(question.text, question.shape);
  }
};
