import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";
import { loadGrammars } from "./load-grammars.js";

/** Compiles the YAML files of `from` into one JSON file in `to`, named by its hash, and a manifest. Gives the problems when there are any. */
export const compileGrammars = (from: string, to: string): readonly string[] => {
  const names = readdirSync(from)
    .filter((name) => name.endsWith(".yaml"))
    .sort();
  const loaded = loadGrammars(
    names.map((name) => ({ file: `grammar/utilities/${name}`, text: readFileSync(`${from}/${name}`, "utf8") })),
  );
  if (!loaded.ok) return loaded.error.map(({ file, line, message }) => `${file}:${line}: ${message}`);
  const text = JSON.stringify(loaded.value);
  const hash = createHash("sha256").update(text).digest("hex");
  mkdirSync(to, { recursive: true });
  for (const old of readdirSync(to).filter((name) => /^utilities-[0-9a-f]{64}\.json$/.test(name)))
    rmSync(`${to}/${old}`);
  writeFileSync(`${to}/utilities-${hash}.json`, text);
  writeFileSync(`${to}/manifest.json`, `${JSON.stringify({ utilities: hash })}\n`);
  return [];
};

const main = (): void => {
  const root = new URL("../../", import.meta.url);
  const problems = compileGrammars(
    fileURLToPath(new URL("grammar/utilities", root)),
    fileURLToPath(new URL("dist/grammar", root)),
  );
  for (const problem of problems) console.error(problem);
  process.exitCode = problems.length > 0 ? 1 : 0;
};

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) main();
