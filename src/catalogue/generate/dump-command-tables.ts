import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseRawTables, type RawTables } from "./raw-tables.js";

/** Runs a program to its end with this environment and no other, and throws when it fails. */
export type RunProgram = (
  program: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
) => Promise<void>;

/** Beside this file's source, also when it runs from `dist/`. */
const PLUGIN = fileURLToPath(new URL("../../../src/catalogue/generate/dump_command_tables.py", import.meta.url));

/** The command tables of an AWS CLI v2, which loads our module as a legacy plugin and ends before it does anything else. */
export const dumpCommandTables = async (cli: string, run: RunProgram): Promise<RawTables> => {
  const folder = await mkdtemp(join(tmpdir(), "awspipe-catalogue-"));
  try {
    const config = join(folder, "config");
    const home = join(folder, "home");
    const dump = join(folder, "dump.json");
    await mkdir(home);
    await writeFile(config, pluginConfig());
    await run(cli, ["--version"], {
      HOME: home,
      AWS_CONFIG_FILE: config,
      AWS_SHARED_CREDENTIALS_FILE: join(home, "none"),
      AWS_EC2_METADATA_DISABLED: "true",
      PYTHONDONTWRITEBYTECODE: "1",
      CATALOGUE_DUMP: dump,
    });
    return parseRawTables(await readDump(cli, dump));
  } finally {
    await rm(folder, { recursive: true });
  }
};

const pluginConfig = (): string =>
  `[plugins]\ncli_legacy_plugin_path = ${dirname(PLUGIN)}\ncatalogue = dump_command_tables\n`;

const readDump = async (cli: string, dump: string): Promise<string> => {
  try {
    return await readFile(dump, "utf8");
  } catch (cause) {
    throw new Error(`${cli} did not load the plugin; the catalogue needs an AWS CLI v2`, { cause });
  }
};
