import { readFileSync } from "node:fs";
import { type Grammar, type Node, readGrammar } from "../../language/ebnf.js";
import { isSentence } from "../../language/recognise.js";

const ONCE_FOR_EACH = "(* Once for each delimiter. *)";

const source = readFileSync(new URL("../../../grammar/sed-script.ebnf", import.meta.url), "utf8");

export const sedRules = source.replace(/\s+/g, " ");

/** Every delimiter of `delimiter` in the grammar. */
export const delimiters = Array.from({ length: 0x7e - 0x20 }, (_, index) => String.fromCharCode(0x21 + index)).filter(
  (mark) => mark !== "\\",
);

/** The grammar with the rules after the mark written out for some delimiters, and each of them any of those. */
const writtenOut = (marks: readonly string[]): string => {
  const [plain = "", repeated = ""] = source.split(ONCE_FOR_EACH);
  const rules = [...repeated.matchAll(/^([a-z]+) +=/gm)].map(([, name = ""]) => name);
  const own = [...rules, "mark"];
  const one = (mark: string): string =>
    `mark = ? U+${mark.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")} ? ;\n${repeated}`.replace(
      /"[^"]*"|\(\*[\s\S]*?\*\)|[a-z]+/g,
      (word) => (own.includes(word) ? word + letters(mark) : word),
    );
  const any = rules.map((name) => `${name} = ${marks.map((mark) => name + letters(mark)).join(" | ")} ;`);
  return [plain, ...any, ...marks.map(one)].join("\n");
};

const letters = (mark: string): string =>
  Array.from(mark.charCodeAt(0).toString().padStart(3, "0"), (digit) => "abcdefghij"[Number(digit)]).join("");

export const sedGrammarOf = (marks: readonly string[]) => readGrammar(writtenOut(marks));

const SCRIPT: Node = { kind: "rule", name: "script" };

const known = new Map<string, Grammar>();

/** What the grammar says of a script, without any of the parser's code. A delimiter that is not in it cannot be one of it. */
export const grammarAccepts = (script: string): boolean => {
  const marks = delimiters.filter((mark) => script.includes(mark));
  const grammar = known.get(marks.join("")) ?? sedGrammarOf(marks.length > 0 ? marks : ["/"]);
  known.set(marks.join(""), grammar);
  return isSentence(grammar, SCRIPT, script);
};
