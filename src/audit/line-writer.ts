import { err, type Result } from "../language/result.js";
import { type Unwritten, writeWhole } from "./write-whole.js";

/** Milliseconds that a reader may be late. */
const PATIENCE = 1000;

/** Writes one line, its newline included. */
export type LineWriter = (line: string | Uint8Array) => Result<undefined, Unwritten>;

/**
 * Writes lines to a pipe, a socket or a terminal, at once, so that none is lost when the process ends. A line that could
 * not be written whole is ended before the next one. A reader who was waited for in vain is not waited for again until he
 * has read.
 */
export const lineWriter = (descriptor: number): LineWriter => {
  let isTorn = false;
  let patience = PATIENCE;
  return (line) => {
    const bytes = typeof line === "string" ? Buffer.from(line) : line;
    const done = writeWhole(descriptor, isTorn ? Buffer.concat([NEWLINE, bytes]) : bytes, patience);
    if (done.ok) {
      isTorn = false;
      patience = PATIENCE;
      return done;
    }
    // Of a torn line's end alone nothing is torn.
    if (done.error.written > 0) isTorn = !isTorn || done.error.written > NEWLINE.length;
    patience = 0;
    return err(done.error);
  };
};

const NEWLINE = Buffer.from("\n");
