import { join } from "node:path";
import { findProgram } from "./find-program.js";
import { ProvisionProblem } from "./found.js";
import { isPlaced, place } from "./place.js";
import { cache } from "./repository.js";
import { runProgram } from "./run-program.js";
import { say } from "./say.js";

/** How to render a folder: a program and its first arguments; the folder comes last. */
export type KustomizeCommand = readonly [program: string, ...args: string[]];

const version = "v5.8.0";
const folder = join(cache, "kustomize", version);

/** `kustomize` from the PATH, or kubectl's own, else the pinned one, built from the Go module. */
export async function kustomizeCommand(): Promise<KustomizeCommand> {
  const kustomize = findProgram("kustomize");
  if (kustomize !== undefined) return [kustomize, "build"];
  const kubectl = findProgram("kubectl");
  if (kubectl !== undefined) return [kubectl, "kustomize"];
  if (!isPlaced(folder, version)) await place(folder, version, buildInto);
  return [join(folder, "kustomize"), "build"];
}

async function buildInto(draft: string): Promise<void> {
  const go = findProgram("go");
  if (go === undefined) throw new ProvisionProblem(missing);
  say(`building kustomize ${version} into .cache/ (a minute)`);
  const env = { ...process.env, GOBIN: draft, CGO_ENABLED: "0" };
  const built = await runProgram(go, ["install", `sigs.k8s.io/kustomize/kustomize/v5@${version}`], { env });
  if (!built.ok)
    throw new ProvisionProblem(`${missing}; \`go install\` failed: ${built.stderr.trim().split("\n").at(-1) ?? ""}`);
}

const missing = "neither kustomize nor kubectl is on the PATH: install one of them, or Go";
