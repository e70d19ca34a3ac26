import { toNodeHandler } from "@modelcontextprotocol/node";
import { protocolError } from "../protocol-error.js";
import type { Endpoint } from "./endpoint.js";
import { parsedBody } from "./parsed-body.js";
import { principalHandlers } from "./principal-handlers.js";
import { unread } from "./unread-body.js";
import { takenInTime } from "./web-response.js";

/**
 * The endpoint of Streamable HTTP: protocol 2026-07-28, where each request stands for itself, and beside it the protocols
 * of 2025 without sessions.
 *
 * @param maxBody bytes of a request's body
 */
export const streamableEndpoint = (maxBody: number): Endpoint => {
  const handlers = principalHandlers({ maxBody, legacy: "stateless" });
  return {
    paths: ["/mcp"],
    serve: (request, response, { parts, authInfo }) => {
      const options = { maxRequestBodySize: maxBody, onerror: protocolError };
      const fetch = async (asked: Request): Promise<Response> =>
        handlers.of(parts).fetch(asked, { authInfo, ...(await parsedBody(asked, response)) });
      return toNodeHandler({ fetch }, options)(unread(request, authInfo), takenInTime(response));
    },
    close: handlers.close,
  };
};
