import type { Settings } from "../settings.js";

/** What only HTTP has a use for. */
const HTTP: readonly (keyof Settings)[] = [
  ...(["AWS_MCP_HOST", "AWS_MCP_PORT", "AWS_MCP_HTTP_AUTH", "AWS_MCP_TOKEN_FILE", "AWS_MCP_PUBLIC_URL"] as const),
  ...(["AWS_MCP_OAUTH_ISSUER", "AWS_MCP_OAUTH_AUDIENCE", "AWS_MCP_OAUTH_JWKS_URL"] as const),
  ...(["AWS_MCP_ALLOWED_HOSTS", "AWS_MCP_ALLOWED_ORIGINS", "AWS_MCP_MAX_BODY"] as const),
  ...(["AWS_MCP_HTTP_SESSIONS", "AWS_MCP_DRAIN"] as const),
];

/**
 * The settings that are set in an environment and do nothing with a transport: others were meant, or another transport. One
 * that is `off` is not missed.
 */
export const idleSettings = (
  environment: NodeJS.ProcessEnv,
  transport: Settings["AWS_MCP_TRANSPORT"],
): readonly string[] => idleWith(transport).filter((name) => !["", "off"].includes(environment[name] ?? ""));

const idleWith = (transport: Settings["AWS_MCP_TRANSPORT"]): readonly (keyof Settings)[] => {
  switch (transport) {
    case "stdio":
      return HTTP;
    case "sse":
      return ["AWS_MCP_HTTP_SESSIONS"];
    case "streamable-http":
      return [];
  }
};
