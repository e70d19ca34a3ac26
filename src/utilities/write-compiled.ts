import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { loadGrammars } from "./load-grammars.js";
import type { GrammarData } from "./utility-grammar.js";

/**
 * Compiles the YAML files of `from` into one JSON file in `to`, named by its hash, and a manifest that names the hash.
 * Gives the problems, and then writes nothing.
 */
export const writeCompiled = (from: string, to: string): readonly string[] => {
  const names = readdirSync(from).filter((name) => name.endsWith(".yaml"));
  const sources = names
    .sort()
    .map((name) => ({ file: join(from, name), text: readFileSync(join(from, name), "utf8") }));
  const loaded = loadGrammars(sources);
  if (!loaded.ok) return loaded.error.map(({ file, line, message }) => `${file}:${line}: ${message}`);
  write(loaded.value, to);
  return [];
};

const write = (data: GrammarData, to: string): void => {
  const text = JSON.stringify(data);
  const hash = createHash("sha256").update(text).digest("hex");
  mkdirSync(to, { recursive: true });
  for (const old of readdirSync(to).filter((name) => /^utilities-[0-9a-f]{64}\.json$/.test(name)))
    rmSync(join(to, old));
  writeFileSync(join(to, `utilities-${hash}.json`), text);
  writeFileSync(join(to, "manifest.json"), `${JSON.stringify({ utilities: hash })}\n`);
};
