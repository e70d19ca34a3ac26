import type { IncomingMessage, ServerResponse } from "node:http";

/**
 * Lets the web page that sent the request read the answer (Fetch standard, CORS protocol). To be called for origins that
 * may send requests; a request without an origin needs nothing.
 */
export const allowOrigin = ({ headers: { origin } }: IncomingMessage, response: ServerResponse): void => {
  if (origin === undefined) return;
  response.setHeader("access-control-allow-origin", origin);
  response.setHeader("access-control-expose-headers", "mcp-session-id, mcp-protocol-version, www-authenticate");
  response.setHeader("vary", "origin");
};

/**
 * The answer to a browser's question whether it may send the request that it is about to send, and to everybody else's what
 * this server can do (RFC 9110, 9.3.7). It is the same for all paths, since nobody has to prove anything to ask.
 */
export const preflight = (): Response =>
  new Response(undefined, {
    status: 204,
    headers: {
      allow: METHODS,
      "access-control-allow-methods": METHODS,
      "access-control-allow-headers":
        "authorization, content-type, accept, last-event-id, mcp-session-id, mcp-protocol-version, mcp-method, mcp-name",
      "access-control-max-age": "600",
    },
  });

const METHODS = "GET, POST, DELETE, OPTIONS";
