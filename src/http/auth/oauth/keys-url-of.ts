import { secureUrl } from "../secure-url.js";

/**
 * Where an issuer's metadata says that its keys are. Throws where it is another issuer's, which makes it nobody's
 * (RFC 8414, 3.3), and where the URL cannot be trusted: an issuer that is reached by https has its keys there as well.
 *
 * @param at where the metadata was found
 */
export const keysUrlOf = (metadata: unknown, issuer: string, at: URL): URL => {
  const named: { readonly issuer?: unknown; readonly jwks_uri?: unknown } =
    typeof metadata === "object" && metadata !== null ? metadata : {};
  if (named.issuer !== issuer) throw new Error(`${at.href} is not about AWS_MCP_OAUTH_ISSUER, letter by letter`);
  if (typeof named.jwks_uri !== "string" || !URL.canParse(named.jwks_uri))
    throw new Error(`${at.href} names no jwks_uri`);
  const keys = secureUrl(`jwks_uri of ${at.href}`, named.jwks_uri);
  if (keys.protocol !== "https:" && new URL(issuer).protocol === "https:")
    throw new Error(`jwks_uri of ${at.href}: the URL is not https`);
  return keys;
};
