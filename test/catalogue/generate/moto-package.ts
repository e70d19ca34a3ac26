import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ProvisionProblem } from "../../provision/found.js";
import { isPlaced, place } from "../../provision/place.js";
import { cache, repository } from "../../provision/repository.js";
import { runProgram } from "../../provision/run-program.js";

/**
 * The folder of moto's own files, in the version that the requirements pin: the one that answers in other tests may be
 * another, which was on the PATH. Throws the line that says why it could not be got.
 */
export const motoPackage = async (python: string): Promise<string> => {
  const folder = join(cache, "moto-package");
  const pinned = pinnedMoto();
  if (!isPlaced(folder, pinned)) await place(folder, pinned, (draft) => install(python, pinned, draft));
  return join(folder, "moto");
};

const pinnedMoto = (): string => {
  const requirements = readFileSync(join(repository, "test", "provision", "moto-requirements.txt"), "utf8");
  const pinned = /^moto==\S+$/m.exec(requirements)?.[0];
  if (pinned === undefined) throw new ProvisionProblem("moto-requirements.txt pins no moto");
  return pinned;
};

const install = async (python: string, pinned: string, draft: string): Promise<void> => {
  const pip = [
    "-m",
    "pip",
    "install",
    "--quiet",
    "--disable-pip-version-check",
    "--no-deps",
    "--target",
    draft,
    pinned,
  ];
  if ((await runProgram(python, pip)).ok) return;
  throw new ProvisionProblem(`could not install ${pinned}: is this machine offline, or its python3 without pip?`);
};
