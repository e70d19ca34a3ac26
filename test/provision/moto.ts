import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { findProgram } from "./find-program.js";
import { pythonVenv } from "./python-venv.js";
import { cache } from "./repository.js";
import { runProgram } from "./run-program.js";

/** How to start the stand-in for AWS: a program and its first arguments. */
export type MotoCommand = readonly [program: string, ...args: string[]];

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
  const venv = await pythonVenv({
    folder: "moto",
    requirements: "moto-requirements.txt",
    what: "moto",
    saying: "installing moto, the stand-in for AWS, into .cache/ (a minute)",
    failed:
      "could not install moto: is this machine offline, or its python3 older than 3.11? with `moto_server` on the PATH none is installed",
  });
  // Not bin/moto_server: its first line names the draft's path.
  return [join(venv, "bin", "python3"), "-m", "moto.server"];
}
