import { readdirSync, readFileSync } from "node:fs";
import { indexGrammars } from "../../src/utilities/index-grammars.js";
import { loadGrammars } from "../../src/utilities/load-grammars.js";
import { parseGrammarFile } from "../../src/utilities/parse-grammar-file.js";

const FOLDER = new URL("../../grammar/utilities/", import.meta.url);

const sources = readdirSync(FOLDER)
  .filter((name) => name.endsWith(".yaml"))
  .map((name) => ({ file: name, text: readFileSync(new URL(name, FOLDER), "utf8") }));

export const parsedFiles = sources.map((source) => {
  const parsed = parseGrammarFile(source);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error));
  return parsed.value;
});

const load = () => {
  const loaded = loadGrammars(sources);
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.error, undefined, 1));
  return loaded.value;
};

export const grammars = indexGrammars(load());
