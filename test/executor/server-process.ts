import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { needServer } from "../provision/needs.js";

export type ServerProcess = {
  readonly child: ChildProcess;
  /** Settles at its end with what it wrote and its status. */
  readonly ended: Promise<{ readonly stdout: string; readonly stderr: string; readonly code: number | null }>;
};

/** Runs one pipeline in a server's own process, with a HOME of its own. */
export const runInProcess = (
  command: string,
  environment: Readonly<Record<string, string>>,
  { before = [], inherited = [] }: { before?: readonly string[]; inherited?: readonly (number | "ignore")[] } = {},
): ServerProcess => {
  const home = mkdtempSync(join(tmpdir(), "awspipe-test-home-"));
  const [file = "", ...args] = [...before, process.execPath, needServer(), "run", command];
  const child = spawn(file, args, {
    env: { PATH: "/usr/bin:/bin", HOME: home, ...environment },
    stdio: ["ignore", "pipe", "pipe", ...inherited],
  });
  if (child.stdout === null || child.stderr === null) throw new Error("the process has no pipes");
  const exit = new Promise<number | null>((resolve) => child.once("exit", resolve));
  const ended = Promise.all([text(child.stdout), text(child.stderr), exit]).then(([stdout, stderr, code]) => {
    rmSync(home, { recursive: true });
    return { stdout, stderr, code };
  });
  return { child, ended };
};
