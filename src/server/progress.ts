import type { ServerContext } from "@modelcontextprotocol/server";

/** A run is silent this long before it reports that it is still going. */
const QUIET_MILLISECONDS = 2000;
const EVERY_MILLISECONDS = 1000;

/** Tells how many of something have ended, and of how many: `3 of 5 runs of xargs`. */
export type Tell = (done: number, all: number, what: string) => void;

/**
 * Runs `work` and tells the client how long it has taken, and how far it has come, where the client asked for progress
 * (MCP, "Progress").
 *
 * @param seconds the deadline, as the total
 */
export const reportProgress = async <T>(
  context: ServerContext,
  seconds: number,
  work: (tell: Tell) => Promise<T>,
): Promise<T> => {
  const token = context.mcpReq._meta?.progressToken;
  if (token === undefined) return work(() => undefined);
  const started = Date.now();
  let runs = "";
  const send = (): void => {
    // It must grow with each notification; two within a millisecond are one.
    const progress = (Date.now() - started) / 1000;
    const params = {
      progressToken: token,
      progress,
      total: seconds,
      message: `running for ${Math.round(progress)} s${runs}`,
    };
    // A client that is gone cannot be told; its request's signal ends the run.
    context.mcpReq.notify({ method: "notifications/progress", params }).catch(() => undefined);
  };
  let sent = started;
  const tell = (least: number): void => {
    if (Date.now() - sent < least) return;
    sent = Date.now();
    send();
  };
  const timer = setInterval(() => {
    if (Date.now() - started >= QUIET_MILLISECONDS) tell(EVERY_MILLISECONDS / 2);
  }, EVERY_MILLISECONDS);
  try {
    return await work((done, all, what) => {
      runs = `, ${done} of ${all} ${what}`;
      tell(RUNS_MILLISECONDS);
    });
  } finally {
    clearInterval(timer);
  }
};

/** Runs that end faster are told together. */
const RUNS_MILLISECONDS = 100;
