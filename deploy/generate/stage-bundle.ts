import { cpSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ProvisionProblem } from "../../test/provision/found.js";
import { repository } from "../../test/provision/repository.js";
import { runProgram } from "../../test/provision/run-program.js";
import { NPM_OPTIONS } from "./deploy-tools.js";

/** What goes into the bundle as it is. */
const COPIED = ["dist", "package.json", "package-lock.json", "LICENSE", "README.md"] as const;

/** Types and sources; `mcpb pack` leaves out by itself what else only developers use, the lock file among it. */
const IGNORED = ["*.ts", "*.mts", "*.cts"] as const;

/** Fills a folder with what the bundle holds: the built server, the packages it runs with, the manifest. */
export const stageBundle = async (folder: string): Promise<void> => {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const name of COPIED) cpSync(join(repository, name), join(folder, name), { recursive: true });
  cpSync(join(repository, "deploy", "mcpb", "manifest.json"), join(folder, "manifest.json"));
  writeFileSync(join(folder, ".mcpbignore"), `${IGNORED.join("\n")}\n`);
  const { ok } = await runProgram("npm", ["ci", "--omit=dev", ...NPM_OPTIONS], { cwd: folder });
  if (!ok)
    throw new ProvisionProblem("could not install the packages that the server runs with: is this machine offline?");
};
