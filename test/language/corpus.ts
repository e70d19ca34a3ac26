import { readdirSync, readFileSync } from "node:fs";

export type Entry = {
  readonly file: string;
  readonly title: string;
  readonly input: string;
  readonly expected: string;
};

const ENTRY = /# ([^\n]+)\n\n([\s\S]*?)\n\n==>\n\n([\s\S]*?)\n(?:\n(?=# )|$)/y;

/** All entries of a folder, in the format that `grammar/README.md` describes. */
export const readCorpus = (folder: URL): readonly Entry[] =>
  readdirSync(folder)
    .filter((file) => file.endsWith(".txt"))
    .sort()
    .flatMap((file) => readEntries(file, readFileSync(new URL(file, folder), "utf8")));

const readEntries = (file: string, source: string): Entry[] => {
  const entries: Entry[] = [];
  let at = 0;
  while (at < source.length) {
    ENTRY.lastIndex = at;
    const [all = "", title = "", input = "", expected = ""] = ENTRY.exec(source) ?? [];
    if (all === "") throw new Error(`${file} has no entry at ${JSON.stringify(source.slice(at, at + 60))}`);
    entries.push({ file, title, input: spelledOut(input), expected: spelledOut(expected) });
    at += all.length;
  }
  return entries;
};

/** `<U+0007>` stands for a character that an editor would not show, or not keep. */
const spelledOut = (written: string): string =>
  written.replace(/<U\+([0-9A-F]{4,6})>/g, (_, digits: string) => String.fromCodePoint(Number.parseInt(digits, 16)));
