import { accessSync, constants, copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { needProgram } from "../provision/needs.js";

const FOLDER = fileURLToPath(new URL("../programs/", import.meta.url));

/** The programs of test/programs that a stage may run, each a utility of that name. */
export const PROGRAMS = readdirSync(FOLDER)
  .filter((name) => /^[a-z-]+\.py$/.test(name))
  .map((name) => name.slice(0, -".py".length));

/**
 * Copies the programs to where a stage can run them. A stage has no PATH to look up an interpreter and may belong to
 * another user, so the copies name one that lies in a public place, where there is one.
 *
 * @param folder absolute path that does not exist yet
 */
export const installPrograms = (folder: string): void => {
  mkdirSync(folder, { mode: 0o755 });
  const interpreter = ["/usr/bin/python3", "/usr/local/bin/python3"].find(isExecutable) ?? needProgram("python3");
  for (const name of PROGRAMS) {
    const text = readFileSync(join(FOLDER, `${name}.py`), "utf8");
    writeFileSync(join(folder, name), text.replace(/^#!.*/, `#!${interpreter} -BES`), { mode: 0o755 });
  }
  copyFileSync(join(FOLDER, "process_view.py"), join(folder, "process_view.py"));
};

/** The grammar of a test program: words as they come, and one option, so that the canonical argv is not the written one. */
export const programGrammar = (name: string, folder: string) => ({
  file: `${name}.yaml`,
  text: [
    `utility: ${name}`,
    `paths: ["${join(folder, name)}"]`,
    "because: it misbehaves on purpose and only in tests",
    `terminator: ${name === "print-argv"}`,
    "options:",
    "  - { long: text, short: t, value: text }",
    "operands:",
    "  - { name: word, value: text, many: true, optional: true }",
    `accepts: ["${name}", "${name} a b", "${name} -t x"]`,
    `refuses: ["${name} -x", "${name} --no-such", "${name} --text"]`,
    "",
  ].join("\n"),
});

const isExecutable = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};
