import { join } from "node:path";
import { cache } from "../../test/provision/repository.js";
import { type Outcome, runProgram } from "../../test/provision/run-program.js";
import { deployTools } from "./deploy-tools.js";
import { PUBLISHED, packageFacts } from "./published.js";
import { stageBundle } from "./stage-bundle.js";

/**
 * Packs the built server, and gives the bundle's path. Throws what `mcpb` says where the manifest is not valid.
 *
 * @param folder where the bundle and what it is packed of are put
 */
export const packBundle = async (folder = join(cache, "mcpb")): Promise<string> => {
  const { mcpb } = await deployTools();
  const stage = join(folder, "stage");
  await stageBundle(stage);
  const bundle = join(folder, `${PUBLISHED.package}-${packageFacts().version}.mcpb`);
  for (const args of [
    ["validate", join(stage, "manifest.json")],
    ["pack", stage, bundle],
  ] as const)
    said(await runProgram(process.execPath, [mcpb, ...args]));
  return bundle;
};

const said = ({ ok, stdout, stderr }: Outcome): void => {
  if (!ok) throw new Error(`mcpb says: ${stdout}${stderr}`);
};
