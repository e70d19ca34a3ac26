import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Makes an executable of `programs/slow-aws.cjs` in a directory of its own; its path tells its processes from others. */
export const makeSlowAws = (): string => {
  const path = join(mkdtempSync(join(tmpdir(), "slow-aws-")), "aws");
  const program = readFileSync(new URL("programs/slow-aws.cjs", import.meta.url), "utf8");
  writeFileSync(path, `#!${process.execPath}\n${program}`, { mode: 0o755 });
  return path;
};
