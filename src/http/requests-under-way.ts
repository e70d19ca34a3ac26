import type { ServerResponse } from "node:http";
import { isJSONRPCNotification } from "@modelcontextprotocol/server";
import type { ServerParts } from "../server/create-server.js";
import { requestIds } from "./session-requests.js";
import { rpcError } from "./web-response.js";

/** The requests without a session that wait for their answers, counted for each principal. */
export type RequestsUnderWay = {
  /**
   * Counts the requests in a body until the response closes. Gives the answer for the client where its principal's are too
   * many, or where one of them could not be told from another or would never be answered.
   */
  readonly admit: (body: unknown, parts: ServerParts, response: ServerResponse) => Response | undefined;
};

/** Half of the connections that a server has: one principal may be many clients behind one token, and not all there is. */
const MOST = 1024;

/** Counts from none. */
export const createRequestsUnderWay = (): RequestsUnderWay => {
  const counts = new WeakMap<ServerParts, number>();
  const count = (parts: ServerParts, more: number): void => void counts.set(parts, (counts.get(parts) ?? 0) + more);
  return {
    admit: (body, parts, response) => {
      const ids = requestIds(body);
      const unfit = batchRefusal(body, ids.length, new Set(ids).size);
      if (unfit !== undefined || ids.length === 0) return unfit;
      if ((counts.get(parts) ?? 0) + ids.length > MOST)
        return rpcError(429, `${MOST} requests of this principal are under way`);
      // Who has gone already closes no more.
      if (response.destroyed) return undefined;
      count(parts, ids.length);
      response.once("close", () => count(parts, -ids.length));
      return undefined;
    },
  };
};

/**
 * Whoever cancels a request gets no answer to it (MCP 2025-11-25, cancellation), and the answers to one body end with the last
 * of them: it would stay open for good.
 */
const batchRefusal = (body: unknown, requests: number, ids: number): Response | undefined => {
  if (ids < requests) return rpcError(400, "two requests of one batch have the same id");
  const messages: readonly unknown[] = Array.isArray(body) ? body : [];
  const cancels = messages.some((each) => isJSONRPCNotification(each) && each.method === "notifications/cancelled");
  return cancels && requests > 0
    ? rpcError(400, "a batch with requests cannot cancel any; close the connection to end a call")
    : undefined;
};
