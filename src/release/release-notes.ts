// `node dist/release/release-notes.js v1.2.3` prints what CHANGELOG.md says of this version, or ends with 1 and says why
// the tag must not be released.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { version } from "../version.js";
import { changelogEntries } from "./changelog.js";
import { releaseProblems } from "./release-problems.js";
import { versionFiles } from "./version-files.js";

const root = fileURLToPath(new URL("../..", import.meta.url));
const read = (name: string): string => readFileSync(join(root, name), "utf8");

const tag = process.argv[2] ?? "";
// npm reads the same file and stops before this where it has no version.
const { version: declared } = JSON.parse(read("package.json")) as { readonly version: string };
const changelog = read("CHANGELOG.md");
const problems = releaseProblems({ tag, declared, built: version(), changelog, files: versionFiles(root) });
for (const problem of problems) process.stderr.write(`${problem}\n`);
if (problems.length > 0) process.exitCode = 1;
else process.stdout.write(`${changelogEntries(changelog).find((entry) => entry.version === declared)?.notes ?? ""}\n`);
