import type { AuthInfo } from "@modelcontextprotocol/server";
import type { Principal } from "../../server/principal-of.js";
import { scopeOf } from "./scopes.js";

/**
 * What the server's library carries to whoever answers a request.
 *
 * @param more what is known of a token besides
 */
export const authInfoOf = (
  principal: Principal,
  more: Pick<AuthInfo, "expiresAt" | "resource" | "resourceMetadataUrl"> = {},
): AuthInfo => ({
  // The secret has done its work; what nobody holds, nobody can lose.
  token: "",
  // One application may serve many people, and whatever tells senders apart by this must tell people apart.
  clientId: principal.name,
  scopes: [scopeOf(principal.access)],
  ...more,
  extra: { principal: principal.name, access: principal.access },
});
