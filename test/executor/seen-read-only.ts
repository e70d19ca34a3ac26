import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, readdirSync, rmdirSync } from "node:fs";
import { join } from "node:path";

/**
 * Shows `use` a folder in which nothing can be written, as a container sees what is mounted read-only: to root by such a mount,
 * to others by the permissions of its folders.
 */
export const seenReadOnly = (folder: string, use: (seen: string) => void): void => {
  if (process.getuid?.() === 0) {
    const seen = `${folder}-seen`;
    mkdirSync(seen, { recursive: true });
    run("mount", "--bind", folder, seen);
    try {
      run("mount", "-o", "remount,bind,ro", seen);
      use(seen);
    } finally {
      run("umount", seen);
      rmdirSync(seen);
    }
    return;
  }
  const folders = foldersIn(folder);
  for (const each of folders) chmodSync(each, 0o500);
  try {
    use(folder);
  } finally {
    for (const each of folders) chmodSync(each, 0o700);
  }
};

const foldersIn = (folder: string): readonly string[] => [
  folder,
  ...readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? foldersIn(join(folder, entry.name)) : [],
  ),
];

const run = (program: string, ...args: readonly string[]): void => {
  const { status, stderr } = spawnSync(program, args, { encoding: "utf8" });
  if (status !== 0) throw new Error(`${program} ${args.join(" ")}: ${stderr}`);
};
