import { closeSync, openSync, writeSync } from "node:fs";
import { Socket } from "node:net";
import type { Output } from "./run-result.js";

/** How much is kept, and where what does not fit goes. */
export type OutputLimits = {
  /** Characters (UTF-16 units) of the answer. */
  readonly characters: number;
  /** Bytes of the spool file; past them the pipe is closed. */
  readonly spoolBytes: number;
  /** Absolute path of the spool file; it is made only when needed, and must not exist. */
  readonly spoolPath: string;
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
  private readonly decoder = new TextDecoder();
  private text = "";
  private bytes = 0;
  private chunks: Buffer[] = [];
  private spool: number | undefined;
  private spooled = 0;

  constructor(limits: OutputLimits) {
    this.limits = limits;
  }

  /** Keeps a chunk; false when nothing more can be kept. */
  add(chunk: Buffer): boolean {
    this.bytes += chunk.length;
    if (this.spool === undefined) {
      this.text += this.decoder.decode(chunk, { stream: true });
      this.chunks.push(chunk);
      if (this.text.length <= this.limits.characters) return true;
      this.spool = openSync(this.limits.spoolPath, "wx", 0o600);
      const chunks = this.chunks;
      this.chunks = [];
      return chunks.every((each) => this.write(each));
    }
    return this.write(chunk);
  }

  output(atEnd: boolean): Output {
    if (this.spool === undefined) {
      const text = this.text + this.decoder.decode();
      return { text, bytes: this.bytes, dropped: undefined, spool: undefined };
    }
    closeSync(this.spool);
    const text = cut(this.text, this.limits.characters);
    const dropped = { bytes: Math.max(0, this.bytes - Buffer.byteLength(text)), exact: atEnd };
    return { text, bytes: this.bytes, dropped, spool: this.limits.spoolPath };
  }

  private write(chunk: Buffer): boolean {
    const room = this.limits.spoolBytes - this.spooled;
    const part = chunk.length > room ? chunk.subarray(0, room) : chunk;
    writeSync(this.spool ?? -1, part);
    this.spooled += part.length;
    return this.spooled < this.limits.spoolBytes;
  }
}

// A surrogate pair is not cut in two.
const cut = (text: string, length: number): string => {
  const last = text.charCodeAt(length - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? length - 1 : length);
};
