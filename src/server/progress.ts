import type { ServerContext } from "@modelcontextprotocol/server";

/** A run is silent this long before it reports that it is still going. */
const QUIET_MILLISECONDS = 2000;
const EVERY_MILLISECONDS = 1000;

/**
 * Runs `work` and tells the client how long it has taken, where the client asked for progress (MCP, "Progress").
 *
 * @param seconds the deadline, as the total
 */
export const reportProgress = async <T>(
  context: ServerContext,
  seconds: number,
  work: () => Promise<T>,
): Promise<T> => {
  const token = context.mcpReq._meta?.progressToken;
  if (token === undefined) return work();
  const started = Date.now();
  const tell = (): void => {
    const progress = Math.round((Date.now() - started) / 100) / 10;
    if (progress * 1000 < QUIET_MILLISECONDS) return;
    const params = { progressToken: token, progress, total: seconds, message: `running for ${Math.round(progress)} s` };
    // A client that is gone cannot be told; its request's signal ends the run.
    context.mcpReq.notify({ method: "notifications/progress", params }).catch(() => undefined);
  };
  const timer = setInterval(tell, EVERY_MILLISECONDS);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
};
