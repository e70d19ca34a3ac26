import type { ServerResponse } from "node:http";

/** The requests whose answers are not over. */
export type Exchanges = {
  readonly add: (response: ServerResponse) => void;
  /** How many have not even the beginning of an answer. */
  readonly unanswered: () => number;
  /** Settles once every answer is over. */
  readonly over: () => Promise<void>;
};

export const createExchanges = (): Exchanges => {
  const open = new Set<ServerResponse>();
  const waiting = new Set<() => void>();
  const remove = (response: ServerResponse): void => {
    open.delete(response);
    if (open.size > 0) return;
    for (const heard of waiting) heard();
    waiting.clear();
  };
  return {
    add: (response) => {
      open.add(response);
      response.once("close", () => remove(response));
    },
    unanswered: () => [...open].filter(({ headersSent }) => !headersSent).length,
    over: () => new Promise((resolve) => (open.size === 0 ? resolve() : waiting.add(resolve))),
  };
};
