import { isLoopback } from "../http/auth/loopback.js";
import type { Endpoint } from "../http/endpoint.js";
import { servedHosts } from "../http/guards.js";
import { serveHttp } from "../http/serve-http.js";
import { log } from "../log.js";
import { createPrincipals } from "../server/principals.js";
import type { Shared } from "../server/server-parts.js";
import type { Watch } from "../server/watch.js";
import type { Settings } from "../settings.js";
import type { Started } from "../start-engine.js";
import type { Served } from "./served.js";

/** Serves clients over HTTP. */
export const serveOnHttp = async (
  settings: Settings,
  started: Started,
  shared: Shared,
  watch: Watch,
): Promise<Served> => {
  const { machine } = started;
  const { runs } = shared;
  const principals = createPrincipals({ started, settings, operator: process.env, shared, watch });
  const { drain } = await serveHttp({
    ...{ settings, principals, runs },
    endpoint: await endpointFor(settings, machine.now),
    directory: machine.directories.root,
    now: machine.now,
  });
  for (const message of networkWarnings(settings)) log({ event: "warning", message });
  return { ended: new Promise(() => undefined), stop: drain };
};

// What serves clients of older protocols is loaded where they are to be served.
const endpointFor = async (settings: Settings, now: () => number): Promise<Endpoint> => {
  const { AWS_MCP_MAX_BODY: maxBody, AWS_MCP_PUBLIC_URL: publicUrl } = settings;
  if (settings.AWS_MCP_TRANSPORT === "sse") {
    log({ event: "warning", message: SSE_DEPRECATED });
    return (await import("../http/sse-endpoint.js")).sseEndpoint({ maxBody, now, publicUrl });
  }
  if (settings.AWS_MCP_HTTP_SESSIONS === "on")
    return (await import("../http/session-endpoint.js")).sessionEndpoint({ maxBody, now });
  return (await import("../http/streamable-endpoint.js")).streamableEndpoint(maxBody);
};

const SSE_DEPRECATED =
  "the transport `sse` is deprecated in MCP since 2025-03-26; AWS_MCP_TRANSPORT=streamable-http serves all later clients";

const networkWarnings = (settings: Settings): readonly string[] => {
  if (isLoopback(settings.AWS_MCP_HOST)) return [];
  const isNamed = settings.AWS_MCP_PUBLIC_URL !== undefined || settings.AWS_MCP_ALLOWED_HOSTS !== undefined;
  return [IN_THE_CLEAR, ...(isNamed ? [] : [unnamed(servedHosts(settings))])];
};

const IN_THE_CLEAR = "requests and tokens cross the network in the clear; put a proxy with TLS in front";

const unnamed = (hosts: readonly string[]): string =>
  `only requests for ${hosts.join(", ")} are served: set AWS_MCP_PUBLIC_URL or AWS_MCP_ALLOWED_HOSTS`;
