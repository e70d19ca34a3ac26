import { setTimeout as pause } from "node:timers/promises";
import { createStateStore, type StateStore, type StoreEvent } from "../../src/state/state-store.js";
import { parseStoreAddress } from "../../src/state/store-address.js";

/** A store with what its operator was told. */
export type OpenState = { readonly store: StateStore; readonly told: readonly StoreEvent[] };

const opened: StateStore[] = [];

export const openState = (url: string): OpenState => {
  const address = parseStoreAddress(url);
  if (!address.ok) throw new Error(address.error);
  const told: StoreEvent[] = [];
  const store = createStateStore(address.value, (event) => told.push(event));
  opened.push(store);
  return { store, told };
};

/** Lets go of all that this file has opened. */
export const closeStates = (): void => {
  for (const store of opened.splice(0)) store.close();
};

/** Waits until something is so. */
export const until = async (isSo: () => boolean | Promise<boolean>, milliseconds = 15_000): Promise<void> => {
  for (const deadline = performance.now() + milliseconds; performance.now() < deadline; await pause(20))
    if (await isSo()) return;
  throw new Error("waited in vain");
};
