import type { Settings } from "../../settings.js";
import { isLoopback, isLoopbackUrl } from "./loopback.js";
import { secureUrl } from "./secure-url.js";

const OAUTH = ["AWS_MCP_OAUTH_ISSUER", "AWS_MCP_OAUTH_AUDIENCE", "AWS_MCP_OAUTH_JWKS_URL"] as const;

/** The settings that say who may send requests. */
export type AuthSettings = Pick<
  Settings,
  "AWS_MCP_HTTP_AUTH" | "AWS_MCP_HOST" | "AWS_MCP_TOKEN_FILE" | "AWS_MCP_PUBLIC_URL" | (typeof OAUTH)[number]
>;

/**
 * Throws, with the setting's name, where settings contradict each other: the operator meant a guard that would not be there;
 * and where clients would send their tokens to a public URL in the clear, or it has what no endpoint's URL has.
 */
export const checkAuthSettings = (settings: AuthSettings): void => {
  const problem = contradiction(settings);
  if (problem !== undefined) throw new Error(problem);
  if (settings.AWS_MCP_PUBLIC_URL !== undefined) secureUrl("AWS_MCP_PUBLIC_URL", settings.AWS_MCP_PUBLIC_URL);
};

const contradiction = (settings: AuthSettings): string | undefined => {
  switch (settings.AWS_MCP_HTTP_AUTH) {
    case "token":
      return foreign(settings, OAUTH, "oauth");
    case "oauth":
      return foreign(settings, ["AWS_MCP_TOKEN_FILE"], "token") ?? missing(settings);
    case "none":
      return (
        foreign(settings, ["AWS_MCP_TOKEN_FILE"], "token") ?? foreign(settings, OAUTH, "oauth") ?? reachable(settings)
      );
  }
};

const foreign = (settings: AuthSettings, names: readonly (keyof AuthSettings)[], auth: string): string | undefined => {
  const set = names.filter((name) => settings[name] !== undefined);
  if (set.length === 0) return undefined;
  return `${set.join(", ")}: only for AWS_MCP_HTTP_AUTH=${auth}, and that is ${settings.AWS_MCP_HTTP_AUTH}`;
};

const missing = (settings: AuthSettings): string | undefined => {
  if (settings.AWS_MCP_OAUTH_ISSUER === undefined)
    return "AWS_MCP_HTTP_AUTH=oauth needs AWS_MCP_OAUTH_ISSUER, the authorization server whose tokens are taken";
  if (settings.AWS_MCP_PUBLIC_URL === undefined && !isLoopback(settings.AWS_MCP_HOST))
    return "AWS_MCP_HTTP_AUTH=oauth needs AWS_MCP_PUBLIC_URL, since AWS_MCP_HOST is not loopback";
  return undefined;
};

const reachable = ({ AWS_MCP_HOST: host, AWS_MCP_PUBLIC_URL: url }: AuthSettings): string | undefined => {
  if (!isLoopback(host))
    return "AWS_MCP_HTTP_AUTH=none is for loopback alone, and AWS_MCP_HOST is not 127.0.0.1, ::1 or localhost";
  if (url !== undefined && !isLoopbackUrl(new URL(url)))
    return "AWS_MCP_HTTP_AUTH=none is for loopback alone, and AWS_MCP_PUBLIC_URL is for others";
  return undefined;
};
