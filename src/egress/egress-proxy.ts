import { createServer, type Server } from "node:http";
import type { EgressEvent } from "./egress-event.js";
import type { EgressSettings } from "./egress-settings.js";
import { openTunnel } from "./open-tunnel.js";
import { passRequest } from "./pass-request.js";
import type { Resolve } from "./resolve-host.js";

export type EgressProxy = {
  readonly settings: EgressSettings;
  /** What clients have to present as the password of their `Proxy-Authorization`. */
  readonly token: string;
  readonly resolve: Resolve;
  /** How long a connection may take to come about. */
  readonly milliseconds: number;
  /** Is told of every connection that did not come about. */
  readonly tell: (event: EgressEvent) => void;
};

/** More than a full house of commands opens: s3 transfers use ten connections each. */
const CONNECTIONS = 256;

/** A proxy that lets through what its settings allow; it does not listen yet. */
export const egressProxy = (proxy: EgressProxy): Server => {
  // An upload may take any time, the head of a request may not.
  const server = createServer({ headersTimeout: 10_000, requestTimeout: 0, connectionsCheckingInterval: 5_000 });
  server.maxConnections = CONNECTIONS;
  server.on("connect", (request, client, head) => {
    openTunnel(proxy, request, client, head).catch(() => client.destroy());
  });
  server.on("request", (request, response) => {
    passRequest(proxy, request, response).catch(() => response.destroy());
  });
  return server;
};
