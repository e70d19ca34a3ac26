import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { canInstall, installPackages } from "./debian.js";
import { findProgram } from "./find-program.js";
import { ProvisionProblem } from "./found.js";
import { isPlaced, place } from "./place.js";
import { cache, repository } from "./repository.js";
import { runProgram } from "./run-program.js";
import { say } from "./say.js";

/** Makes a virtual environment of Python in `folder`; `what` says in a word or two what it is for. */
async function makePythonVenv(folder: string, what: string): Promise<void> {
  const python = findProgram("python3");
  if (python === undefined) throw new ProvisionProblem(`python3 is not on the PATH: install it for ${what}`);
  const venv = ["-m", "venv", "--clear", folder];
  if ((await runProgram(python, venv)).ok) return;
  if (canInstall()) await installPackages(["python3-venv"]);
  if ((await runProgram(python, venv)).ok) return;
  throw new ProvisionProblem("python3 can not make a virtual environment: install its venv module (python3-venv)");
}

/** Packages of Python that a test takes, each at the version and of the hash that a file of this folder names. */
export type PythonPackages = {
  /** Folder of the cache that the environment lies in. */
  readonly folder: string;
  /** Name of the file of requirements. */
  readonly requirements: string;
  /** What they are for, in a word or two. */
  readonly what: string;
  /** What is said before they are installed. */
  readonly saying: string;
  /** Options of `pip install` besides. */
  readonly options?: readonly string[];
  /** What is said where they cannot be installed. */
  readonly failed: string;
};

/** A virtual environment that holds them, made where there is none of these requirements yet: its folder. */
export async function pythonVenv({ folder, ...packages }: PythonPackages): Promise<string> {
  const requirements = join(repository, "test", "provision", packages.requirements);
  const recipe = createHash("sha256").update(readFileSync(requirements)).digest("hex");
  const venv = join(cache, folder, `venv-${recipe.slice(0, 8)}`);
  if (isPlaced(venv, recipe)) return venv;
  say(packages.saying);
  await place(venv, recipe, async (draft) => {
    await makePythonVenv(draft, packages.what);
    const pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", ...(packages.options ?? [])];
    const { ok } = await runProgram(join(draft, "bin", "python3"), [...pip, "-r", requirements]);
    if (!ok) throw new ProvisionProblem(packages.failed);
  });
  return venv;
}
