import { Worker } from "node:worker_threads";

/** Sees a reading that never ends. */
export type Watch = { during<T>(text: string, read: () => T): T; stop(): void };

/** A thread of its own looks at what this one is reading; when that takes too long it prints the text and ends the process. */
export const watch = (): Watch => {
  const counter = new Int32Array(new SharedArrayBuffer(4));
  const bytes = new Uint8Array(new SharedArrayBuffer(1 << 16));
  const worker = new Worker(new URL("./watchdog.js", import.meta.url), { workerData: { counter, bytes } });
  const encoder = new TextEncoder();
  let readings = 0;
  worker.unref();
  return {
    during: (text, read) => {
      bytes.fill(0, encoder.encodeInto(text, bytes).written);
      readings = (readings % 1_000_000_000) + 1;
      Atomics.store(counter, 0, readings);
      try {
        return read();
      } finally {
        Atomics.store(counter, 0, 0);
      }
    },
    stop: () => void worker.terminate(),
  };
};
