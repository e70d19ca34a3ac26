import { constants, fstatSync, openSync, writeSync } from "node:fs";
import { Socket } from "node:net";

/** Writes to an error stream in between the processes that write to it. */
export type ErrorStream = {
  /** Settles when the text is written; `gone` where nobody reads it any longer, or the signal has fired. */
  readonly tell: (text: string) => Promise<Heard>;
  /** Closes what was opened for that; the stream itself stays. */
  readonly close: () => Promise<void>;
};

type Heard = "told" | "gone";

/**
 * An error stream that this process writes to as well. It never waits in the kernel for a reader, who may be itself. The
 * flag for that belongs to an open file, which processes share, so a pipe is opened once more (proc(5), `/proc/pid/fd`).
 *
 * @param descriptor it stays the caller's
 */
export const errorStream = (descriptor: number, signal: AbortSignal): ErrorStream => {
  let way: ErrorStream | undefined;
  return {
    tell: async (text) => {
      if (signal.aborted) return "gone";
      way ??= wayTo(descriptor, signal);
      return way.tell(text);
    },
    close: async () => way?.close(),
  };
};

// What is no pipe is a terminal or /dev/null, neither of which is full for long.
const wayTo = (descriptor: number, signal: AbortSignal): ErrorStream => {
  // As big integers: Node 20 keeps the other kind of answer in one place for all, which it reads again elsewhere.
  if (!fstatSync(descriptor, { bigint: true }).isFIFO()) return unopened((text) => writeNow(descriptor, text));
  try {
    return pipeTo(openSync(`/proc/self/fd/${descriptor}`, constants.O_WRONLY | constants.O_NONBLOCK), signal);
  } catch (cause) {
    // Without a reader; or the pipe is another user's, which costs the words and not the run.
    return unopened(() => (hasCode(cause, "ENXIO") ? "gone" : "told"));
  }
};

const unopened = (write: (text: string) => Heard): ErrorStream => ({
  tell: async (text) => write(text),
  close: async () => undefined,
});

const writeNow = (descriptor: number, text: string): Heard => {
  try {
    writeSync(descriptor, text);
    return "told";
  } catch (cause) {
    return hasCode(cause, "EPIPE") ? "gone" : "told";
  }
};

const pipeTo = (descriptor: number, signal: AbortSignal): ErrorStream => {
  const socket = new Socket({ fd: descriptor, readable: false, writable: true });
  const stop = (): void => {
    socket.destroy();
  };
  socket.on("error", () => undefined); // the one who writes is told
  signal.addEventListener("abort", stop, { once: true });
  return {
    // What is destroyed in the middle of a write gives no error (net.js, `onWriteComplete`).
    tell: (text) =>
      new Promise((resolve) => socket.write(text, (error) => resolve(error || socket.destroyed ? "gone" : "told"))),
    close: async () => {
      signal.removeEventListener("abort", stop);
      if (socket.closed) return;
      const closed = new Promise<void>((resolve) => socket.once("close", () => resolve()));
      socket.destroy();
      await closed;
    },
  };
};

const hasCode = (cause: unknown, code: string): boolean =>
  cause instanceof Error && "code" in cause && cause.code === code;
