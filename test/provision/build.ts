import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ProvisionProblem } from "./found.js";
import { cache, repository } from "./repository.js";
import { runProgram } from "./run-program.js";
import { say } from "./say.js";

const inputs = ["src", "grammar", "security", "package.json", "tsconfig.json"].map((name) => join(repository, name));
const program = join(repository, "dist", "cli.js");
const stamp = join(cache, "built");

/** The built `awspipe` program; builds when a source is newer than the last build. */
export async function build(): Promise<string> {
  const newest = String(Math.max(...inputs.map(newestIn)));
  if (existsSync(program) && existsSync(stamp) && readFileSync(stamp, "utf8") === newest) return program;
  say("npm run build");
  const built = await runProgram("npm", ["run", "--silent", "build"], { cwd: repository });
  if (!built.ok) throw new ProvisionProblem(`\`npm run build\` failed: ${tellingLine(built.stdout + built.stderr)}`);
  mkdirSync(cache, { recursive: true });
  writeFileSync(stamp, newest);
  return program;
}

/** The latest change at or below `path`; a folder's own time tells of removed files. */
function newestIn(path: string): number {
  if (!existsSync(path)) return 0;
  const status = statSync(path);
  if (!status.isDirectory()) return status.mtimeMs;
  return Math.max(status.mtimeMs, ...readdirSync(path).map((name) => newestIn(join(path, name))));
}

function tellingLine(text: string): string {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  return lines.find((line) => /error/i.test(line)) ?? lines[0] ?? "it said nothing";
}
