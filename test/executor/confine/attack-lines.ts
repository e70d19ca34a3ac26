import { accessSync, constants, readFileSync, statSync } from "node:fs";
import { isAbsolute, join } from "node:path";
import { exampleWords } from "../../../src/utilities/example-words.js";

/** A line of security/attacks/utilities.jsonl, as the kernel gets to see it. */
export type AttackLine = {
  readonly id: string;
  readonly class: string;
  /** The last stage, as it is written. */
  readonly text: string;
  readonly words: readonly [string, ...string[]];
  /** Absolute path; undefined where the program is not installed. */
  readonly program: string | undefined;
};

/** Every line of the file. */
export const attackLines = (): readonly AttackLine[] =>
  readFileSync(new URL("../../../security/attacks/utilities.jsonl", import.meta.url), "utf8")
    .trim()
    .split("\n")
    // test/utilities/attacks.test.ts compares every line with this shape.
    .map((line) => JSON.parse(line) as { readonly id: string; readonly class: string; readonly command: string })
    .map(({ id, class: kind, command }) => attackLine(id, kind, command.slice("aws s3 ls | ".length)));

export const attackLine = (id: string, kind: string, text: string): AttackLine => {
  // A word that changes a shell is the name of a program when it is quoted, and only so does the language take it.
  const [name, ...args] = exampleWords(text) ?? exampleWords(text.replace(/^\S+/, "'$&'")) ?? [];
  if (name === undefined) throw new Error(`${id} has no words`);
  return { id, class: kind, text, words: [name, ...args], program: installed(name) };
};

const FOLDERS = ["/usr/bin", "/bin", "/usr/sbin", "/sbin", "/usr/local/bin"];

/** Where a program is, as a shell would look it up. */
const installed = (name: string): string | undefined => {
  if (isAbsolute(name)) return isProgram(name) ? name : undefined;
  if (!/^\w[^/]*$/.test(name)) return undefined;
  return FOLDERS.map((folder) => join(folder, name)).find(isProgram);
};

const isProgram = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
};
