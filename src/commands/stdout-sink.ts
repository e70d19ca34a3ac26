import { closeSync, fstatSync } from "node:fs";
import { Socket } from "node:net";
import type { FifoPool } from "../executor/fifo-pool.js";

/** Where the last stage's output goes. */
export type Sink = {
  readonly descriptor: number;
  /** Waits until everything that was written has reached our stdout. */
  readonly close: () => Promise<void>;
};

const STDOUT = 1;

/**
 * Our stdout as a stage can use it under its name, too. An outfile `-` makes the AWS CLI open /dev/stdout again: of a file
 * that would be a second place to write, from its beginning, and a socket cannot be opened. Those get a pipe in between.
 */
export const stdoutSink = async (pool: FifoPool): Promise<Sink> => {
  const stdout = fstatSync(STDOUT);
  if (stdout.isFIFO() || stdout.isCharacterDevice()) return { descriptor: STDOUT, close: async () => undefined };
  const [pipe] = await pool.take(1);
  if (pipe === undefined) throw new Error("the pool gave fewer pipes than asked for");
  const copied = copyToStdout(pipe.read);
  return {
    descriptor: pipe.write,
    close: () => {
      closeSync(pipe.write);
      return copied;
    },
  };
};

// Where nobody reads any longer the pipe is closed, and its producer gets SIGPIPE as it would have from us.
const copyToStdout = (descriptor: number): Promise<void> => {
  const source = new Socket({ fd: descriptor, readable: true, writable: false });
  process.stdout.once("error", () => source.destroy());
  source.pipe(process.stdout, { end: false });
  return new Promise((resolve) => source.once("close", () => resolve()));
};
