import type { IncomingMessage } from "node:http";
import { localhostAllowedHostnames } from "@modelcontextprotocol/server";
import type { Settings } from "../settings.js";
import { readAuthority } from "./request-target.js";
import { rpcError } from "./web-response.js";

/** What keeps web pages away that reach a local server under a name of their own (DNS rebinding). */
export type Guards = {
  /** The answer to a request for another host than this one. */
  readonly host: (request: Asking) => Response | undefined;
  /** The answer to a web page that is not to send requests. To be asked after the host. */
  readonly origin: (request: Asking) => Response | undefined;
};

/** What the guards look at: each header as often as it came. */
type Asking = Pick<IncomingMessage, "headers" | "headersDistinct">;

type GuardSettings = Pick<
  Settings,
  "AWS_MCP_HOST" | "AWS_MCP_ALLOWED_HOSTS" | "AWS_MCP_ALLOWED_ORIGINS" | "AWS_MCP_PUBLIC_URL"
>;

/**
 * Guards for these settings; throws where one of them is no host name. Loopback names always pass, since no name server can
 * make them an attacker's; so does the address that is listened at, where it is one, the public URL's host, and what the
 * operator names. Ports are not compared: they may be mapped. Pages that may send requests are those of the same host and
 * port, which are this server's or its proxy's, and those that the operator names: other pages of this machine may be
 * anybody's. What spells a name in another way than it is listed is another name.
 */
export const createGuards = (settings: GuardSettings): Guards => {
  const { AWS_MCP_ALLOWED_ORIGINS = [] } = settings;
  const published = publishedBy(settings);
  const hosts = new Set(servedHosts(settings));
  const origins = new Set([
    ...AWS_MCP_ALLOWED_ORIGINS.map((origin) => new URL(origin).origin),
    ...published.map(({ origin }) => origin),
  ]);
  return {
    host: ({ headers: { host }, headersDistinct }) => {
      // RFC 9112, 3.2: exactly one. HTTP/1.0 may do without, but what it is for cannot be told then.
      if (headersDistinct.host?.length !== 1) return rpcError(400, "a request names its host once");
      const authority = readAuthority(host ?? "");
      if (authority === undefined) return rpcError(400, "the request's host is no host name");
      return hosts.has(authority.name) ? undefined : rpcError(403, OTHER_HOST);
    },
    origin: ({ headers, headersDistinct }) => {
      const [origin, ...more] = headersDistinct.origin ?? [];
      const site = headers["sec-fetch-site"];
      // Browsers leave the origin out where they ask for no more than an image could; they say so here.
      if (origin === undefined) return FROM_NO_OTHER_PAGE.includes(site) ? undefined : strange();
      if (more.length > 0) return strange();
      const host = headers.host?.toLowerCase();
      const isOwn = origin === `http://${host}` || origin === `https://${host}`;
      return isOwn || origins.has(origin) ? undefined : strange();
    },
  };
};

/** The hosts that requests may be for, each once; throws where a setting names what is none. */
export const servedHosts = (settings: Omit<GuardSettings, "AWS_MCP_ALLOWED_ORIGINS">): readonly string[] => {
  const { AWS_MCP_HOST, AWS_MCP_ALLOWED_HOSTS = [] } = settings;
  const names = new Set([
    ...localhostAllowedHostnames(),
    ...(WILDCARDS.includes(AWS_MCP_HOST) ? [] : [bracketed(AWS_MCP_HOST.toLowerCase())]),
    ...AWS_MCP_ALLOWED_HOSTS.map(hostName),
    ...publishedBy(settings).map(({ hostname }) => hostname),
  ]);
  return [...names];
};

const publishedBy = ({ AWS_MCP_PUBLIC_URL: url }: Pick<GuardSettings, "AWS_MCP_PUBLIC_URL">): readonly URL[] =>
  url === undefined ? [] : [new URL(url)];

const OTHER_HOST = "requests for this host are not served; the operator can allow it with AWS_MCP_ALLOWED_HOSTS";

/** Streamable HTTP, security warning: an origin that is not valid is answered with 403. */
const strange = (): Response => rpcError(403, STRANGE);

const STRANGE =
  "web pages of this origin may not send requests; the operator can allow them with AWS_MCP_ALLOWED_ORIGINS";

/** W3C Fetch Metadata Request Headers, 2.4: what the user did, and what this host's pages did. */
const FROM_NO_OTHER_PAGE: readonly unknown[] = [undefined, "none", "same-origin"];

/** Listening at all addresses says nothing about names. */
const WILDCARDS: readonly string[] = ["0.0.0.0", "::"];

const bracketed = (host: string): string => (host.includes(":") && !host.startsWith("[") ? `[${host}]` : host);

const hostName = (listed: string): string => {
  const authority = readAuthority(bracketed(listed));
  if (authority !== undefined && authority.port === undefined) return authority.name;
  throw new Error(`AWS_MCP_ALLOWED_HOSTS=${listed}: must be a host name without a port`);
};
