import { closeSync, constants, openSync, rmSync, unlinkSync } from "node:fs";
import { join } from "node:path";
import { spawnStage } from "./spawn-stage.js";

/** Both ends of a kernel pipe, as descriptors of this process. */
export type KernelPipe = { readonly read: number; readonly write: number };

/** Makes pipes. Node's own `'pipe'` is a socket pair: a producer then gets ECONNRESET where a pipe gives SIGPIPE. */
export type FifoPool = {
  /** Opens `count` pipes; waits only where not enough FIFOs are ready. Nothing of a pipe is left in the file system. */
  readonly take: (count: number) => Promise<readonly KernelPipe[]>;
};

const BATCH = 96;
const LOW = 48;

/**
 * A pool of FIFOs in a private directory, made in batches by one run of mkfifo(1) each, since Node has no pipe(2).
 *
 * @param directory absolute path, mode 0700, of this process alone
 * @param mkfifo absolute path of mkfifo(1)
 */
export const fifoPool = (directory: string, mkfifo: string): FifoPool => {
  const ready: string[] = [];
  let made = 0;
  let making: Promise<void> | undefined;

  const make = async (count: number): Promise<void> => {
    const names = Array.from({ length: count }, () => join(directory, String(made++)));
    await makeFifos(mkfifo, directory, names);
    ready.push(...names);
  };
  const refill = (count: number): Promise<void> => {
    making ??= make(count).finally(() => {
      making = undefined;
    });
    return making;
  };

  return {
    take: async (count) => {
      while (ready.length < count) await refill(Math.max(BATCH, count));
      const taken = ready.splice(0, count);
      // A failing refill shows itself to the run that has to wait for one.
      if (ready.length < LOW) refill(BATCH).catch(() => undefined);
      return openAll(taken);
    },
  };
};

const makeFifos = async (mkfifo: string, cwd: string, names: readonly string[]): Promise<void> => {
  const nothing = openSync("/dev/null", constants.O_RDWR);
  const request = { file: mkfifo, args: ["-m", "600", "--", ...names], env: { LC_ALL: "C" }, cwd, launcher: [] };
  const child = spawnStage({ ...request, stdin: nothing, stdout: nothing, stderr: nothing });
  closeSync(nothing);
  const exit = await child.exit;
  if (exit.kind !== "exited" || exit.code !== 0) throw new Error(`mkfifo failed in ${cwd}: ${JSON.stringify(exit)}`);
};

const openAll = (paths: readonly string[]): readonly KernelPipe[] => {
  const opened: KernelPipe[] = [];
  try {
    for (const path of paths) opened.push(openFifo(path));
    return opened;
  } catch (cause) {
    for (const pipe of opened) closePipe(pipe);
    for (const path of paths) rmSync(path, { force: true });
    throw cause;
  }
};

// Opened for both directions first (Linux, fifo(7)), so that neither of the other two opens waits for its peer. The two
// ends are separate open file descriptions: making one non-blocking leaves the other as it is.
const openFifo = (path: string): KernelPipe => {
  const both = openSync(path, constants.O_RDWR);
  let read: number | undefined;
  try {
    read = openSync(path, constants.O_RDONLY);
    return { read, write: openSync(path, constants.O_WRONLY) };
  } catch (cause) {
    if (read !== undefined) closeSync(read);
    throw cause;
  } finally {
    closeSync(both);
    unlinkSync(path);
  }
};

/** Closes both ends. */
export const closePipe = (pipe: KernelPipe): void => {
  closeSync(pipe.read);
  closeSync(pipe.write);
};
