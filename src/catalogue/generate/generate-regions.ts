// Writes `grammar/aws/regions.json`: `node dist/catalogue/generate/generate-regions.js AWS MOTO` with the path of an AWS
// CLI v2 and the folder of an installed moto, whose snapshot of AWS's public parameters says where the regions are;
// `python3 -m pip install --no-deps --target .cache/moto-package moto==VERSION` makes `.cache/moto-package/moto`.
import { execFile } from "node:child_process";
import { realpathSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { loadPlaceLists } from "./place-lists.js";
import { readInfrastructure, readPartitions } from "./region-sources.js";
import { regionText } from "./region-text.js";

/** The committed file, seen from `src/` as from `dist/`. */
const COMMITTED = fileURLToPath(new URL("../../../grammar/aws/regions.json", import.meta.url));

/**
 * The text of the file, of what is installed now.
 *
 * @param cli path of an AWS CLI v2 as AWS packs it, with its models beside it
 * @param moto folder of the installed Python package
 */
export const generateRegions = async (cli: string, moto: string): Promise<string> =>
  regionText({
    cli: await cliVersion(cli),
    listed: readPartitions(join(dirname(realpathSync(cli)), "awscli", "botocore", "data")),
    infrastructure: readInfrastructure(moto),
    lists: await loadPlaceLists(),
  });

const cliVersion = async (cli: string): Promise<string> => {
  const { stdout } = await promisify(execFile)(cli, ["--version"], { env: { HOME: "/nonexistent" } });
  const version = /^aws-cli\/(2\.\S+)/.exec(stdout)?.[1];
  if (version === undefined) throw new Error(`${cli} is no AWS CLI v2`);
  return version;
};

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const [cli, moto] = process.argv.slice(2);
  if (cli === undefined || moto === undefined) throw new Error("name the AWS CLI and the folder of moto");
  writeFileSync(COMMITTED, await generateRegions(resolve(cli), resolve(moto)));
}
