import { readFileSync } from "node:fs";

/** A text as a command prints it, and what is to become of it. */
export type Case = { readonly from: string; readonly given: string; readonly hidden: string; readonly secrets: number };

/**
 * Texts with secrets: `«rule:secret»` says what is to be hidden, and by which rule. Every `‸` is taken out: it stands
 * inside of what would look like a live secret to those who search code for them. None of them is one.
 */
export const secretCases = (): readonly Case[] => read("secrets.jsonl");

/** Texts that look like secrets and have to stay as they are. */
export const lookAlikes = (): readonly Case[] => read("look-alikes.jsonl");

const read = (name: string): readonly Case[] =>
  readFileSync(new URL(name, import.meta.url), "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => {
      // The files are ours, and every line has both.
      const { from, text } = JSON.parse(line) as { readonly from: string; readonly text: string };
      const whole = text.replaceAll("‸", "");
      return {
        from,
        given: whole.replace(MARKED, "$2"),
        hidden: whole.replace(MARKED, "[redacted: $1]"),
        secrets: whole.match(MARKED)?.length ?? 0,
      };
    });

const MARKED = /«([\w-]+):([^»]*)»/g;
