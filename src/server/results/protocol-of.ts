import { type McpServer, PROTOCOL_VERSION_META_KEY, type ServerContext } from "@modelcontextprotocol/server";

/** The protocol that client and server have agreed on: in 2026-07-28 each request says so, before that the handshake did. */
export const protocolOf = (server: McpServer, { mcpReq }: ServerContext): string | undefined => {
  const envelope: Readonly<Record<string, unknown>> = mcpReq.envelope ?? {};
  const own = envelope[PROTOCOL_VERSION_META_KEY];
  return typeof own === "string" ? own : server.server.getNegotiatedProtocolVersion();
};
