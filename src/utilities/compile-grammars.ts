// A step of the build: `node dist/utilities/compile-grammars.js`. Exits with 1 when a file is wrong or an example of it fails.
import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import { writeCompiled } from "./write-compiled.js";

const root = fileURLToPath(new URL("../../", import.meta.url));
const problems = writeCompiled(relative("", `${root}grammar/utilities`), `${root}dist/grammar`);
for (const problem of problems) console.error(problem);
if (problems.length > 0) process.exitCode = 1;
