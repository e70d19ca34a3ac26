import type { McpServer } from "@modelcontextprotocol/server";
import type { KeptResults } from "../../kept-results.js";

/** Milliseconds in which all changes are one. */
const TOGETHER = 1000;

/**
 * Tells the client that the list of resources has changed, once for all changes of a second, until the connection ends.
 * In 2026-07-28 those hear it that listen (`subscriptions/listen`), before that everybody does.
 *
 * @param owner whose connection it is
 */
export const announceResults = (server: McpServer, results: KeptResults, owner: string): void => {
  let waiting: NodeJS.Timeout | undefined;
  const tell = (): void => {
    waiting = undefined;
    // A client that is gone, or does not read, is told nothing.
    if (server.isConnected()) void server.server.sendResourceListChanged().catch(() => undefined);
  };
  const stop = results.onChange(owner, () => {
    // Nothing else waits for it.
    waiting ??= setTimeout(tell, TOGETHER).unref();
  });
  const closed = server.server.onclose;
  server.server.onclose = () => {
    stop();
    clearTimeout(waiting);
    closed?.();
  };
};
