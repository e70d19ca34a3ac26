import { copyFileSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseServiceTable } from "./parse-service-table.js";
import { SERVICES, sha256 } from "./read-service-table.js";

/** The committed data, seen from `src/` as from `dist/`. */
const COMMITTED = fileURLToPath(new URL("../../grammar/aws/services/", import.meta.url));

/** Copies every service's file and writes the index that names each by its hash. Throws where a line cannot be read. */
export const compileServices = (from: string, to: string): void => {
  const draft = `${to}.${process.pid}`;
  mkdirSync(draft, { recursive: true });
  const files = readdirSync(from)
    .filter((file) => file.endsWith(".txt"))
    .sort();
  const lines = files.map((file) => {
    const name = basename(file, ".txt");
    const text = readFileSync(join(from, file), "utf8");
    readEveryLine(name, text);
    copyFileSync(join(from, file), join(draft, file));
    return `${sha256(text)} ${name}\n`;
  });
  const index = `${headerOf(from, files)}\n${lines.join("")}`;
  writeFileSync(join(draft, "index.txt"), index);
  writeFileSync(join(draft, "index.sha256"), `${sha256(index)}\n`);
  rmSync(to, { recursive: true, force: true });
  renameSync(draft, to);
};

const readEveryLine = (name: string, text: string): void => {
  const table = parseServiceTable(name, text);
  for (const operation of table.names) table.operation(operation);
};

const headerOf = (from: string, files: readonly string[]): string => {
  const headers = new Set(files.map((file) => readFileSync(join(from, file), "utf8").split("\n", 1)[0] ?? ""));
  const [header, ...others] = headers;
  if (header === undefined || others.length > 0)
    throw new Error(`${from} holds ${headers.size} versions of the catalogue; run \`npm run catalogue\``);
  return header;
};

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) compileServices(COMMITTED, SERVICES);
