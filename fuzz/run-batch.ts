import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import type { Nest } from "./nest.js";

/** How a real program is called: the same words, then those that each text needs. */
export type Call = { readonly program: readonly string[]; readonly words: (text: string) => readonly string[] };

/**
 * Runs one program for each text, several hundred a second, and says what they gave away or changed in the nest together.
 * `xargs` starts them, each with a deadline and little memory, as nobody where we may become nobody.
 */
export const runBatch = (nest: Nest, { program, words }: Call, texts: readonly string[]): string | undefined => {
  const items = texts.map(words);
  writeFileSync(
    nest.list,
    items
      .flat()
      .map((word) => `${word}\0`)
      .join(""),
    { mode: 0o644 },
  );
  const each = [...LIMITS, ...program];
  const { stdout, stderr, error } = spawnSync(
    "/usr/bin/xargs",
    ["-0", "-a", nest.list, "-n", String(items[0]?.length ?? 0), "-P", "2", ...each],
    {
      cwd: nest.work,
      env: nest.environment,
      stdio: ["ignore", "pipe", "pipe"],
      timeout: 60_000,
      maxBuffer: MOST,
      ...NOBODY,
    },
  );
  const output = Buffer.concat([stdout, stderr]).toString("latin1");
  const bad = judgeRun(nest, output);
  if (bad !== undefined) return bad;
  // xargs says so when a program exited with 255, and starts no more of them.
  const stopped = error !== undefined || /^\S*xargs: /m.test(output);
  if (!stopped || texts.length === 1) return undefined;
  const half = Math.ceil(texts.length / 2);
  const call = { program, words };
  return runBatch(nest, call, texts.slice(0, half)) ?? runBatch(nest, call, texts.slice(half));
};

const judgeRun = (nest: Nest, output: string): string | undefined => {
  const changed = nest.changed();
  if (output.includes(nest.canary)) return "shows the canary";
  return changed === undefined ? undefined : `changes files: ${changed.slice(nest.work.length + 1)}`;
};

const MOST = 1 << 23;
// `setsid` answers for a program that was killed, so that xargs goes on.
const LIMITS = [
  ...[
    "/usr/bin/setsid",
    "--fork",
    "--wait",
    "/usr/bin/prlimit",
    "--as=1073741824",
    "--core=0",
    "--fsize=1048576",
    "--",
  ],
  ...["/usr/bin/timeout", "0.5"],
];

export const NOBODY = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
