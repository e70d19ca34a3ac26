import { spawn } from "node:child_process";
import { closeSync, existsSync, mkdtempSync, openSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import type { seccompProgram } from "../../../../src/executor/confine/seccomp/seccomp-program.js";

export type Ended = { readonly code: number | null; readonly stdout: string; readonly stderr: string };

/** Runs a program under bwrap(1) with a filter, or with none; all else is as outside, but for the process ids. */
export const runConfined = async (
  filter: ReturnType<typeof seccompProgram> | undefined,
  command: readonly string[],
  input = "",
): Promise<Ended> => {
  const words = ["--ro-bind", "/", "/", "--dev", "/dev", "--unshare-pid", "--new-session", "--die-with-parent"];
  const directory = mkdtempSync(join(tmpdir(), "awspipe-seccomp-"));
  const file = join(directory, "filter");
  writeFileSync(file, filter ?? "");
  const descriptor = openSync(file, "r");
  try {
    const seccomp = filter === undefined ? [] : ["--seccomp", "3"];
    const child = spawn("bwrap", [...words, ...seccomp, "--", ...command], {
      stdio: ["pipe", "pipe", "pipe", descriptor],
      timeout: 30_000,
    });
    child.stdin?.end(input);
    const ended = new Promise<number | null>((resolve, reject) => child.once("close", resolve).once("error", reject));
    const [stdout, stderr] = await Promise.all([all(child.stdout), all(child.stderr)]);
    return { code: await ended, stdout, stderr };
  } finally {
    closeSync(descriptor);
    rmSync(directory, { recursive: true });
  }
};

const all = async (stream: Readable | null): Promise<string> => (stream === null ? "" : text(stream));

/** A version manager's `python3` starts processes before Python. */
export const PYTHON = ["/usr/bin/python3", "/usr/local/bin/python3"].find((path) => existsSync(path)) ?? "python3";

/** The absolute path of a program beside the tests. */
export const programPath = (name: string): string => fileURLToPath(new URL(`programs/${name}`, import.meta.url));
