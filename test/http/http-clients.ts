import { SSEClientTransport, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { SSEClientTransport as LegacySseTransport } from "@modelcontextprotocol/sdk/client/sse.js";
import { StreamableHTTPClientTransport as LegacyHttpTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { type Connected, type Connection, legacyOver, modernOver, type Settings } from "../server/clients.js";
import { type HttpServer, startHttpServer } from "./start-http-server.js";

type Reached = Pick<HttpServer, "url" | "token">;
type Reach = (server: Reached) => Promise<Connected>;

const options = ({ token }: Reached) => ({
  requestInit: { headers: token === undefined ? {} : { authorization: `Bearer ${token}` } },
});

/** By `@modelcontextprotocol/client` 2.x over Streamable HTTP. */
export const modernHttp: Reach = (server) => modernOver(new StreamableHTTPClientTransport(server.url, options(server)));

/** By `@modelcontextprotocol/client` 2.x over HTTP+SSE. */
const modernSse: Reach = (server) => modernOver(new SSEClientTransport(server.url, options(server)));

/** By `@modelcontextprotocol/sdk` 1.x over Streamable HTTP. */
export const legacyHttp: Reach = (server) =>
  // Its own types are not exact about optional properties.
  legacyOver(new LegacyHttpTransport(server.url, options(server)) as Parameters<typeof legacyOver>[0]);

/** By `@modelcontextprotocol/sdk` 1.x over HTTP+SSE, the transport of the first protocol version. */
const legacySse: Reach = (server) => legacyOver(new LegacySseTransport(server.url, options(server)));

/** Connects a client to a server of its own, which ends with the connection. */
const withServer =
  (reach: Reach, transport: Settings) =>
  async (settings: Settings): Promise<Connection> => {
    const server = await startHttpServer({ ...settings, ...transport });
    const connected = await reach(server);
    return {
      ...connected,
      pid: server.pid,
      log: () =>
        server
          .events()
          .map((event) => JSON.stringify(event))
          .join("\n"),
      close: async () => {
        await connected.close();
        await server.stop();
      },
    };
  };

const SSE: Settings = { AWS_MCP_TRANSPORT: "sse" };

/** Clients of both SDK majors over HTTP, each with a server of its own. */
export const HTTP_CLIENTS = [
  ["Streamable HTTP, protocol 2026-07-28, SDK 2.x", withServer(modernHttp, {})],
  ["Streamable HTTP, the 2025 era, SDK 1.x", withServer(legacyHttp, {})],
  ["HTTP+SSE, SDK 2.x", withServer(modernSse, SSE)],
  ["HTTP+SSE, SDK 1.x", withServer(legacySse, SSE)],
] as const;
