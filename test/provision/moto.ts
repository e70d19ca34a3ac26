import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { canInstall, installPackages } from "./debian.js";
import { findProgram } from "./find-program.js";
import { ProvisionProblem } from "./found.js";
import { isPlaced, place } from "./place.js";
import { cache, repository } from "./repository.js";
import { runProgram } from "./run-program.js";
import { say } from "./say.js";

/** How to start the stand-in for AWS: a program and its first arguments. */
export type MotoCommand = readonly [program: string, ...args: string[]];

const requirements = join(repository, "test", "provision", "moto-requirements.txt");
const known = join(cache, "moto", "command.json");

/** `moto_server` from the PATH when it works, else from a virtual environment of our own. */
export async function motoCommand(): Promise<MotoCommand> {
  const onPath = findProgram("moto_server");
  if (onPath === undefined) return fromVenv();
  if (lastWorked() === onPath) return [onPath];
  if (!(await runProgram(onPath, ["--help"])).ok) return fromVenv();
  remember(onPath);
  return [onPath];
}

// Asking moto_server whether it works takes a second, so its path is remembered; `startMoto` says when it no longer does.
function lastWorked(): string | undefined {
  return existsSync(known) ? readFileSync(known, "utf8") : undefined;
}

function remember(program: string): void {
  mkdirSync(dirname(known), { recursive: true });
  writeFileSync(known, program);
}

async function fromVenv(): Promise<MotoCommand> {
  const recipe = createHash("sha256").update(readFileSync(requirements)).digest("hex");
  const folder = join(cache, "moto", `venv-${recipe.slice(0, 8)}`);
  if (!isPlaced(folder, recipe)) await place(folder, recipe, installInto);
  // Not bin/moto_server: its first line names the draft's path.
  return [join(folder, "bin", "python3"), "-m", "moto.server"];
}

async function installInto(draft: string): Promise<void> {
  say("installing moto, the stand-in for AWS, into .cache/ (a minute)");
  await makeVenv(draft);
  const pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", requirements];
  const installed = await runProgram(join(draft, "bin", "python3"), pip);
  if (installed.ok) return;
  throw new ProvisionProblem(
    "could not install moto: is this machine offline, or its python3 older than 3.11? with `moto_server` on the PATH none is installed",
  );
}

async function makeVenv(draft: string): Promise<void> {
  const python = findProgram("python3");
  if (python === undefined) throw new ProvisionProblem("python3 is not on the PATH: install it to run moto");
  const venv = ["-m", "venv", "--clear", draft];
  if ((await runProgram(python, venv)).ok) return;
  if (canInstall()) await installPackages(["python3-venv"]);
  if ((await runProgram(python, venv)).ok) return;
  throw new ProvisionProblem("python3 can not make a virtual environment: install its venv module (python3-venv)");
}
