import type { AuthSettings } from "../check-auth-settings.js";
import { secureIdentifier, secureUrl } from "../secure-url.js";

/** Whose tokens are taken, and what for. */
export type OAuthSettings = {
  /** Letter by letter as tokens and metadata have it (RFC 8414, 3.3). */
  readonly issuer: string;
  /** Where the keys are; its metadata says where this does not. */
  readonly keysUrl: URL | undefined;
  /** A token is for one of them. */
  readonly audiences: readonly [string, ...string[]];
  /** The MCP endpoint as clients write it. */
  readonly resource: URL;
};

/** The settings as URLs that can be trusted. Throws, with the setting's name, where one cannot. */
export const oauthSettings = (settings: AuthSettings, resource: URL): OAuthSettings => {
  const {
    AWS_MCP_OAUTH_ISSUER: issuer = "",
    AWS_MCP_OAUTH_JWKS_URL: keysUrl,
    AWS_MCP_OAUTH_AUDIENCE: audience,
  } = settings;
  secureIdentifier("AWS_MCP_OAUTH_ISSUER", issuer);
  return {
    issuer,
    keysUrl: keysUrl === undefined ? undefined : secureUrl("AWS_MCP_OAUTH_JWKS_URL", keysUrl),
    audiences: audience === undefined ? sameResource(resource) : [audience],
    resource: secureIdentifier("AWS_MCP_PUBLIC_URL", resource.href),
  };
};

// A URL without a path is serialized with a slash that clients may leave out (MCP 2026-07-28, canonical server URI).
const sameResource = ({ href }: URL): readonly [string, ...string[]] => [href, href.replace(/\/$/, "")];
