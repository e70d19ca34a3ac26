import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ProvisionProblem } from "./found.js";
import { runProgram } from "./run-program.js";

export type NpmPackage = { readonly spec: string; readonly integrity: string };

/** Downloads a package's tarball with `npm pack`, which runs none of its scripts, and checks it against our own pin. */
export async function npmTarball({ spec, integrity }: NpmPackage, folder: string): Promise<string> {
  const packed = await runProgram("npm", ["pack", "--silent", "--pack-destination", folder, spec], { cwd: folder });
  const name = readdirSync(folder).find((file) => file.endsWith(".tgz"));
  if (!packed.ok || name === undefined) {
    throw new ProvisionProblem(`could not download ${spec}: is this machine offline? try \`npm pack ${spec}\``);
  }
  const tarball = join(folder, name);
  if (sha512(tarball) !== integrity) {
    throw new ProvisionProblem(`the download of ${spec} has another sha512 than pinned: nothing of it was used`);
  }
  return tarball;
}

function sha512(file: string): string {
  return `sha512-${createHash("sha512").update(readFileSync(file)).digest("base64")}`;
}
