import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export type Shell = "/bin/dash" | "/bin/bash";

/** What the variables of the language stand for in scripts; nothing in them is split. */
export const VALUES = { AWS_REGION: "eu-west-1", AWS_DEFAULT_REGION: "us-east-2", AWS_PROFILE: "dev.team" } as const;

/** What a shell prints for a script that runs nothing but its own functions, builtins and `cat`, in an empty directory. */
export const runShell = (shell: Shell, lines: readonly string[]): string => {
  const directory = mkdtempSync(join(tmpdir(), "awspipe-shell-"));
  try {
    const script = join(directory, "script");
    writeFileSync(script, [...lines, ""].join("\n"));
    // HOME makes a shell put a tilde where it expands one, which is a difference on purpose.
    const { stdout, stderr, status } = spawnSync(shell, [script], {
      cwd: directory,
      env: { HOME: "~", PATH: "/nonexistent", LC_ALL: "C.UTF-8", ...VALUES },
      stdio: ["ignore", "pipe", "pipe"],
      maxBuffer: 1 << 28,
      encoding: "utf8",
    });
    if (status !== 0 || stderr !== "") throw new Error(`${shell} exited with ${status}: ${stderr.slice(0, 2000)}`);
    return stdout;
  } finally {
    rmSync(directory, { recursive: true });
  }
};
