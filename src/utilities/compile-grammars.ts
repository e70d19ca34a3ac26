import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { writeCompiled } from "../catalogue/compiled.js";
import { loadGrammars } from "./load-grammars.js";
import { type GrammarSource, type ParsedFile, parseGrammarFile } from "./parse-grammar-file.js";

/**
 * Compiles the YAML files of `from` into one hashed JSON file in `to`. Gives the problems, and then writes nothing.
 */
export const compileGrammars = (from: string, to: string): readonly string[] => {
  const loaded = loadGrammars(sourcesIn(from));
  if (!loaded.ok) return loaded.error.map(({ file, line, message }) => `${file}:${line}: ${message}`);
  writeCompiled(to, "utilities", loaded.value);
  return [];
};

/** The YAML files of a folder, read. Throws when one is wrong. */
export const parsedGrammars = (from: string): readonly ParsedFile[] =>
  sourcesIn(from).map((source) => {
    const parsed = parseGrammarFile(source);
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.error));
    return parsed.value;
  });

const sourcesIn = (folder: string): readonly GrammarSource[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith(".yaml"))
    .sort()
    .map((name) => ({ file: join(folder, name), text: readFileSync(join(folder, name), "utf8") }));
