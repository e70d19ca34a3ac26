import { Socket } from "node:net";
import { type KeptText, keptText } from "./kept-text.js";
import type { Output } from "./run-result.js";
import { type Spool, spool } from "./spool.js";

/** How much is kept, and where what does not fit goes. */
export type OutputLimits = {
  /** Characters (UTF-16 units) of the answer. */
  readonly characters: number;
  /** Bytes of the spool file; past them the pipe is closed. */
  readonly spoolBytes: number;
  /** Absolute path of the spool file; it is made only when needed, with its folder, and must not exist. */
  readonly spoolPath: string;
  /** See `RunOptions`; what it does not give is not kept, and the pipe is closed. */
  readonly draw?: ((bytes: number) => number) | undefined;
};

export type Collector = {
  /** Settles at the end of the stream, or when the collector closed it. */
  readonly ended: Promise<void>;
  /** Settles when the spool is full and the pipe was closed on the producer. */
  readonly full: Promise<void>;
  /** What was collected so far; the descriptor is closed for good. */
  readonly finish: () => Output;
};

/**
 * Reads a pipe to its end: the beginning as text, and everything as a spool file once it is more than fits.
 *
 * @param descriptor the read end; it belongs to the collector from here on
 */
export const collectOutput = (descriptor: number, limits: OutputLimits): Collector => {
  const kept = new Kept(limits);
  const socket = new Socket({ fd: descriptor, readable: true, writable: false });
  let atEnd = false;
  const full = new Promise<void>((resolve) => {
    socket.on("data", (chunk: Buffer) => {
      if (kept.add(chunk)) return;
      socket.destroy();
      resolve();
    });
  });
  const ended = new Promise<void>((resolve) => {
    socket.once("end", () => {
      atEnd = true;
    });
    socket.once("close", () => resolve());
    socket.once("error", () => resolve());
  });
  return {
    ended,
    full,
    finish: () => {
      socket.destroy();
      return kept.output(atEnd);
    },
  };
};

class Kept {
  private readonly limits: OutputLimits;
  private readonly kept: KeptText;
  private bytes = 0;
  private chunks: Buffer[] = [];
  private file: Spool | undefined;

  constructor(limits: OutputLimits) {
    this.limits = limits;
    this.kept = keptText(limits.characters);
  }

  /** Keeps a chunk; false when nothing more can be kept. */
  add(chunk: Buffer): boolean {
    this.bytes += chunk.length;
    const drawn = chunk.subarray(0, this.limits.draw?.(chunk.length));
    return this.keep(drawn) && drawn.length === chunk.length;
  }

  private keep(chunk: Buffer): boolean {
    if (this.file !== undefined) return this.file.write(chunk);
    this.chunks.push(chunk);
    if (this.kept.add(chunk)) return true;
    const file = spool(this.limits.spoolPath, this.limits.spoolBytes);
    this.file = file;
    const chunks = this.chunks;
    this.chunks = [];
    return chunks.every((each) => file.write(each));
  }

  output(atEnd: boolean): Output {
    const { text, bytes } = this.kept.finish();
    const missing = this.bytes - bytes;
    const dropped = this.file === undefined && missing === 0 ? undefined : { bytes: missing, exact: atEnd };
    return { text, bytes: this.bytes, dropped, spool: this.file?.close() };
  }
}
