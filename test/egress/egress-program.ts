import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { text } from "node:stream/consumers";
import { needServer } from "../provision/needs.js";

/** A program of dist/egress as it runs, told its configuration. */
export type Program = {
  readonly child: ChildProcess;
  /** What it said first. */
  readonly first: { readonly port: number; readonly pid?: number };
  /** What it said since, line by line. */
  readonly lines: readonly unknown[];
  readonly errors: Promise<string>;
  readonly exit: Promise<number | null>;
  /** Closes its stdin. */
  readonly end: () => void;
};

/** Absolute path of a compiled program of the egress folder. */
export const egressMain = (name: "proxy-main" | "bridge-main"): string =>
  join(dirname(needServer()), "egress", `${name}.js`);

export const startProgram = async (name: "proxy-main" | "bridge-main", configuration: unknown): Promise<Program> => {
  const child = spawn(process.execPath, [egressMain(name)], { env: {}, cwd: "/", stdio: ["pipe", "pipe", "pipe"] });
  process.once("exit", () => child.kill("SIGKILL"));
  const exit = once(child, "exit").then(([code]) => code);
  const errors = text(child.stderr);
  const lines: unknown[] = [];
  const said = createInterface({ input: child.stdout });
  const first = once(said, "line").then(([line]) => JSON.parse(line));
  child.stdin.write(`${JSON.stringify(configuration)}\n`);
  const ready = await Promise.race([first, exit.then(async () => Promise.reject(new Error(await errors)))]);
  said.on("line", (line) => lines.push(JSON.parse(line)));
  return { child, first: ready, lines, errors, exit, end: () => child.stdin.end() };
};

/** Memory of a process that is in no file, in bytes. */
export const residentBytes = (pid: number | undefined): number => {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  return 1024 * Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]);
};

/** Waits for what a process says or does, two seconds at most. */
export const until = async (holds: () => boolean | Promise<boolean>): Promise<void> => {
  const end = performance.now() + 2000;
  while (!(await holds())) {
    if (performance.now() > end) throw new Error("it did not come about in two seconds");
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
};
