import { randomUUID } from "node:crypto";
import type { StateStore, StoreEvent } from "../../src/state/state-store.js";
import type { Between } from "./between.js";
import { closeStates } from "./open-state.js";
import { type Redis, startRedis } from "./start-redis.js";

/** Milliseconds for which a spent name counts. */
export const LONG = 60_000;

/** What came of spending a new name, and in how many milliseconds. */
export const spendOne = async (store: StateStore) => {
  const started = performance.now();
  const spent = await store.spend(randomUUID(), LONG);
  return { said: spent.ok ? spent.value : spent.error, milliseconds: performance.now() - started };
};

export const isSpending = async (store: StateStore): Promise<boolean> => (await spendOne(store)).said === true;

export const kinds = (told: readonly StoreEvent[]): readonly string[] => told.map(({ kind }) => kind);

const betweens: Between[] = [];
const owned: Redis[] = [];

/** One that a test may do anything to. */
export const ownRedis = async (): Promise<Redis> => {
  const own = await startRedis();
  owned.push(own);
  return own;
};

export const via = async (between: Promise<Between>): Promise<Between> => {
  betweens.push(await between);
  return between;
};

/** Lets go of all that a test has opened. */
export const closeAll = async (): Promise<void> => {
  closeStates();
  for (const between of betweens.splice(0)) await between.close();
  for (const own of owned.splice(0)) await own.remove();
};
