import { createHash, randomUUID } from "node:crypto";
import { inTime } from "../executor/in-time.js";
import { err, ok, type Result } from "../language/result.js";
import type { SpentSeals } from "../policy/approval/spent-seals.js";
import type { StoreAddress } from "./store-address.js";
import { storeConnection } from "./store-connection.js";
import { NO_ANSWER, storeReason } from "./store-reason.js";

/** A connection by which names are spent. The first thing that goes wrong breaks it for good. */
export type OpenStore = SpentSeals & {
  /** Spends a name that nobody has, for a moment. */
  readonly tryOut: () => Promise<Result<boolean, string>>;
  /** The policy by which the store may drop names before their time; nothing where it does not, or does not say. */
  readonly evictsBy: () => Promise<string | undefined>;
  /** Fires when it breaks, with a text that says why. */
  readonly broken: AbortSignal;
  readonly close: () => void;
};

/** Milliseconds in which a connection has to come about, and a command to be answered. */
const [CONNECT, ANSWER] = [2000, 1000];

const TRIAL = 1000;

/** Connects to a store, and spends a name there that nobody has. Problems: why it cannot be used, without any secret. */
export const openStore = async (address: StoreAddress): Promise<Result<OpenStore, string>> => {
  const end = new AbortController();
  const connection = storeConnection(address, CONNECT, (cause) => end.abort(storeReason(cause)));
  end.signal.addEventListener("abort", connection.close, { once: true });
  // Of what goes wrong the first thing is the reason of the rest.
  const orEnd = <T>(result: Result<T, string>): Result<T, string> => {
    if (result.ok) return result;
    end.abort(result.error);
    return err(String(end.signal.reason));
  };
  const ask = async (words: readonly string[]): Promise<Result<unknown, string>> =>
    end.signal.aborted ? err(String(end.signal.reason)) : answered(connection.send(words), ANSWER);
  const spend: SpentSeals["spend"] = async (name, milliseconds) => {
    const reply = await ask(["SET", keyOf(name), "1", "NX", "PX", String(milliseconds)]);
    return orEnd(reply.ok ? isFirst(reply.value) : reply);
  };
  const tryOut = async (): Promise<Result<boolean, string>> => {
    const first = await spend(`trial ${randomUUID()}`, TRIAL);
    return first.ok && !first.value ? orEnd(err(NONSENSE)) : first;
  };
  const opened = orEnd(await answered(connection.open(), CONNECT));
  const tried = opened.ok ? await tryOut() : opened;
  if (!tried.ok) return tried;
  return ok({
    ...{ spend, tryOut, broken: end.signal },
    evictsBy: async () => {
      const info = await ask(["INFO", "memory"]);
      return info.ok ? evictionIn(String(info.value)) : undefined;
    },
    close: () => end.abort("it was let go"),
  });
};

const answered = async <T>(work: Promise<T>, milliseconds: number): Promise<Result<T, string>> => {
  try {
    const result = await inTime(work, milliseconds);
    return result.ok ? result : err(NO_ANSWER);
  } catch (cause) {
    return err(storeReason(cause));
  }
};

// Whoever reads the store learns nothing of who was asked, and about what.
const keyOf = (name: string): string => `awspipe:spent:${createHash("sha256").update(name).digest("base64url")}`;

const NONSENSE = "it answers what no Redis or Valkey would";

// SET with NX answers OK where it has set the key, and nil where the key was there (redis.io, commands/set).
const isFirst = (reply: unknown): Result<boolean, string> => {
  if (reply === "OK") return ok(true);
  return (reply ?? undefined) === undefined ? ok(false) : err(NONSENSE);
};

// Without a bound nothing is evicted, whatever the policy.
const evictionIn = (info: string): string | undefined => {
  const policy = /^maxmemory_policy:([\w-]+)/m.exec(info)?.[1];
  const isBounded = /^maxmemory:[1-9]/m.test(info);
  return isBounded && policy !== "noeviction" ? policy : undefined;
};
