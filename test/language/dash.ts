import { runShell, type Shell } from "./run-shell.js";

/** Words that no text holds; NUL ends each. */
const STAGE = "\u{10ffff}stage";
const TEXT = "\u{10ffff}text";

// `first` and `next` print their words; `next` passes on what the stages before it printed. Where the words of a first
// stage go, its redirections do not matter. `say` is for substitutions.
const PROLOGUE = `set -f
exec 3>&1
first() { printf '%s\\0' "$@" ${STAGE} >&3; }
start() { printf '%s\\0' "$@" ${STAGE}; }
next() { /bin/cat; printf '%s\\0' "$@" ${STAGE}; }
say() { printf '%s\\n' "$*"; }`;

/** For each text the words that the shell makes of it, by stages; it must be made of the functions above. */
export const shellPipelines = (shell: Shell, texts: readonly string[]): string[][][] => {
  const output = runShell(shell, [PROLOGUE, ...texts.flatMap((text) => [text, `printf '%s\\0' ${TEXT}`])]);
  return parted(output.split("\0"), TEXT).map((stages) => parted(stages, STAGE));
};

const parted = (words: readonly string[], mark: string): string[][] => {
  const parts: string[][] = [];
  let part: string[] = [];
  for (const word of words) {
    if (word === mark) parts.push(part);
    if (word === mark) part = [];
    else part.push(word);
  }
  return parts;
};

/** For each text the words that dash makes of it: one command of `first`, or a pipeline of `start` and `next`. */
export const dashPipelines = (texts: readonly string[]): string[][][] => shellPipelines("/bin/dash", texts);
