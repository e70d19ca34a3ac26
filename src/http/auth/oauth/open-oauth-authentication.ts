import { getOAuthProtectedResourceMetadataUrl } from "@modelcontextprotocol/server";
import type { Authentication } from "../authentication.js";
import { bearerAuthentication } from "../bearer-authentication.js";
import type { AuthSettings } from "../check-auth-settings.js";
import { SCOPES } from "../scopes.js";
import { accessTokenCheck } from "./access-token-check.js";
import { issuerKeys } from "./issuer-keys.js";
import { oauthSettings } from "./oauth-settings.js";
import { resourceMetadata } from "./resource-metadata.js";

/**
 * Authentication by access tokens of the operator's authorization server (OAuth 2.1, section 5). Throws where a URL of the
 * settings cannot be trusted.
 *
 * @param resource the MCP endpoint as clients write it
 * @param now epoch milliseconds
 */
export const openOAuthAuthentication = (settings: AuthSettings, resource: URL, now: () => number): Authentication => {
  const oauth = oauthSettings(settings, resource);
  const keys = issuerKeys(oauth, now);
  // So that what is wrong with the issuer is in the log before somebody asks. Whoever does, asks again.
  keys.reload().catch(() => undefined);
  const resourceMetadataUrl = getOAuthProtectedResourceMetadataUrl(resource);
  const check = accessTokenCheck({ ...oauth, keys, resourceMetadataUrl, now });
  return {
    // All scopes: a client asks for those that it is told of, and a person says which of them it gets.
    authenticate: bearerAuthentication(check, { scopes: SCOPES, resourceMetadataUrl }),
    metadata: resourceMetadata(oauth.resource, oauth.issuer),
    says: { auth: "oauth", issuer: oauth.issuer, audience: oauth.audiences[0] },
  };
};
