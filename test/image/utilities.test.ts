import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Served, serveStdio } from "./container.js";
import { ownFolder } from "./own-folder.js";
import { UTILITIES } from "./utilities.js";

// In the image a program may be missing, or a library, or data that it opens by name; and the kernel may forbid it what it
// needs. Each utility runs here what its own grammar says that it accepts.
let served: Served;
let workspace: string;

beforeAll(async () => {
  workspace = mkdtempSync(join(tmpdir(), "awspipe-workspace-"));
  mkdirSync(join(workspace, "reports"));
  for (const name of UTILITIES.flatMap(({ accepts }) => accepts.flatMap(fileNamesIn)))
    writeFileSync(join(workspace, name), CONTENT);
  const { user } = ownFolder(workspace);
  served = await serveStdio({
    flags: ["--network", "none", ...user, "--volume", `${workspace}:/workspace`],
    settings: { AWS_MCP_WORKDIR: "/workspace" },
  });
});

afterAll(async () => {
  await served.close();
  rmSync(workspace, { recursive: true });
});

/** A number is also JSON, text, something to sort. */
const CONTENT = "1\n2\n";

const fileNamesIn = (example: string): readonly string[] =>
  (example.match(/[\w./-]+\.(?:txt|json|csv|tsv|log|bin|gz|b32|b64)\b/g) ?? [])
    .filter((name) => !name.includes("..") && (!name.includes("/") || name.startsWith("/workspace/")))
    .map((name) => basename(name));

type Run = {
  readonly command: string;
  readonly status: string;
  readonly exit_code?: number;
  readonly error?: { readonly code: string; readonly message: string };
};

const runAll = async (command: readonly string[]): Promise<readonly Run[]> => {
  const { data } = await served.call({ name: "aws_cli_pipeline", arguments: { command } });
  // What the tool's output schema says of several commands.
  return (data as { readonly targets: readonly Run[] }).targets;
};

const INPUT = "printf '1\\n2\\n'";

/** Examples of one utility, each with an input. */
const EXAMPLES = 5;

/** What a program says that is not whole, or that the kernel stops. */
const STOPPED = /shared librar|cannot open shared|[Pp]ermission denied|not permitted|Bad system call|not installed/;

describe("a utility in the image", () => {
  it.each(UTILITIES)("$utility runs", async ({ accepts }) => {
    const runs = await runAll(accepts.slice(0, EXAMPLES).map((example) => `${INPUT} | ${example}`));
    // Some of them name files that are not there.
    const started = runs.filter(({ error }) => error?.code !== "file-missing");
    expect(started.length).toBeGreaterThan(0);
    const stopped = started.filter(
      ({ error, exit_code: code }) =>
        code === undefined ||
        code > 125 ||
        ![undefined, "stage-failed"].includes(error?.code) ||
        STOPPED.test(error?.message ?? ""),
    );
    expect(stopped).toEqual([]);
  });

  it("finds the modules of encodings and the tables of a locale", async () => {
    const runs = await runAll([
      "printf 'caf\\303\\251' | iconv -f UTF-8 -t ISO-8859-1 | od -An -c",
      "printf '\\223\\372\\226\\173' | iconv -f SHIFT_JIS -t UTF-8",
      "echo \u00e4 | grep -c '^.$'",
    ]);
    expect(runs.map(({ status }) => status)).toEqual(["success", "success", "success"]);
  });
});
