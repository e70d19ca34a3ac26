import { randomBytes } from "node:crypto";
import type { ServerParts } from "../server/create-server.js";
import { rpcError } from "./web-response.js";

/** A connection of a client that lasts longer than a request. */
export type Session = {
  /** Whose it is, and with which rights. */
  readonly parts: ServerParts;
  /** Epoch milliseconds since which nothing of it is open; nothing while something is. */
  readonly idleSince: () => number | undefined;
  readonly close: () => Promise<void>;
};

/** The sessions of a server. */
export type SessionTable<S extends Session> = {
  /** The session of this id where it is this principal's. For everybody else there is none. */
  readonly find: (id: string, parts: ServerParts) => S | undefined;
  /**
   * Makes room for one more session of a principal, at the cost of the one that has been idle for longest. Gives the answer
   * for the client where none is idle.
   */
  readonly makeRoom: (parts: ServerParts) => Response | undefined;
  readonly add: (id: string, session: S) => void;
  readonly remove: (id: string) => void;
  readonly close: () => Promise<void>;
};

export type SessionBounds = {
  /** The most sessions of one principal, and of all. One that does nothing holds a quarter of a megabyte. */
  readonly each: number;
  readonly all: number;
  /** Milliseconds after which an idle one ends. */
  readonly idle: number;
};

export const SESSION_BOUNDS: SessionBounds = { each: 64, all: 512, idle: 1_800_000 };

/** A name that nobody guesses: 128 random bits, in characters that headers and URLs may have. */
export const sessionId = (): string => randomBytes(16).toString("hex");

/**
 * A table without sessions.
 *
 * @param now epoch milliseconds
 */
export const createSessionTable = <S extends Session>(
  { each, all, idle }: SessionBounds,
  now: () => number,
): SessionTable<S> => {
  const sessions = new Map<string, S>();
  const end = (id: string, session: S): void => {
    sessions.delete(id);
    void session.close();
  };
  const sweep = (): void => {
    for (const [id, session] of sessions) if (now() - (session.idleSince() ?? now()) >= idle) end(id, session);
  };
  const sweeping = setInterval(sweep, Math.min(idle, SWEEP)).unref();
  const crowd = ({ principal }: ServerParts): readonly (readonly [string, S])[] => {
    const own = [...sessions].filter(([, { parts }]) => parts.principal === principal);
    if (own.length >= each) return own;
    return sessions.size >= all ? [...sessions] : [];
  };
  return {
    find: (id, parts) => {
      const session = sessions.get(id);
      return session?.parts === parts ? session : undefined;
    },
    makeRoom: (parts) => {
      const others = crowd(parts);
      if (others.length === 0) return undefined;
      const longest = longestIdle(others);
      if (longest === undefined) return rpcError(503, "there are too many sessions", { "retry-after": "60" });
      end(...longest);
      return undefined;
    },
    add: (id, session) => sessions.set(id, session),
    remove: (id) => sessions.delete(id),
    close: async () => {
      clearInterval(sweeping);
      await Promise.all([...sessions.values()].map((session) => session.close()));
    },
  };
};

/** How often idle sessions are looked for, in milliseconds. */
const SWEEP = 60_000;

const longestIdle = <S extends Session>(
  sessions: readonly (readonly [string, S])[],
): readonly [string, S] | undefined => {
  const since = ([, session]: readonly [string, S]): number => session.idleSince() ?? Number.POSITIVE_INFINITY;
  const [longest] = sessions
    .filter((each) => since(each) < Number.POSITIVE_INFINITY)
    .sort((a, b) => since(a) - since(b));
  return longest;
};
