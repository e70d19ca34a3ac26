import { join } from "node:path";
import { canInstall, installPackages } from "./debian.js";
import { findProgram } from "./find-program.js";
import { ProvisionProblem } from "./found.js";
import { isPlaced, place } from "./place.js";
import { pythonVenv } from "./python-venv.js";
import { cache } from "./repository.js";
import { runProgram } from "./run-program.js";
import { say } from "./say.js";

/** Programs that say what is wrong with workflows of GitHub Actions. */
export type WorkflowLinters = {
  /** Checks them against GitHub's form, and their expressions' types (github.com/rhysd/actionlint). */
  readonly actionlint: string;
  /** Checks the scripts in them, for actionlint. */
  readonly shellcheck: string;
  /** Knows what attackers do with them (docs.zizmor.sh). */
  readonly zizmor: string;
  /** `python3` with the module `check_jsonschema`, which brings GitHub's and Dependabot's schemas along. */
  readonly python: string;
};

const ACTIONLINT = "v1.7.12";

/** All at pinned versions, but for shellcheck, which is the machine's. */
export async function workflowLinters(): Promise<WorkflowLinters> {
  const shellcheck = await findShellcheck();
  const [actionlint, venv] = await Promise.all([buildActionlint(), installFromPython()]);
  // zizmor is a binary, so that it does not matter where its draft was.
  return { actionlint, shellcheck, zizmor: join(venv, "bin", "zizmor"), python: join(venv, "bin", "python3") };
}

async function findShellcheck(): Promise<string> {
  if (findProgram("shellcheck") === undefined && canInstall()) await installPackages(["shellcheck"]);
  const found = findProgram("shellcheck");
  if (found === undefined) throw new ProvisionProblem("shellcheck is not on the PATH: install it");
  return found;
}

// The Go module, which the checksum database vouches for: a download of its binary would be neither.
async function buildActionlint(): Promise<string> {
  const folder = join(cache, "workflow-linters", `actionlint-${ACTIONLINT}`);
  if (!isPlaced(folder, ACTIONLINT)) {
    const go = findProgram("go");
    if (go === undefined) throw new ProvisionProblem("go is not on the PATH: install Go 1.25 or later for actionlint");
    say(`building actionlint ${ACTIONLINT} into .cache/`);
    await place(folder, ACTIONLINT, async (draft) => {
      const module = `github.com/rhysd/actionlint/cmd/actionlint@${ACTIONLINT}`;
      const { ok, stderr } = await runProgram(go, ["install", module], { env: { ...process.env, GOBIN: draft } });
      if (!ok) throw new ProvisionProblem(`could not build actionlint: ${stderr.trim().split("\n").at(-1) ?? ""}`);
    });
  }
  return join(folder, "actionlint");
}

const installFromPython = (): Promise<string> =>
  pythonVenv({
    folder: "workflow-linters",
    requirements: "workflow-linters-requirements.txt",
    what: "zizmor",
    saying: "installing zizmor and check-jsonschema into .cache/",
    options: ["--only-binary", ":all:"],
    failed: "could not install zizmor: is this machine offline, or its python3 too old?",
  });
