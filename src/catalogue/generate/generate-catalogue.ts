import { mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { HEADER } from "../parse-service-table.js";
import { type IamData, loadIamData, readActionLevels } from "./access-levels.js";
import { dumpCommandTables, type RunProgram } from "./dump-command-tables.js";
import { pairOptions } from "./operation-options.js";
import { optionToken } from "./option-tokens.js";
import type { RawTables } from "./raw-tables.js";
import { type Reviewed, readReviewed } from "./reviewed.js";
import { type Sources, serviceText } from "./service-lines.js";

export type GenerateCatalogue = {
  /** The program `aws` of an AWS CLI v2. */
  readonly cli: string;
  /** The folder that the services' files are written to; other `.txt` files in it are removed. */
  readonly out: string;
  readonly run: RunProgram;
  /** Where the reviewed `aws-*.yaml` stand, if not in our own `security/`. */
  readonly reviewed?: string;
};

/** What was written, for people to read. */
export type GeneratedCatalogue = {
  readonly version: string;
  readonly services: number;
  readonly commands: number;
  /** How many operations of a service have no known access level. */
  readonly unknown: Readonly<Record<string, number>>;
};

/** Our own reviewed files, seen from `src/` as from `dist/`. */
const SECURITY = fileURLToPath(new URL("../../../security/", import.meta.url));

/**
 * Takes the catalogue from an AWS CLI. The same CLI, reviewed files and access levels give the same bytes. Throws with
 * all that nobody has read: then nothing is written.
 */
export const generateCatalogue = async ({
  cli,
  out,
  run,
  reviewed,
}: GenerateCatalogue): Promise<GeneratedCatalogue> => {
  readReviewed(reviewed ?? SECURITY);
  const tables = await dumpCommandTables(cli, run);
  const texts = await catalogueTexts(tables, { reviewed });
  await mkdir(out, { recursive: true });
  for (const file of await readdir(out)) if (file.endsWith(".txt")) await rm(join(out, file));
  for (const [name, text] of texts) await writeFile(join(out, `${name}.txt`), text);
  return summary(tables.version, texts);
};

export type CatalogueSources = {
  readonly reviewed?: string | undefined;
  /** Access levels, if not those of the installed package. */
  readonly iam?: IamData;
  /** The services to write; the others are left out. */
  readonly only?: readonly string[];
};

/** The text of each service's file, and of `aws` with the global options. */
export const catalogueTexts = async (
  tables: RawTables,
  { reviewed: folder = SECURITY, iam, only }: CatalogueSources = {},
): Promise<ReadonlyMap<string, string>> => {
  const problems = new Set<string>();
  const reviewed = readReviewed(folder);
  const actions = await readActionLevels(iam ?? (await loadIamData()));
  const sources: Sources = {
    version: tables.version,
    data: tables.data,
    reviewed,
    actions,
    problem: (text) => problems.add(text),
  };
  checkHandlers(tables, reviewed, sources.problem);
  const texts = new Map<string, string>([["aws", globalsText(tables)]]);
  for (const name of Object.keys(tables.commands).sort()) {
    const command = tables.commands[name];
    if (command !== undefined && (only?.includes(name) ?? true)) texts.set(name, serviceText(sources, name, command));
  }
  if (problems.size > 0) throw new Error(["nobody has read these yet:", ...problems].join("\n  "));
  return texts;
};

const checkHandlers = (tables: RawTables, reviewed: Reviewed, problem: (text: string) => void): void => {
  for (const name of tables.handlers)
    if (!reviewed.hosts.handlers.some((entry) => entry.name === name))
      problem(`botocore's ${name} sees requests before they are sent; review it in aws-hosts.yaml`);
};

const globalsText = ({ version, globals }: RawTables): string => {
  const tokens = pairOptions(globals).map(({ argument, twin }) => optionToken(argument, twin, { elements: [] }));
  return `${HEADER}${version}\n. =read - ${tokens.sort().join(" ")}\n`;
};

const summary = (version: string, texts: ReadonlyMap<string, string>): GeneratedCatalogue => {
  const commands = [...texts.values()].map((text) => text.split("\n").filter((line) => /^[^@]/.test(line)));
  const unknown = [...texts].map(([name, text]): [string, number] => [name, text.match(/^\S+ \S+ \? /gm)?.length ?? 0]);
  return {
    version,
    services: texts.size - 1,
    commands: commands.flat().length - 1,
    unknown: Object.fromEntries(unknown.filter(([, count]) => count > 0)),
  };
};
