import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

// The npm package leaves out these files of `awscli/examples`, and `help` of their commands fails without them.
// The words are ours and short: what a command does, where its help would otherwise say nothing.
const texts: Readonly<Record<string, string>> = {
  "cloudformation/_deploy_description.rst": "Deploys a template by creating and executing a change set.",
  "cloudformation/_package_description.rst": "Uploads local artifacts and prints a template that refers to them.",
  "configure/_description.rst": "Asks for credentials and settings and stores them in the AWS CLI's configuration.",
  "configure/get/_description.rst": "Prints one value of the configuration.",
  "configure/get/_examples.rst": "",
  "configure/mfa-login/_description.rst": "Gets temporary credentials with a code of an MFA device.",
  "configure/mfa-login/_examples.rst": "",
  "configure/set/_description.rst": "Sets one value of the configuration.",
  "configure/set/_examples.rst": "",
  "ecr/get-login-password_description.rst": "Prints a password for a container client to log in to a registry.",
  "ecr-public/get-login-password_description.rst": "Prints a password for a container client to log in to a registry.",
  "eks/update-kubeconfig/_description.rst": "Writes a cluster's connection into a kubeconfig file.",
  "emr/create-cluster-examples.rst": "",
  "emr/create-cluster-synopsis.txt": "  create-cluster\n  [options]\n",
  "emr-containers/create-role-associations/_description.rst": "Lets a service account use a job execution role.",
  "emr-containers/delete-role-associations/_description.rst": "Undoes `create-role-associations`.",
  "emr-containers/update-role-trust-policy/_description.rst": "Lets a cluster's namespace assume an execution role.",
  "login/_examples.rst": "",
  "s3/_concepts.rst":
    "High-level commands for objects in Amazon S3. A path is local, or ``s3://bucket/key``. A prefix ends with ``/``.",
  "s3/mv/_description.rst": "Moves an object or a file: copies it, then deletes the source.",
};

/** Makes `help` of the packaged CLI work; `dist` is the folder of its executable. */
export function writeHelpFiles(dist: string): void {
  const examples = join(dist, "awscli", "examples");
  const options = readFileSync(join(examples, "global_options.rst"), "utf8");
  writeHelpFile(join(examples, "global_synopsis.rst"), globalSynopsis(options));
  for (const [name, text] of Object.entries(texts)) writeHelpFile(join(examples, name), `${text}\n`);
}

/** One line an option, from the headings of the option texts, which are in the package. */
function globalSynopsis(options: string): string {
  const headings = options.matchAll(/^``(--[a-z-]+)`` \((\w+)\)$/gm);
  return Array.from(headings, ([, name, kind]) => `[${name}${kind === "boolean" ? "" : " <value>"}]\n`).join("");
}

function writeHelpFile(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
