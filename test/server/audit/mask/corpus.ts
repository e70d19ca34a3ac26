import { readFileSync } from "node:fs";
import { join } from "node:path";

/** A command, and the secrets that nobody may read in its record, in every form in which they stand in it. */
export type SecretCommand = { readonly command: string; readonly secrets: readonly string[] };

const lines = (name: string): readonly string[] =>
  readFileSync(join(import.meta.dirname, name), "utf8")
    .split("\n")
    .filter((line) => line !== "");

// Each line is written by hand in this form.
export const secretCommands = lines("secret-commands.jsonl").map((line) => JSON.parse(line) as SecretCommand);

export const ordinaryCommands = lines("ordinary-commands.txt");
