import { Socket } from "node:net";
import { err, ok, type Result } from "../../language/result.js";

/** Why there is no input: more than may be, somebody gave up, the pipe could not be read. */
export type NoInput = "too-much" | "aborted" | "unreadable";

/**
 * Reads a pipe to its end. Half an input is none: it could name other things than the whole.
 *
 * @param descriptor the read end; it belongs to this function, which has closed it when it settles
 * @param most bytes; where there are more the pipe is closed, which ends its producer by SIGPIPE
 */
export const readInput = (descriptor: number, most: number, signal: AbortSignal): Promise<Result<Buffer, NoInput>> => {
  const chunks: Buffer[] = [];
  let bytes = 0;
  let problem: NoInput | undefined;
  const socket = new Socket({ fd: descriptor, readable: true, writable: false });
  const give = (reason: NoInput): void => {
    problem ??= reason;
    socket.destroy();
  };
  const abort = (): void => give("aborted");
  socket.on("data", (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > most) give("too-much");
    else chunks.push(chunk);
  });
  socket.once("error", () => give("unreadable"));
  signal.addEventListener("abort", abort, { once: true });
  if (signal.aborted) abort();
  return new Promise((resolve) => {
    socket.once("close", () => {
      signal.removeEventListener("abort", abort);
      resolve(problem === undefined ? ok(Buffer.concat(chunks)) : err(problem));
    });
  });
};
