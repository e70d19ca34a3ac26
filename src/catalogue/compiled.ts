import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** Where the build puts compiled data: `dist/grammar/`, seen from `src/` as from `dist/`. */
export const COMPILED = fileURLToPath(new URL("../../dist/grammar/", import.meta.url));

/** Writes data as one JSON file named by its SHA-256, and beside it `NAME.sha256` that names it. */
export const writeCompiled = (folder: string, name: string, data: unknown): void => {
  const text = JSON.stringify(data);
  const hash = sha256(text);
  mkdirSync(folder, { recursive: true });
  for (const old of readdirSync(folder))
    if (old.startsWith(`${name}-`) && old.endsWith(".json")) rmSync(join(folder, old));
  writeFileSync(join(folder, `${name}-${hash}.json`), text);
  writeFileSync(join(folder, `${name}.sha256`), `${hash}\n`);
};

/** Reads what `writeCompiled` wrote. Throws when it is missing or is not what its hash says. */
export const readCompiled = (folder: string, name: string): unknown => {
  const hash = read(join(folder, `${name}.sha256`)).trim();
  if (!/^[0-9a-f]{64}$/.test(hash)) throw new Error(`${name}.sha256 names no hash; build again`);
  const file = join(folder, `${name}-${hash}.json`);
  const text = read(file);
  if (sha256(text) !== hash) throw new Error(`${file} is not what its name says; build again`);
  return JSON.parse(text);
};

/** A digest of everything that the build compiled, by the hashes that name it. Throws when something is missing. */
export const compiledDigest = (folder: string = COMPILED): string => {
  const names = [...COMPILED_NAMES.map((name) => `${name}.sha256`), "aws/services/index.sha256"];
  return sha256(names.map((name) => read(join(folder, name))).join(""));
};

const COMPILED_NAMES = ["argument-rules", "effects", "refused-options", "utilities"];

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

const read = (file: string): string => {
  try {
    return readFileSync(file, "utf8");
  } catch (cause) {
    throw new Error(`cannot read ${file}; it is made by \`npm run build\``, { cause });
  }
};
