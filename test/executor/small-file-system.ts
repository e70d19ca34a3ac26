import { spawnSync } from "node:child_process";

/** A file system of half a MiB at the directory, where mounting is allowed. */
export const smallFileSystem = (directory: string): { readonly remove: () => void } | undefined => {
  const { status } = spawnSync("/usr/bin/mount", ["-t", "tmpfs", "-o", "size=512k", "tmpfs", directory]);
  return status === 0 ? { remove: () => void spawnSync("/usr/bin/umount", [directory]) } : undefined;
};
