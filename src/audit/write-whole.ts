import { writeSync } from "node:fs";
import { err, ok, type Result } from "../language/result.js";
import { trySystem } from "./system-error.js";

/** What hindered a write, and how many bytes of it were written all the same. */
export type Unwritten = { readonly written: number; readonly code: string };

/**
 * Writes all bytes before it returns: what the kernel takes in parts is completed, and a pipe that is full is tried again.
 *
 * @param patience milliseconds that a full pipe is waited for, all in all; the server does nothing else meanwhile
 */
export const writeWhole = (descriptor: number, bytes: Uint8Array, patience: number): Result<undefined, Unwritten> => {
  let written = 0;
  let left = patience;
  while (written < bytes.length) {
    const more = trySystem(() => writeSync(descriptor, bytes, written));
    // Taking nothing without a word is not in write(2); it would be tried for ever.
    const code = more.ok ? "EAGAIN" : more.error;
    if (more.ok && more.value > 0) written += more.value;
    else if (code !== "EAGAIN" || left <= 0) return err({ written, code });
    else left -= pause();
  }
  return ok(undefined);
};

const PAUSE = 5;

const pause = (): number => {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE);
  return PAUSE;
};
