import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { COMPILED } from "./compiled.js";
import { HEADER, parseServiceTable } from "./parse-service-table.js";
import type { Catalogue, OperationTable, ServiceTable } from "./service-table.js";

/** Where the build puts the services' files. */
export const SERVICES = join(COMPILED, "aws", "services");

/**
 * The catalogue that the build copied, by its index: the header, then `SHA-256 NAME` of every file. The index is itself
 * named by its hash in `index.sha256`. Throws when a file is missing or is not what the index says.
 */
export const openCatalogue = (folder: string = SERVICES): Catalogue => {
  const [header = "", ...lines] = readIndex(folder).trimEnd().split("\n");
  if (!header.startsWith(HEADER)) throw new Error(`${folder} holds another format of the catalogue; build again`);
  const hashes = new Map(lines.map((line): [string, string] => [line.slice(65), line.slice(0, 64)]));
  const tables = new Map<string, ServiceTable>();
  const service = (name: string): ServiceTable | undefined => {
    const known = tables.get(name);
    const hash = hashes.get(name);
    if (known !== undefined || hash === undefined) return known;
    const table = parseServiceTable(name, readChecked(join(folder, `${name}.txt`), hash));
    tables.set(name, table);
    return table;
  };
  return {
    version: header.slice(HEADER.length),
    services: [...hashes.keys()].filter((name) => name !== GLOBALS),
    get globals() {
      return globalsOf(service(GLOBALS));
    },
    service: (name) => (name === GLOBALS ? undefined : service(name)),
  };
};

// No service is named `aws`: its file holds the options of the CLI itself.
const GLOBALS = "aws";

const globalsOf = (table: ServiceTable | undefined): OperationTable => {
  const globals = table?.operation("");
  if (globals === undefined) throw new Error("the catalogue has no global options; build again");
  return globals;
};

const readIndex = (folder: string): string =>
  readChecked(join(folder, "index.txt"), read(join(folder, "index.sha256")).trim());

const readChecked = (file: string, hash: string): string => {
  const text = read(file);
  if (sha256(text) !== hash) throw new Error(`${file} is not what its hash says; build again`);
  return text;
};

/** The hash by which the index knows a file. */
export const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

const read = (file: string): string => {
  try {
    return readFileSync(file, "utf8");
  } catch (cause) {
    throw new Error(`cannot read ${file}; it is made by \`npm run build\``, { cause });
  }
};
