/**
 * `awspipe://grammar`: the guide, what `grammar/README.md` says of the language and of its differences from a shell, and the
 * definition itself.
 *
 * Throws when the README has no such sections.
 */
export const grammarPage = (guide: string, readme: string, ebnf: string): string =>
  [
    guide,
    ...["In short", "Differences from dash and POSIX, on purpose"].map((title) => section(readme, title)),
    `## The grammar\n\n\`\`\`\`ebnf\n${ebnf.trim()}\n\`\`\`\`\n`,
  ].join("\n");

const section = (readme: string, title: string): string => {
  const text = readme.split(/^(?=## )/m).find((part) => part.startsWith(`## ${title}\n`));
  if (text === undefined) throw new Error(`grammar/README.md has no section \`${title}\``);
  return text.replace(/(?:^\|.*\|\n)+/gm, asList).replace(CODE, asCode);
};

// A model reads the text and not what a browser makes of it; a list needs no other spelling of `|`.
const asList = (table: string): string => {
  const [head = [], , ...rows] = table.trimEnd().split("\n").map(cells);
  return rows.map(([first = "", ...rest]) => `- ${first}: ${row(head.slice(1), rest)}\n`).join("");
};

const cells = (line: string): readonly string[] =>
  line
    .slice(1, -1)
    .split(/ \|(?= )/)
    .map((cell) => cell.trim());

const row = (head: readonly string[], rest: readonly string[]): string =>
  head.length === 1
    ? rest.join("")
    : rest.flatMap((cell, index) => (cell === "" ? [] : [`${head[index]}: ${cell}`])).join("; ");

// `<code>&#124;</code>` is how Markdown has a pipe in a table.
const CODE = /<code>(.*?)<\/code>/g;
const asCode = (_: string, code: string): string => `\`${code.replaceAll("&#124;", "|")}\``;
