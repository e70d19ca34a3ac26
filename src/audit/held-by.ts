import { readdirSync, readlinkSync, statSync } from "node:fs";
import { basename } from "node:path";
import { trySystem } from "./system-error.js";

/**
 * The process, other than this one, that has a file open; nothing where none is seen. Seen are those that `/proc` shows to
 * this user (proc(5)): not those of other containers, of other users, or of systems without it.
 *
 * @param path of a file that exists, under a name that whoever opened it knew it by
 */
export const heldBy = (path: string): string | undefined => {
  const { dev, ino } = statSync(path, { bigint: true });
  const isIt = (descriptor: string): boolean => {
    // Looking at whatever others have open may take long, as on a file system that does not answer.
    const named = trySystem(() => readlinkSync(descriptor));
    if (!named.ok || basename(named.value) !== basename(path)) return false;
    const found = trySystem(() => statSync(descriptor, { bigint: true }));
    return found.ok && found.value.dev === dev && found.value.ino === ino;
  };
  return listed("/proc").find(
    (name) =>
      /^\d+$/.test(name) &&
      name !== String(process.pid) &&
      listed(`/proc/${name}/fd`).some((descriptor) => isIt(`/proc/${name}/fd/${descriptor}`)),
  );
};

const listed = (folder: string): readonly string[] => {
  const names = trySystem(() => readdirSync(folder));
  return names.ok ? names.value : [];
};
