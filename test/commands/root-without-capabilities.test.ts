import { execFileSync } from "node:child_process";
import { expect, it } from "vitest";
import { needProgram, needServer } from "../provision/needs.js";

/** Words of setpriv(1) that take every capability from root, as `--cap-drop ALL` does in a container. */
const BARE = ["--bounding-set=-all", "--inh-caps=-all", "--no-new-privs", "--"];

const run = (command: string): string =>
  execFileSync(needProgram("setpriv"), [...BARE, process.execPath, needServer(), "run", command], {
    env: { PATH: process.env.PATH ?? "", HOME: "/nonexistent" },
    encoding: "utf8",
  });

it.skipIf(process.getuid?.() !== 0).each([
  ["seq 5 | sort -r | head -2", "5\n4\n"],
  ["seq 3 | tac", "3\n2\n1\n"],
])("root that may not become another user runs what needs a temporary folder: %s", (command, output) => {
  expect(run(command)).toBe(output);
});
