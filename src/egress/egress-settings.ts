import { err, ok, type Result } from "../language/result.js";
import type { EgressRules, Endpoint } from "./allowed-host.js";
import { AWS_SUFFIXES } from "./aws-suffixes.js";
import { authorityTarget } from "./read-target.js";

/** A proxy of the operator's that ours goes through. */
export type Upstream = {
  readonly scheme: "http" | "https";
  readonly host: string;
  readonly port: number;
  /** The whole `Proxy-Authorization` value. */
  readonly authorization: string | undefined;
};

/** What the proxy lets through, and how it gets there. */
export type EgressSettings = {
  readonly rules: EgressRules;
  /** By the scheme of the request. */
  readonly upstreams: { readonly http: Upstream | undefined; readonly https: Upstream | undefined };
  /** `NO_PROXY`, its entries in lower case without leading dots. */
  readonly direct: readonly string[];
};

/**
 * Reads what the operator set for connections, as the AWS CLI would have read it, or says what is wrong with it.
 *
 * @param operator the operator's environment: `AWS_ENDPOINT_URL`, `HTTPS_PROXY`, `HTTP_PROXY`, `NO_PROXY`
 */
export const egressSettings = (operator: NodeJS.ProcessEnv): Result<EgressSettings, string> => {
  const endpoint = readEndpoint(operator.AWS_ENDPOINT_URL);
  if (!endpoint.ok) return endpoint;
  const http = readUpstream("HTTP_PROXY", variable(operator, "HTTP_PROXY"));
  if (!http.ok) return http;
  const https = readUpstream("HTTPS_PROXY", variable(operator, "HTTPS_PROXY"));
  if (!https.ok) return https;
  return ok({
    rules: { suffixes: AWS_SUFFIXES, endpoint: endpoint.value },
    upstreams: { http: http.value, https: https.value },
    direct: entries(variable(operator, "NO_PROXY")),
  });
};

// urllib.request.getproxies_environment: the name in lower case wins, also when it is empty.
const variable = (operator: NodeJS.ProcessEnv, name: string): string =>
  operator[name.toLowerCase()] ?? operator[name] ?? "";

// The host stays as it was written: the CLI asks the proxy for it in these words.
const readEndpoint = (text: string | undefined): Result<Endpoint | undefined, string> => {
  if (text === undefined || text === "") return ok(undefined);
  const [, scheme = "", authority = ""] = /^(https?):\/\/([^/?#]*)/i.exec(text) ?? [];
  const isPlain = scheme.toLowerCase() === "http";
  const target = authorityTarget(authority, isPlain ? 80 : 443);
  if (target === undefined) return err("AWS_ENDPOINT_URL is not `http://HOST:PORT` or `https://HOST:PORT`");
  return ok({ scheme: isPlain ? "http" : "https", host: target.host.toLowerCase(), port: target.port });
};

const readUpstream = (name: string, text: string): Result<Upstream | undefined, string> => {
  if (text === "") return ok(undefined);
  const url = parsed(withScheme(text));
  const scheme = url?.protocol.slice(0, -1);
  if (url === undefined || url.hostname === "" || (scheme !== "http" && scheme !== "https"))
    return err(`${name} is not \`http://HOST:PORT\` or \`https://HOST:PORT\``);
  const port = url.port === "" ? (scheme === "http" ? 80 : 443) : Number(url.port);
  return ok({ scheme, host: url.hostname.replace(/^\[|\]$/g, ""), port, authorization: authorization(url) });
};

// botocore.httpsession.ProxyConfiguration._fix_proxy_url
const withScheme = (text: string): string => {
  if (/^[a-z0-9+.-]+:\/\//i.test(text)) return text;
  return text.startsWith("//") ? `http:${text}` : `http://${text}`;
};

const parsed = (text: string): URL | undefined => {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
};

const authorization = ({ username, password }: URL): string | undefined => {
  if (username === "" && password === "") return undefined;
  const bytes = Buffer.from(`${decoded(username)}:${decoded(password)}`);
  return `Basic ${btoa(bytes.toString("latin1"))}`;
};

// A `%` that begins no escape stays, as in urllib.parse.unquote.
const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

const entries = (text: string): readonly string[] =>
  text
    .split(",")
    .map((entry) => entry.trim().replace(/^\.+/, "").toLowerCase())
    .filter((entry) => entry !== "");
