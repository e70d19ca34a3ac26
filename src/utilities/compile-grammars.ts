import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { writeCompiled } from "../catalogue/compiled.js";
import { loadGrammars } from "./load-grammars.js";

/**
 * Compiles the YAML files of `from` into one hashed JSON file in `to`. Gives the problems, and then writes nothing.
 */
export const compileGrammars = (from: string, to: string): readonly string[] => {
  const names = readdirSync(from).filter((name) => name.endsWith(".yaml"));
  const sources = names
    .sort()
    .map((name) => ({ file: join(from, name), text: readFileSync(join(from, name), "utf8") }));
  const loaded = loadGrammars(sources);
  if (!loaded.ok) return loaded.error.map(({ file, line, message }) => `${file}:${line}: ${message}`);
  writeCompiled(to, "utilities", loaded.value);
  return [];
};
