import {
  isJSONRPCErrorResponse,
  isJSONRPCRequest,
  isJSONRPCResultResponse,
  type JSONRPCMessage,
  type RequestId,
  type Transport,
} from "@modelcontextprotocol/server";
import { z } from "zod";
import { rpcError } from "./web-response.js";

/** The requests of one session that wait for their answers. */
export type SessionRequests = {
  /** The connection to the client, watched; this one is for the server. */
  readonly transport: Transport;
  /**
   * Takes note of the requests in a body that is about to be handed to the connection. Gives the answer for the client
   * where they are too many, or where an id belongs to a request that still waits: what cancels one would not reach the other.
   */
  readonly admit: (body: unknown) => Admitted | Response;
};

/** The requests of one body. */
export type Admitted = {
  /** Ends those that wait, as if the client had cancelled them. */
  readonly end: () => void;
};

/** Of one session. Each holds memory and takes a turn, though the connection that brought it may be gone. */
const MOST_REQUESTS = 256;

/**
 * Watches the requests that come over a connection.
 *
 * @param dropped is told of a request that will not be answered, and whether it had come alone
 */
export const watchRequests = (
  inner: Transport,
  dropped: (id: RequestId, isAlone: boolean) => void = () => undefined,
): SessionRequests => {
  const waiting = new Map<RequestId, readonly RequestId[]>();
  const drop = (id: RequestId): void => {
    const together = waiting.get(id);
    if (waiting.delete(id)) dropped(id, together?.length === 1);
  };
  const outer: Transport = {
    start: () => {
      inner.onmessage = (message, extra) => {
        outer.onmessage?.(message, extra);
        const cancelled = cancellation.safeParse(message);
        if (cancelled.success) drop(cancelled.data.params.requestId);
      };
      inner.onclose = () => outer.onclose?.();
      inner.onerror = (error) => outer.onerror?.(error);
      return inner.start();
    },
    send: (message, options) => {
      const id = answered(message);
      if (id !== undefined) waiting.delete(id);
      return inner.send(message, options);
    },
    close: () => inner.close(),
    get sessionId() {
      return inner.sessionId;
    },
    setProtocolVersion: (version) => inner.setProtocolVersion?.(version),
    setSupportedProtocolVersions: (versions) => inner.setSupportedProtocolVersions?.(versions),
  };
  return {
    transport: outer,
    admit: (body) => {
      const ids = requestIds(body);
      if (waiting.size + ids.length > MOST_REQUESTS)
        return rpcError(429, `${MOST_REQUESTS} requests of this session are under way`);
      if (new Set(ids).size < ids.length || ids.some((id) => waiting.has(id)))
        return rpcError(400, "a request with this id is under way");
      for (const id of ids) waiting.set(id, ids);
      const end = (): void => {
        // The same id may be another request's by now.
        for (const id of ids.filter((each) => waiting.get(each) === ids)) {
          outer.onmessage?.({ jsonrpc: "2.0", method: "notifications/cancelled", params: { requestId: id } });
          drop(id);
        }
      };
      return { end };
    },
  };
};

const cancellation = z.object({
  method: z.literal("notifications/cancelled"),
  params: z.object({ requestId: z.union([z.string(), z.number()]) }),
});

const answered = (message: JSONRPCMessage): RequestId | undefined =>
  isJSONRPCResultResponse(message) || isJSONRPCErrorResponse(message) ? message.id : undefined;

/** The ids of the requests in a body, each as often as it is there. */
export const requestIds = (body: unknown): readonly RequestId[] =>
  (Array.isArray(body) ? body : [body]).filter((message) => isJSONRPCRequest(message)).map(({ id }) => id);
