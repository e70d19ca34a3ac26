// The last step of the build: `node dist/release/write-build.js`. Throws when `AWSPIPE_VERSION` is not this package's.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildVersion } from "./build-version.js";
import { gitState } from "./git-state.js";
import { removeOrphans } from "./remove-orphans.js";

const root = fileURLToPath(new URL("../..", import.meta.url));
const dist = join(root, "dist");
// npm reads the same file and stops before this where it has no version.
const declared = (JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { readonly version: string }).version;

const version = buildVersion({ declared, stated: process.env.AWSPIPE_VERSION, git: gitState(root) });
writeFileSync(join(dist, "build.json"), `${JSON.stringify({ version })}\n`);
removeOrphans(dist, join(root, "src"));
