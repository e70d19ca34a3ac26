import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { writeHelpFiles } from "./aws-help-files.js";
import { findProgram } from "./find-program.js";
import { ProvisionProblem } from "./found.js";
import { npmTarball } from "./npm-tarball.js";
import { isPlaced, place } from "./place.js";
import { cache, repository } from "./repository.js";
import { runProgram } from "./run-program.js";
import { say } from "./say.js";

const version = "2.36.12";
const pinned = {
  spec: "@aws-cdk/asset-awscli-v2@2.0.186",
  integrity: "sha512-W3j4xqq9DMz/FucGw1LbQCoG80uVKQa/gdq6w7FzecGsg8Zwwj6S+VlPw7QbOr+ICxVA5fIjUZ5aekbnHegyGQ==",
};
const unpacker = join(repository, "test", "provision", "unpack-cli.py");
const folder = join(cache, "aws-cli", version);

/** The executable of AWS CLI v2: on Linux x64 always the pinned one, so that results don't depend on the machine. */
export async function awsCli(): Promise<string> {
  if (process.platform !== "linux" || process.arch !== "x64") return awsOnPath();
  const recipe = digestOf("aws-cli.ts", "aws-help-files.ts", "unpack-cli.py");
  if (!isPlaced(folder, recipe)) await place(folder, recipe, fetchInto);
  return join(folder, "dist", "aws");
}

function awsOnPath(): string {
  const aws = findProgram("aws");
  if (aws === undefined) throw new ProvisionProblem("the AWS CLI v2 is not on the PATH: install it, as AWS describes");
  return aws;
}

async function fetchInto(draft: string): Promise<void> {
  say(`downloading AWS CLI ${version} into .cache/`);
  const python = findProgram("python3");
  if (python === undefined) throw new ProvisionProblem("python3 is not on the PATH: install it to unpack the AWS CLI");
  const download = mkdtempSync(`${draft}-`);
  try {
    await unpack(python, await npmTarball(pinned, download), draft);
  } finally {
    rmSync(download, { recursive: true, force: true });
  }
  writeHelpFiles(join(draft, "dist"));
}

async function unpack(python: string, tarball: string, draft: string): Promise<void> {
  const unpacked = await runProgram(python, [unpacker, tarball, version, draft]);
  if (!unpacked.ok) {
    throw new ProvisionProblem(`could not unpack the AWS CLI: ${unpacked.stderr.trim().split("\n").at(-1) ?? ""}`);
  }
}

/** Whatever changes in how the copy is made, makes it anew. */
function digestOf(...names: readonly string[]): string {
  const hash = createHash("sha256");
  for (const name of names) hash.update(readFileSync(join(repository, "test", "provision", name)));
  return hash.digest("hex");
}
