import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";

/** Another process that changes files as fast as it can, until it is stopped. */
export type Swapper = { readonly stop: () => Promise<void> };

const LOOPS = {
  /** The first is in turn a file of its own and a link to the second. */
  file: `for (let n = 0; process.ppid === parent; n++) {
    fs.writeFileSync(target + "-new", "inside " + n);
    fs.renameSync(target + "-new", target);
    pause(n % 3);
    fs.symlinkSync(outside, target + "-new");
    fs.renameSync(target + "-new", target);
    pause(n % 2);
  }`,
  /** The first is in turn the folder that it was and a link to the second. */
  folder: `for (let n = 0; process.ppid === parent; n++) {
    fs.renameSync(target, target + "-away");
    fs.symlinkSync(outside, target);
    pause(n % 2);
    fs.unlinkSync(target);
    fs.renameSync(target + "-away", target);
    pause(n % 3);
  }`,
  /** The first is written over and over, with one letter at a time. */
  rewrite: `for (let n = 0; process.ppid === parent; n++) fs.writeFileSync(target, "abc"[n % 3].repeat(200000));`,
};

/** Starts a loop and waits until it has begun. It ends with this process at the latest. */
export const swapInALoop = async (loop: keyof typeof LOOPS, target: string, outside = ""): Promise<Swapper> => {
  const script = `const fs = require("node:fs"); const [target, outside] = process.argv.slice(1);
    const parent = process.ppid;
    const clock = new Int32Array(new SharedArrayBuffer(4));
    const pause = (milliseconds) => milliseconds > 0 && Atomics.wait(clock, 0, 0, milliseconds);
    process.stdout.write("."); ${LOOPS[loop]}`;
  const child: ChildProcess = spawn(process.execPath, ["-e", script, target, outside], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  const gone = once(child, "exit");
  if (child.stdout !== null) await once(child.stdout, "data");
  return {
    stop: async () => {
      child.kill("SIGKILL");
      await gone;
    },
  };
};

/** Goes at least so many rounds, and on until everything wanted has been seen; gives what was seen. */
export const roundsUntil = async (
  least: number,
  wanted: readonly string[],
  round: () => Promise<readonly string[]>,
): Promise<ReadonlySet<string>> => {
  const seen = new Set<string>();
  for (let count = 0; count < least || (count < 20_000 && !wanted.every((each) => seen.has(each))); count += 1)
    for (const each of await round()) seen.add(each);
  return seen;
};
