import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { needServer } from "../provision/needs.js";

// Root may read everything: there another user asks, as in a container. Others ask about files that nobody may read.
const own = process.getuid?.() ?? 0;
const OTHER = own === 0 ? 4242 : own;
const [CLOSED, HIDING] = own === 0 ? [0o600, 0o700] : [0, 0];

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "awspipe-unreadable-"));
  chmodSync(root, 0o755);
});

afterEach(() => {
  if (existsSync(join(root, "aws"))) chmodSync(join(root, "aws"), 0o700);
  rmSync(root, { recursive: true, force: true });
});

const file = (name: string, mode: number, folderMode = 0o755): string => {
  const path = join(root, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, "");
  chmodSync(path, mode);
  chmodSync(dirname(path), folderMode);
  return path;
};

const asOther = (...paths: readonly string[]): unknown => {
  const module = pathToFileURL(join(dirname(needServer()), "executor", "credentials-unreadable.js"));
  const program = `import { unreadable } from ${JSON.stringify(module)};
    console.log(JSON.stringify(unreadable(${JSON.stringify(paths)}) ?? null));`;
  const run = [process.execPath, "--input-type=module", "-e", program] as const;
  const drop = ["setpriv", "--reuid", String(OTHER), "--regid", String(OTHER), "--clear-groups", "--"] as const;
  const [file, ...args] = own === 0 ? ([...drop, ...run] as const) : run;
  const { stdout, stderr } = spawnSync(file, args, { encoding: "utf8" });
  expect(stderr).toBe("");
  return JSON.parse(stdout);
};

const says = (path: string): string =>
  `\`${path}\`, which belongs to uid ${own}, cannot be read by the server, which runs as uid ${OTHER}; run it as the files' owner`;

describe("unreadable", () => {
  it("names the first file that this user may not read, and its owner", () => {
    const [open, closed] = [file("aws/config", 0o644), file("aws/credentials", CLOSED)];
    expect(asOther(open, closed)).toBe(says(closed));
  });

  it("names a folder that hides its files, and its owner", () => {
    const hidden = file("aws/config", 0o644, HIDING);
    expect(asOther(hidden)).toBe(says(dirname(hidden)));
  });

  it("has nothing to say of files that can be read, or are not there", () => {
    expect(asOther(file("aws/config", 0o644), join(root, "aws/credentials"), "/nonexistent/config")).toBe(null);
  });
});
