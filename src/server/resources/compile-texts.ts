import { readFileSync } from "node:fs";
import { join } from "node:path";
import { writeCompiled } from "../../catalogue/compiled.js";
import { parsedGrammars } from "../../utilities/compile-grammars.js";
import type { ParsedFile } from "../../utilities/parse-grammar-file.js";
import { GRAMMAR_GUIDE } from "./grammar-guide.js";
import { grammarPage } from "./grammar-page.js";
import { type ResourceTexts, TEXTS, type UtilityNotes } from "./resource-texts.js";

/**
 * Compiles what the resources show of the folder `grammar` into one hashed JSON file in `to`; an installed package has no
 * such folder. Throws when a file there is wrong.
 */
export const compileTexts = (grammar: string, to: string): void => {
  const read = (name: string): string => readFileSync(join(grammar, name), "utf8");
  const texts: ResourceTexts = {
    grammar: grammarPage(GRAMMAR_GUIDE, read("./README.md"), read("./pipeline.ebnf")),
    utilities: Object.fromEntries(parsedGrammars(join(grammar, "utilities")).flatMap(notesOf)),
  };
  writeCompiled(to, TEXTS, texts);
};

/** What a file of `grammar/utilities` says for people, under its name; nothing of the file of those that do not run. */
export const notesOf = (file: ParsedFile): readonly (readonly [string, UtilityNotes])[] => {
  if (file.kind === "refused") return [];
  const { utility, because, accepts, refuses } = file.spec;
  return [[utility, { because: because.trim(), accepts, refuses }]];
};
