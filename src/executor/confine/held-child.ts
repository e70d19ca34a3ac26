import { readFileSync } from "node:fs";
import { Socket } from "node:net";
import { constants } from "node:os";
import type { Child, Exit } from "../spawn-stage.js";
import { within } from "../within.js";

/** How long after bwrap's end is waited for what it told. */
const LINGER = 250;

/**
 * A program that bwrap(1) holds, as if it were a child of ours. bwrap itself ends at once when it is told to; so TERM goes
 * to the program, which may still put its things in order, and KILL to bwrap, with which everything in it dies.
 *
 * @param monitor bwrap, told to write its status (`--json-status-fd`)
 * @param descriptor the read end of where it writes; it belongs to this function
 */
export const heldChild = (monitor: Child, descriptor: number): Child => {
  const telling = readTelling(descriptor);
  let isStopped = false;
  return {
    pid: monitor.pid,
    exit: monitor.exit.then(async (exit) => {
      await within(telling.ended, LINGER);
      telling.close();
      return exitOf(exit, telling.text(), isStopped);
    }),
    signal: (signal) => {
      isStopped = true;
      const programs = signal === "SIGTERM" ? childrenOf(initOf(telling.text())) : [];
      for (const pid of programs) kill(pid, signal);
      if (programs.length === 0) monitor.signal("SIGKILL");
    },
  };
};

const readTelling = (descriptor: number) => {
  let text = "";
  const socket = new Socket({ fd: descriptor, readable: true, writable: false });
  socket.on("data", (chunk: Buffer) => {
    text += chunk.toString("latin1");
  });
  const ended = new Promise<void>((resolve) => {
    socket.once("close", () => resolve());
    socket.once("error", () => resolve());
  });
  return { ended, text: () => text, close: () => socket.destroy() };
};

// bwrap is gone before it could tell when a signal ended it, and when it could not set up what it was told to.
const exitOf = (exit: Exit, text: string, isStopped: boolean): Exit => {
  if (exit.kind !== "exited") return exit;
  const told = /"exit-code": (\d+)/.exec(text)?.[1];
  if (told === undefined && isStopped) return { kind: "signalled", signal: "SIGKILL" };
  if (told === undefined) return { kind: "not-started", reason: "the sandbox could not be set up" };
  return SIGNALS.get(Number(told) - SIGNALLED) ?? { kind: "exited", code: Number(told) };
};

/** What bwrap adds to the number of the signal that ended the program (its propagate_exit_status). */
const SIGNALLED = 128;

const SIGNALS: ReadonlyMap<number, Exit> = new Map(
  // The names are the keys of the very table.
  Object.entries(constants.signals)
    .reverse() // of two names the older one stays, SIGABRT before SIGIOT
    .map(([name, number]) => [number, { kind: "signalled", signal: name as NodeJS.Signals }]),
);

// The process that bwrap names is the first of its namespace, which takes no signal; the program is that one's child.
const initOf = (text: string): number | undefined => {
  const found = /"child-pid": (\d+)/.exec(text)?.[1];
  return found === undefined ? undefined : Number(found);
};

const childrenOf = (pid: number | undefined): readonly number[] => {
  if (pid === undefined) return [];
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, "latin1").split(" ").filter(Boolean).map(Number);
  } catch {
    return []; // it is gone, or the kernel does not tell (CONFIG_PROC_CHILDREN)
  }
};

const kill = (pid: number, signal: NodeJS.Signals): void => {
  try {
    process.kill(pid, signal);
  } catch (cause) {
    if (!(cause instanceof Error && "code" in cause && (cause.code === "ESRCH" || cause.code === "EPERM"))) throw cause;
  }
};
