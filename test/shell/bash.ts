import { spawn } from "node:child_process";
import { once } from "node:events";
import { text as readText } from "node:stream/consumers";

/** What a shell made of a text. */
export type ShellResult = { readonly stdout: string; readonly status: number };

const NAMES = [
  ...["echo", "printf", "seq", "true", "cat", "sort", "head", "tail", "wc", "tr", "cut", "rev", "tac", "uniq", "nl"],
  ...["sed", "grep", "xargs", "awk"],
];

// The programs that the engine runs, under the same argv[0]: bash has some of them built in, which say things otherwise.
// GNU awk is what `awk` is here; `set -f` since nothing here is a pattern for file names.
const PROLOGUE = `set -f
${NAMES.map((name) => `${name}() { ${name === "awk" ? "/usr/bin/gawk" : `/usr/bin/${name}`} "$@"; }`).join("\n")}
`;

/** Runs a text in a bash of its own; its error stream is thrown away. */
export const inBash = async (text: string): Promise<ShellResult> => {
  const child = spawn("/bin/bash", ["--norc", "--noprofile", "-c", `${PROLOGUE}${text}`], {
    cwd: "/",
    env: { PATH: "/usr/bin", LC_ALL: "C.UTF-8" },
    stdio: ["ignore", "pipe", "ignore"],
  });
  const [stdout, [status]] = await Promise.all([readText(child.stdout), once(child, "exit")]);
  return { stdout, status: status ?? 128 };
};
