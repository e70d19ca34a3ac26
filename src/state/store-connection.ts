import { createClient, type RedisClientOptions } from "@redis/client";
import type { StoreAddress } from "./store-address.js";

/** One connection to a store. When it is gone it stays so. */
export type StoreConnection = {
  /** Connects and says who we are. Throws what keeps it from that. */
  readonly open: () => Promise<void>;
  /** Gives the store's answer to a command. Throws what keeps it from that. */
  readonly send: (words: readonly string[]) => Promise<unknown>;
  /** Ends it; whatever waits for it is rejected. */
  readonly close: () => void;
};

/**
 * A connection that does not connect again by itself, keeps nothing to send for later, and does not keep the process from
 * ending.
 *
 * @param milliseconds that a connection may take to come about
 * @param onError hears why it has broken, any number of times
 */
export const storeConnection = (
  address: StoreAddress,
  milliseconds: number,
  onError: (cause: unknown) => void,
): StoreConnection => {
  const client = createClient(clientOptions(address, milliseconds));
  // For all its life: an `error` that nobody hears would end the process.
  client.on("error", onError);
  client.unref();
  return {
    open: async () => {
      await client.connect();
    },
    send: (words) => client.sendCommand(words),
    close: () => client.destroy(),
  };
};

// RESP2 is what every Redis, Valkey and managed one speaks; what the client would ask for by itself is left out, so that a
// user will do who may do nothing but SET.
const clientOptions = (
  { host, port, tls, servername, username, password, database }: StoreAddress,
  connectTimeout: number,
): RedisClientOptions<Record<never, never>, Record<never, never>, Record<never, never>, 2> => {
  const common = { host, port, connectTimeout, reconnectStrategy: false as const };
  return {
    ...{ RESP: 2, disableClientInfo: true, maintNotifications: "disabled", database },
    ...(username === undefined ? {} : { username }),
    ...(password === undefined ? {} : { password }),
    socket: tls ? { ...common, tls: true, ...(servername === undefined ? {} : { servername }) } : common,
  };
};
