import { createMcpHandler, type McpHttpHandler } from "@modelcontextprotocol/server";
import { protocolError } from "../protocol-error.js";
import { createServer, type ServerParts } from "../server/create-server.js";

/** What answers requests that stand for themselves, one for each principal: what it is told of changes are its own. */
export type PrincipalHandlers = {
  readonly of: (parts: ServerParts) => McpHttpHandler;
  readonly close: () => Promise<void>;
};

export type HandlerSettings = {
  /** Bytes of a request's body. */
  readonly maxBody: number;
  /** What becomes of the protocols of 2025: served without sessions, or left to somebody else. */
  readonly legacy: "stateless" | "reject";
};

/** Handlers that are made when a principal comes first. */
export const principalHandlers = ({ maxBody, legacy }: HandlerSettings): PrincipalHandlers => {
  const handlers = new Map<ServerParts, McpHttpHandler>();
  return {
    of: (parts) => {
      const old = handlers.get(parts);
      if (old !== undefined) return old;
      const handler = createMcpHandler(() => createServer(parts), {
        legacy,
        maxRequestBodySize: maxBody,
        maxSubscriptions: SUBSCRIPTIONS,
        onerror: protocolError,
      });
      const stop = parts.engine.results.onChange(parts.principal, handler.notify.resourcesChanged);
      handlers.set(parts, handler);
      parts.ended?.addEventListener("abort", () => {
        stop();
        handlers.delete(parts);
        void handler.close();
      });
      return handler;
    },
    close: async () => {
      await Promise.all([...handlers.values()].map((handler) => handler.close()));
    },
  };
};

/** Streams of one principal that wait for changes. */
const SUBSCRIPTIONS = 64;
