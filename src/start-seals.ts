import { randomBytes } from "node:crypto";
import { type LogEntry, log } from "./log.js";
import { createSeals, type Seals } from "./policy/approval/seals.js";
import { type SpentSeals, spentInMemory } from "./policy/approval/spent-seals.js";
import { readGuardedFile } from "./read-guarded-file.js";
import type { Settings } from "./settings.js";
import { parseStateKey } from "./state/parse-state-key.js";
import type { StateStore, StoreEvent } from "./state/state-store.js";
import { parseStoreAddress, type StoreAddress } from "./state/store-address.js";

type StateSettings = Pick<Settings, "AWS_MCP_STATE" | "AWS_MCP_STATE_KEY_FILE">;

/** The seals of a server, and the store where several write down what is spent, where there is one. */
export type StartedSeals = {
  readonly seals: Seals;
  readonly state?: { readonly store: StateStore; readonly address: StoreAddress };
};

/**
 * Seals with a key of this process's own, or with the operator's, which several servers share together with a store. The store
 * is not waited for: as long as it does not answer approvals are refused, and everything else works.
 *
 * Throws where one of the two settings is there without the other, and where the file of the key is not what it must be.
 *
 * @param now epoch milliseconds
 */
export const startSeals = async (settings: StateSettings, now: () => number): Promise<StartedSeals> => {
  const { AWS_MCP_STATE: url, AWS_MCP_STATE_KEY_FILE: file } = settings;
  if (url === undefined && file === undefined) return { seals: sealsOf(randomBytes(32), spentInMemory(now), now) };
  if (url === undefined) throw new Error(`AWS_MCP_STATE_KEY_FILE=${file}: ${NO_STORE}`);
  if (file === undefined) throw new Error(`AWS_MCP_STATE: ${NO_KEY}`);
  const key = keyIn(file);
  const address = parseStoreAddress(url);
  if (!address.ok) throw new Error(`AWS_MCP_STATE: ${address.error}`);
  // The client of the store is not loaded where there is none.
  const { createStateStore } = await import("./state/state-store.js");
  const store = createStateStore(address.value, (event) => log(entryOf(event, address.value)));
  return { seals: sealsOf(key, store, now), state: { store, address: address.value } };
};

const sealsOf = (key: Uint8Array, spent: SpentSeals, now: () => number): Seals =>
  createSeals({ key, spent, now, nonce: () => randomBytes(16).toString("base64url") });

/** A key and a line's end, and room for a longer one. */
const LARGEST = 1024;

const keyIn = (path: string): Uint8Array => {
  const setting = "AWS_MCP_STATE_KEY_FILE";
  const key = parseStateKey(readGuardedFile({ setting, path, largest: LARGEST }));
  if (key.ok) return key.value;
  throw new Error(`${setting}=${path}: the file ${key.error}`);
};

const NO_STORE =
  "without AWS_MCP_STATE it does nothing: name the store where all servers with this key write down which approvals are spent";

const NO_KEY =
  "needs AWS_MCP_STATE_KEY_FILE too, a file with the key by which all servers seal; `(umask 077; openssl rand -hex 32 > FILE)` makes one";

const entryOf = (event: StoreEvent, { shown: store }: StoreAddress): LogEntry => {
  switch (event.kind) {
    case "lost":
      return {
        event: "state-store-lost",
        store,
        reason: event.reason,
        message: "approvals are refused until it is back",
      };
    case "back":
      return { event: "state-store-back", store };
    case "forgetful":
      return { event: "warning", message: `${store} may forget spent approvals: ${forgetful(event.policy)}` };
  }
};

/** What an operator does about a store that drops names when its memory is full. */
export const forgetful = (policy: string): string =>
  `its maxmemory-policy is ${policy}, and should be noeviction; with it a full store refuses approvals`;
