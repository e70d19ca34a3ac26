import { StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { SSEClientTransport as LegacySseTransport } from "@modelcontextprotocol/sdk/client/sse.js";
import { StreamableHTTPClientTransport as LegacyHttpTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { type Connected, legacyOver, modernOver } from "../server/clients.js";
import type { HttpServer } from "./start-http-server.js";

type Reached = Pick<HttpServer, "url" | "token">;

const options = ({ token }: Reached) => ({
  requestInit: { headers: token === undefined ? {} : { authorization: `Bearer ${token}` } },
});

/** By `@modelcontextprotocol/client` 2.x over Streamable HTTP. */
export const modernHttp = (server: Reached): Promise<Connected> =>
  modernOver(new StreamableHTTPClientTransport(server.url, options(server)));

/** By `@modelcontextprotocol/sdk` 1.x over Streamable HTTP. */
export const legacyHttp = (server: Reached): Promise<Connected> =>
  // Its own types are not exact about optional properties.
  legacyOver(new LegacyHttpTransport(server.url, options(server)) as Parameters<typeof legacyOver>[0]);

/** By `@modelcontextprotocol/sdk` 1.x over the transport of the first protocol version. */
export const legacySse = (server: Reached): Promise<Connected> =>
  legacyOver(new LegacySseTransport(server.url, options(server)));
