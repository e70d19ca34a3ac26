import { createHash } from "node:crypto";
import { readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { findProgram } from "../provision/find-program.js";
import { ProvisionProblem } from "../provision/found.js";
import { isPlaced, place } from "../provision/place.js";
import { cache } from "../provision/repository.js";
import { runProgram } from "../provision/run-program.js";
import { say } from "../provision/say.js";

/** A command of AWS's own documentation, and where it stands: file and line. */
export type DocExample = { readonly id: string; readonly command: string };

const PACKAGE = "awscli==1.46.3";
const SHA256 = "94c561c1b1b2cf0978ec8d87d956c26c807555438593eec29ea90602b9518cfb";
const FOLDER = join(cache, "awscli-examples");
const RECIPE = `${PACKAGE} ${SHA256}`;

/** Every command of the examples that ship in the PyPI package `awscli`; downloads it once. */
export const docExamples = async (): Promise<readonly DocExample[]> => {
  if (!isPlaced(FOLDER, RECIPE)) await place(FOLDER, RECIPE, unpackInto);
  const examples = join(FOLDER, "awscli", "examples");
  return readdirSync(examples, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".rst"))
    .sort()
    .flatMap((name) => commandsOf(name, readFileSync(join(examples, name), "utf8").split(/\r?\n/)));
};

const unpackInto = async (draft: string): Promise<void> => {
  say(`downloading ${PACKAGE} for its documentation's examples`);
  const python = findProgram("python3");
  if (python === undefined) throw new ProvisionProblem("python3 is not on the PATH: install it for the examples");
  const pip = [
    "-m",
    "pip",
    "download",
    "--quiet",
    "--disable-pip-version-check",
    "--no-deps",
    "--dest",
    draft,
    PACKAGE,
  ];
  const done = await runProgram(python, pip);
  const name = readdirSync(draft).find((file) => file.endsWith(".whl"));
  if (!done.ok || name === undefined)
    throw new ProvisionProblem(
      `could not download ${PACKAGE}: is this machine offline? try \`pip download ${PACKAGE}\``,
    );
  const wheel = join(draft, name);
  if (createHash("sha256").update(readFileSync(wheel)).digest("hex") !== SHA256)
    throw new ProvisionProblem(`the download of ${PACKAGE} has another SHA-256 than pinned: nothing of it was used`);
  if (!(await runProgram(python, ["-m", "zipfile", "-e", wheel, draft])).ok)
    throw new ProvisionProblem(`${name} can not be unpacked`);
  rmSync(wheel);
};

/** The commands of one page: indented lines that begin with `aws`, with the lines that continue them. */
const commandsOf = (file: string, lines: readonly string[]): readonly DocExample[] => {
  const found: DocExample[] = [];
  for (let at = 0; at < lines.length; at += 1) {
    const [, indent = "", start] = /^(\s+)\$?\s*(aws\s.*)$/.exec(lines[at] ?? "") ?? [];
    if (start === undefined) continue;
    const id = `${file}:${at + 1}`;
    let command = start;
    for (let next = lines[at + 1]; next !== undefined && goesOn(command, next); next = lines[at + 1]) {
      command = `${command.trimEnd().endsWith("\\") ? command.trimEnd() : command}\n${outdented(next, indent.length)}`;
      at += 1;
    }
    found.push({ id, command: command.trim() });
  }
  return found;
};

const goesOn = (command: string, next: string): boolean =>
  command.trimEnd().endsWith("\\") || (isOpen(command) && next.trim() !== "");

const outdented = (line: string, columns: number): string =>
  line.slice(Math.min(columns, line.length - line.trimStart().length));

// Inside of quotes at its end.
const isOpen = (command: string): boolean => {
  let quote: string | undefined;
  for (let at = 0; at < command.length; at += 1) {
    const character = command[at] ?? "";
    if (character === "\\" && quote !== "'") at += 1;
    else if (quote !== undefined) quote = character === quote ? undefined : quote;
    else if (character === "'" || character === '"') quote = character;
  }
  return quote !== undefined;
};
