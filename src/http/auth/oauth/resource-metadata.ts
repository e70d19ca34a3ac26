import {
  getOAuthProtectedResourceMetadataUrl,
  type OAuthProtectedResourceMetadata,
} from "@modelcontextprotocol/server";
import type { Authentication } from "../authentication.js";
import { SCOPES } from "../scopes.js";

/** The well-known path of a resource without a path (RFC 9728, 3). */
const ROOT = "/.well-known/oauth-protected-resource";

/**
 * Answers at the resource's well-known path and at the one without its path, where clients look next (MCP 2026-07-28). The
 * MCP library's answer wants the whole metadata of the authorization server, which may be out of reach, passes it on as if
 * it were this server's own, and leaves out how a token is sent.
 *
 * @param issuer the authorization server, as it calls itself
 */
export const resourceMetadata = (resource: URL, issuer: string): Authentication["metadata"] => {
  const document: OAuthProtectedResourceMetadata = {
    resource: resource.href,
    authorization_servers: [issuer],
    scopes_supported: [...SCOPES],
    bearer_methods_supported: ["header"],
    resource_name: "awspipe",
  };
  const paths = [ROOT, new URL(getOAuthProtectedResourceMetadataUrl(resource)).pathname];
  return ({ method, url }) => {
    if (!["GET", "HEAD"].includes(method) || !paths.includes(new URL(url).pathname)) return undefined;
    // It changes when the server starts anew with other settings.
    return Response.json(document, { headers: { "cache-control": "max-age=300" } });
  };
};
