import { join } from "node:path";
import { pythonVenv } from "./python-venv.js";

/** How to check manifests against the schemas of Kubernetes' own OpenAPI description, of each version since 1.25. */
export type ValidateCommand = readonly [program: string, ...args: string[]];

/** `kubernetes-validate` in a virtual environment of its own; it brings the schemas along. */
export async function kubernetesValidate(): Promise<ValidateCommand> {
  const venv = await pythonVenv({
    folder: "kubernetes-validate",
    requirements: "kubernetes-validate-requirements.txt",
    what: "kubernetes-validate",
    saying: "installing kubernetes-validate into .cache/",
    failed: "could not install kubernetes-validate: is this machine offline, or its python3 older than 3.10?",
  });
  // Not bin/kubernetes-validate: its first line names the draft's path.
  return [join(venv, "bin", "python3"), "-m", "kubernetes_validate"];
}
