import { randomBytes } from "node:crypto";
import { closeSync, constants, fstatSync, ftruncateSync, lstatSync, openSync, rmSync } from "node:fs";
import { err, ok, type Result } from "../language/result.js";
import { LONGEST_LINE } from "./audit-line.js";
import { trySystem } from "./system-error.js";
import { writeWhole } from "./write-whole.js";

/** Room on a disk that is given up when there is none left. */
export type Reserve = {
  /**
   * Keeps at least so many bytes, or gives the kernel's reason. What was kept before stays kept where there is no room for
   * more.
   */
  readonly hold: (bytes: number) => Result<undefined, string>;
  /** Gives up the room of one line; false where nothing was kept. */
  readonly release: () => boolean;
  readonly close: () => void;
};

const NEW = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW | constants.O_APPEND;

/** Makes the file anew, mode 0600, empty; throws what the file system says. A file of that name is one that was left over. */
export const openReserve = (path: string): Reserve => {
  if (lstatSync(path, { throwIfNoEntry: false })?.isFile() === true) rmSync(path);
  const descriptor = openSync(path, NEW, 0o600);
  return {
    hold: (bytes) => {
      const held = trySystem(() => grow(descriptor, bytes));
      return held.ok ? held.value : held;
    },
    release: () => {
      const { size } = fstatSync(descriptor);
      if (size > 0) ftruncateSync(descriptor, Math.max(0, size - LONGEST_LINE));
      return size > 0;
    },
    close: () => {
      closeSync(descriptor);
      rmSync(path, { force: true });
    },
  };
};

const grow = (descriptor: number, bytes: number): Result<undefined, string> => {
  const before = fstatSync(descriptor).size;
  for (let held = before; held < bytes; held += LONGEST_LINE) {
    // Zeros would be a hole, or nothing, on a file system that compresses.
    const done = writeWhole(descriptor, randomBytes(LONGEST_LINE), 0);
    if (done.ok) continue;
    ftruncateSync(descriptor, before);
    return err(done.error.code);
  }
  return ok(undefined);
};
