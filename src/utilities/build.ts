// A step of the build: `node dist/utilities/build.js`. Exits with 1 when a file is wrong or an example of it fails.
import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import { COMPILED } from "../catalogue/compiled.js";
import { compileGrammars } from "./compile-grammars.js";

const folder = fileURLToPath(new URL("../../grammar/utilities", import.meta.url));
const problems = compileGrammars(relative("", folder), COMPILED);
for (const problem of problems) console.error(problem);
if (problems.length > 0) process.exitCode = 1;
