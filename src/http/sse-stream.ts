import type { ServerResponse } from "node:http";
import { SSEServerTransport } from "@modelcontextprotocol/sdk/server/sse.js";
import {
  type AuthInfo,
  isJSONRPCNotification,
  isJSONRPCRequest,
  isJSONRPCResponse,
  type Transport,
} from "@modelcontextprotocol/server";
import { protocolError } from "../protocol-error.js";
import { createServer, type ServerParts } from "../server/create-server.js";
import { watchRequests } from "./session-requests.js";
import type { Session } from "./session-table.js";
import { rpcError } from "./web-response.js";

/** A client's stream of the HTTP+SSE transport (MCP 2024-11-05), over which the answers to all its messages go. */
export type SseStream = Session & {
  /** Settles when messages can be taken. */
  readonly opened: Promise<void>;
  /** Hands a message to the server; gives what answers the request that has brought it. */
  readonly receive: (message: unknown, authInfo: AuthInfo) => Promise<Response>;
};

export type StreamSettings = {
  readonly parts: ServerParts;
  /** Path and query that the client is told to send its messages to. */
  readonly messages: string;
};

/** Milliseconds between signs of life; without them nobody would find out that the other end is gone. */
const ALIVE = 15_000;

/** Milliseconds in which a client takes some of what is sent to it, and the most bytes that wait here meanwhile. */
const UNREAD = 60_000;
const UNREAD_BYTES = 16_777_216;

/** Opens a stream as the answer to a request. When it closes, all that its client has asked for ends. */
export const openStream = (response: ServerResponse, { parts, messages }: StreamSettings): SseStream => {
  const transport = new SSEServerTransport(messages, response);
  // Both major versions have the same interface; they differ in the types of what `_meta` may hold.
  const { transport: watched, admit } = watchRequests(transport as unknown as Transport);
  const { server } = createServer(parts);
  server.onerror = protocolError;
  // Proxies would gather what is to be passed on at once.
  response.setHeader("x-accel-buffering", "no");
  const opened = server.connect(watched);
  response.socket?.setTimeout(UNREAD);
  const alive = setInterval(() => {
    if (response.writableLength > UNREAD_BYTES) response.destroy();
    else response.write(": alive\n\n");
  }, ALIVE).unref();
  response.once("close", () => clearInterval(alive));
  return {
    parts,
    opened,
    idleSince: () => undefined,
    close: () => server.close(),
    receive: async (message, authInfo) => {
      if (!isMessage(message)) return rpcError(400, "this is no message of JSON-RPC");
      const admitted = admit(message);
      if (admitted instanceof Response) return admitted;
      // Not the transport's own reading of requests, which knows one size of body and throws for a closed stream.
      await transport.handleMessage(message, { authInfo });
      return new Response(null, { status: 202 });
    },
  };
};

const isMessage = (message: unknown): boolean =>
  isJSONRPCRequest(message) || isJSONRPCNotification(message) || isJSONRPCResponse(message);
