import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { generateCatalogue } from "../catalogue/generate/generate-catalogue.js";
import { runTool } from "../executor/run-tool.js";

/** Where the committed data stands, in a checkout. */
const COMMITTED = fileURLToPath(new URL("../../grammar/aws/services", import.meta.url));

/** Takes the catalogue from another AWS CLI: `awspipe catalogue --from PATH`. Prints what was written. */
export const catalogue = async (args: readonly string[]): Promise<number> => {
  const [flag, path, ...rest] = args;
  if (flag !== "--from" || path === undefined || rest.length > 0)
    throw new Error("name the AWS CLI: awspipe catalogue --from /usr/local/bin/aws");
  const made = await generateCatalogue({ cli: resolve(path), out: COMMITTED, run: runTool });
  const unknown = Object.values(made.unknown).reduce((sum, count) => sum + count, 0);
  process.stdout.write(
    `AWS CLI ${made.version}: ${made.services} services, ${made.commands} commands, ${unknown} without a level\n`,
  );
  return 0;
};
