import { setTimeout as pause } from "node:timers/promises";
import { inTime } from "../executor/in-time.js";
import { err, type Result } from "../language/result.js";
import type { SpentSeals } from "../policy/approval/spent-seals.js";
import { type OpenStore, openStore } from "./open-store.js";
import type { StoreAddress } from "./store-address.js";

/** Spent seals of all servers that look into the same Redis or Valkey. */
export type StateStore = SpentSeals & {
  /** Whether names could be spent now; otherwise why not. */
  readonly reach: () => Promise<Result<OpenStore, string>>;
  /** Nothing is spent after that, and nobody told. */
  readonly close: () => void;
};

/** What the operator is told. */
export type StoreEvent =
  /** until it is back: nothing can be spent */
  | { readonly kind: "lost"; readonly reason: string }
  /** after it was lost: names are spent again */
  | { readonly kind: "back" }
  /** it may forget names before their time */
  | { readonly kind: "forgetful"; readonly policy: string };

/** Milliseconds that whoever spends a name waits for a connection; how long the store may take then has its own bound. */
const WAIT = 1000;

/** A connection that holds for so long is no flicker; later it is tried so often, before somebody needs it. */
const [STEADY, BEAT] = [1000, 15_000];

/** Between two attempts to connect. */
const [SHORTEST_PAUSE, LONGEST_PAUSE] = [50, 3000];

/**
 * Connects to a store in the background, and anew whenever the connection breaks or the store answers anything but yes or no
 * (after a failover another server may be behind its name). None of it keeps the process from ending.
 */
export const createStateStore = (address: StoreAddress, tell: (event: StoreEvent) => void): StateStore => {
  const stop = new AbortController();
  const waiting = new Set<() => void>();
  let current: Result<OpenStore, string> = err("it has not answered yet");
  let isLost = false;

  const take = (opened: Result<OpenStore, string>): void => {
    current = opened;
    if (!opened.ok) {
      if (!isLost) tell({ kind: "lost", reason: opened.error });
      isLost = true;
      return;
    }
    const { broken } = opened.value;
    broken.addEventListener("abort", () => {
      current = err(String(broken.reason));
    });
    for (const wake of waiting) wake();
  };
  const holds = async ({ broken, tryOut }: OpenStore, milliseconds: number): Promise<boolean> => {
    await pauseUnless(milliseconds, broken);
    return (await tryOut()).ok;
  };
  const watch = async (store: OpenStore): Promise<boolean> => {
    if (!(await holds(store, STEADY))) return false;
    if (isLost) tell({ kind: "back" });
    isLost = false;
    while (await holds(store, BEAT));
    return true;
  };
  const keepOpen = async (): Promise<void> => {
    let [failures, isForgetful] = [0, false];
    while (!stop.signal.aborted) {
      const opened = await openStore(address);
      if (stop.signal.aborted) return opened.ok ? opened.value.close() : undefined;
      take(opened);
      const policy = opened.ok && !isForgetful ? await opened.value.evictsBy() : undefined;
      if (policy !== undefined) tell({ kind: "forgetful", policy });
      isForgetful ||= policy !== undefined;
      failures = opened.ok && (await watch(opened.value)) ? 0 : failures + 1;
      await pauseUnless(Math.min(LONGEST_PAUSE, SHORTEST_PAUSE * 2 ** failures), stop.signal);
    }
  };
  void keepOpen();

  const reach = async (): Promise<Result<OpenStore, string>> => {
    if (current.ok || stop.signal.aborted) return current;
    let wake = (): void => undefined;
    const opened = new Promise<void>((resolve) => {
      wake = resolve;
    });
    waiting.add(wake);
    await inTime(opened, WAIT);
    waiting.delete(wake);
    return current;
  };
  return {
    reach,
    spend: async (name, milliseconds) => {
      const opened = await reach();
      return opened.ok ? opened.value.spend(name, milliseconds) : opened;
    },
    close: () => {
      stop.abort();
      if (current.ok) current.value.close();
      current = err("it was let go");
    },
  };
};

const pauseUnless = async (milliseconds: number, signal: AbortSignal): Promise<void> => {
  // Cut short it is over as well.
  await pause(milliseconds, undefined, { ref: false, signal }).catch(() => undefined);
};
