import { toNodeHandler } from "@modelcontextprotocol/node";
import { createMcpHandler, type McpHttpHandler } from "@modelcontextprotocol/server";
import { protocolError } from "../protocol-error.js";
import { createServer, type ServerParts } from "../server/create-server.js";
import type { Endpoint } from "./endpoint.js";
import { takenInTime, unread } from "./http-server.js";

/**
 * The endpoint of Streamable HTTP: protocol 2026-07-28, where each request stands for itself, and beside it the protocols
 * of 2025 without sessions. Each principal has a handler of its own, so that what one of them is told of changes are its own.
 *
 * @param maxBody bytes of a request's body
 */
export const streamableEndpoint = (maxBody: number): Endpoint => {
  const handlers = new Map<ServerParts, McpHttpHandler>();
  const handlerOf = (parts: ServerParts): McpHttpHandler => {
    const old = handlers.get(parts);
    if (old !== undefined) return old;
    const handler = createMcpHandler(() => createServer(parts), {
      maxRequestBodySize: maxBody,
      maxSubscriptions: SUBSCRIPTIONS,
      onerror: protocolError,
    });
    parts.engine.results.onChange(parts.principal, handler.notify.resourcesChanged);
    handlers.set(parts, handler);
    return handler;
  };
  return {
    paths: ["/mcp"],
    serve: (request, response, { parts, authInfo }) => {
      const answer = toNodeHandler(handlerOf(parts), { maxRequestBodySize: maxBody, onerror: protocolError });
      return answer(unread(request, authInfo), takenInTime(response));
    },
    close: async () => {
      await Promise.all([...handlers.values()].map((handler) => handler.close()));
    },
  };
};

/** Streams of one principal that wait for changes. */
const SUBSCRIPTIONS = 64;
