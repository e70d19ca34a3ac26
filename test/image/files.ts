import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runProgram } from "../provision/run-program.js";
import { engine, IMAGE } from "./engine.js";

/** A file of the image, as `tar --list --verbose` shows it. */
export type File = {
  /** Ten letters, as ls(1) has them. */
  readonly mode: string;
  /** `uid/gid`. */
  readonly owner: string;
  readonly bytes: number;
  /** Without the first slash, and without one at a folder's end. */
  readonly path: string;
};

/** All files of the image, as a container of it would have them. */
export const filesOf = async (): Promise<readonly File[]> => {
  const folder = mkdtempSync(join(tmpdir(), "awspipe-image-"));
  const container = (await engine("create", "--no-healthcheck", IMAGE)).trim();
  try {
    const archive = join(folder, "image.tar");
    await engine("export", "--output", archive, container);
    const { stdout } = await runProgram("tar", ["--list", "--verbose", "--numeric-owner", "--file", archive]);
    return stdout.split("\n").flatMap((line) => fileIn(line) ?? []);
  } finally {
    await engine("rm", container);
    rmSync(folder, { recursive: true });
  }
};

const fileIn = (line: string): File | undefined => {
  const [, mode, owner, bytes, path] =
    /^(\S{10}) +(\S+) +(\d+) \S+ \S+ (.*?)\/?(?: -> .*| link to .*)?$/.exec(line) ?? [];
  return mode === undefined || owner === undefined || path === undefined
    ? undefined
    : { mode, owner, bytes: Number(bytes), path };
};
