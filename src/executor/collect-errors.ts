import { Socket } from "node:net";

/** How much of a stage's error stream is kept, in bytes. The rest is read and dropped, so that the stage never waits. */
export const KEPT_ERROR_BYTES = 16 * 1024;

export type ErrorCollector = { readonly ended: Promise<void>; readonly finish: () => string };

/**
 * Reads an error stream to its end and keeps the beginning.
 *
 * @param descriptor the read end; it belongs to the collector from here on
 */
export const collectErrors = (descriptor: number): ErrorCollector => {
  const chunks: Buffer[] = [];
  let kept = 0;
  let dropped = 0;
  const socket = new Socket({ fd: descriptor, readable: true, writable: false });
  socket.on("data", (chunk: Buffer) => {
    const part = chunk.subarray(0, Math.max(0, KEPT_ERROR_BYTES - kept));
    if (part.length > 0) chunks.push(part);
    kept += part.length;
    dropped += chunk.length - part.length;
  });
  const ended = new Promise<void>((resolve) => {
    socket.once("close", () => resolve());
    socket.once("error", () => resolve());
  });
  return {
    ended,
    finish: () => {
      socket.destroy();
      const text = new TextDecoder().decode(Buffer.concat(chunks));
      return dropped === 0 ? text : `${text}\n… ${dropped} more bytes`;
    },
  };
};
