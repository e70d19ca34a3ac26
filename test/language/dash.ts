import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** What dash prints for a script that runs nothing but its own builtins and `cat`, in an empty directory. */
const runDash = (lines: readonly string[]): string => {
  const directory = mkdtempSync(join(tmpdir(), "awspipe-dash-"));
  try {
    const script = join(directory, "script");
    writeFileSync(script, [PROLOGUE, ...lines, ""].join("\n"));
    // HOME makes dash put a tilde where it expands one, which is a difference on purpose.
    const { stdout, stderr, status } = spawnSync("/bin/dash", [script], {
      cwd: directory,
      env: { HOME: "~", PATH: "/nonexistent" },
      stdio: ["ignore", "pipe", "pipe"],
      maxBuffer: 1 << 28,
      encoding: "utf8",
    });
    if (status !== 0 || stderr !== "") throw new Error(`dash exited with ${status}: ${stderr}`);
    return stdout;
  } finally {
    rmSync(directory, { recursive: true });
  }
};

// `first` and `next` print their words; `next` passes on what the stages before it printed.
const PROLOGUE = `set -f
first() { printf '%s\\0' "$@"; printf '\\2'; }
next() { /bin/cat; printf '%s\\0' "$@"; printf '\\2'; }`;

/** For each command the words that dash makes of it; its first word has to be one of `first`'s arguments. */
export const dashPipelines = (texts: readonly string[]): string[][][] => {
  const output = runDash(texts.flatMap((text) => [text, "printf '\\1'"]));
  return output
    .split("\x01")
    .slice(0, -1)
    .map((pipeline) =>
      pipeline
        .split("\x02")
        .slice(0, -1)
        .map((stage) => stage.split("\0").slice(0, -1)),
    );
};
