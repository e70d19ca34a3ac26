import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { check } from "../../src/check.js";
import { readSettings } from "../../src/settings.js";
import { ruleBookOf } from "../../src/start-engine.js";
import { loadCompiled } from "../../src/utilities/load-compiled.js";

export const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** The text of a page, by its path in the repository. */
export const pageAt = (path: string): string => readFileSync(new URL(path, new URL("../../", import.meta.url)), "utf8");

/** What stands between two marks of a page: `<!-- NAME -->` and `<!-- /NAME -->`. */
export const between = (page: string, name: string): string =>
  page.split(`<!-- ${name} -->\n`)[1]?.split(`<!-- /${name} -->`)[0] ?? "";

/** The cells of a table's rows, without those of its head. */
export const cellsOf = (table: string): readonly (readonly string[])[] =>
  table
    .split("\n")
    .filter((line) => line.startsWith("| "))
    .slice(2)
    .map((line) => line.slice(2, -2).split(" | "));

/** Code in a text and in its tables, as it is read. */
export const codes = (text: string): readonly string[] =>
  [...text.matchAll(/`([^`\n]+)`|<code>(.*?)<\/code>/g)].map(
    ([, span, html = ""]) => span ?? html.replaceAll("&#124;", "|"),
  );

/** A prompt of `awspipe` in a page, as the words that a reader would type, and what the page shows that it prints. */
export type Shown = { readonly args: readonly string[]; readonly output: string };

export const shownIn = (page: string): readonly Shown[] =>
  [...page.matchAll(/^\$ awspipe (.*)\n((?:(?!\$ |```).*\n)*)/gm)].map(([, line = "", output = ""]) => ({
    args: argumentsIn(line),
    output: output.trimEnd(),
  }));

// What stands between quotes here holds nothing that a shell would change.
const argumentsIn = (line: string): readonly string[] =>
  [...line.matchAll(/'([^']*)'|"([^"$`\\]*)"|(\S+)/g)].map(
    ([, single, double, bare]) => single ?? double ?? bare ?? "",
  );

/** Everything in a page that is a command: in code, between quotes, after a prompt; without places left open. */
export const commandsIn = (page: string): readonly string[] => {
  const blocks = [...page.matchAll(/^```.*?^```/gms)].map(([block]) => block);
  const inBlocks = blocks.flatMap((block) =>
    [...block.matchAll(/(?<!\w)'((?:aws|cat) [^'\n]*)'|"(aws [^"\n]*)"/g)].map(
      ([, single, double = ""]) => single ?? double,
    ),
  );
  const around = blocks.reduce((text, block) => text.replace(block, ""), page);
  const names = [...loadCompiled().utilities.keys(), "aws"];
  const inText = codes(around).filter((code) => names.some((name) => code.startsWith(`${name} `)));
  return [...new Set([...inBlocks, ...inText])].filter((command) => !command.includes("…"));
};

const book = ruleBookOf(readSettings({}), {}, "/workspace");

/** Verdict and code, as with no setting at all. */
export const judged = (command: string): string => {
  const { verdict, code } = check(command, book);
  return `${verdict} ${code}`;
};

/** The effects of a command's stages. */
export const effectsOf = (command: string): readonly string[] => check(command, book).effects;
