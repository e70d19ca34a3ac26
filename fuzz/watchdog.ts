import { writeSync } from "node:fs";
import { workerData } from "node:worker_threads";

// What `watch` hands over.
const { counter, bytes } = workerData as { readonly counter: Int32Array; readonly bytes: Uint8Array };

const EVERY = 1_000;
const PATIENCE = 15;

let last = 0;
let seen = 0;

setInterval(() => {
  const now = Atomics.load(counter, 0);
  seen = now !== 0 && now === last ? seen + 1 : 0;
  last = now;
  if (seen < PATIENCE) return;
  const text = new TextDecoder().decode(bytes.slice(0, bytes.indexOf(0)));
  // The other thread answers no more, so nothing of the process can be used that goes through it.
  writeSync(1, `never ends: ${JSON.stringify(text)}\n`);
  process.kill(process.pid, "SIGKILL");
}, EVERY);
