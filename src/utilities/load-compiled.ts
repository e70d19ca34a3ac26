import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { indexGrammars } from "./index-grammars.js";
import type { GrammarData, UtilityGrammars } from "./utility-grammar.js";

const COMPILED = fileURLToPath(new URL("../../dist/grammar", import.meta.url));

/** Reads the grammars that the build compiled. Throws when they are missing or are not what the manifest's hash says. */
export const loadCompiled = (folder: string = COMPILED): UtilityGrammars => {
  const hash = manifestHash(read(join(folder, "manifest.json")));
  const file = join(folder, `utilities-${hash}.json`);
  const text = read(file);
  const actual = createHash("sha256").update(text).digest("hex");
  if (actual !== hash) throw new Error(`${file} has the hash ${actual}, not the one in its manifest; build again`);
  // The hash says that this is what the build wrote after its schema had accepted it.
  return indexGrammars(JSON.parse(text) as GrammarData);
};

const manifestHash = (text: string): string => {
  const manifest: unknown = JSON.parse(text);
  const hash =
    typeof manifest === "object" && manifest !== null && "utilities" in manifest ? manifest.utilities : undefined;
  if (typeof hash === "string" && /^[0-9a-f]{64}$/.test(hash)) return hash;
  throw new Error("dist/grammar/manifest.json names no compiled utilities; build again");
};

const read = (file: string): string => {
  try {
    return readFileSync(file, "utf8");
  } catch (cause) {
    throw new Error(`cannot read ${file}: the grammars are compiled by \`npm run build\``, { cause });
  }
};
