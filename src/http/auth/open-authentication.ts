import { LOCAL } from "../../server/principal-of.js";
import { authInfoOf } from "./auth-info.js";
import type { Authentication } from "./authentication.js";
import { type AuthSettings, checkAuthSettings } from "./check-auth-settings.js";
import { openTokenAuthentication } from "./tokens/open-token-authentication.js";

export type AuthenticationParts = {
  /** The MCP endpoint's URL as clients write it. */
  readonly resource: URL;
  /** Absolute path of a directory of this server alone, for the file of a random token. */
  readonly directory: string;
  /** Epoch milliseconds. */
  readonly now: () => number;
};

/**
 * Authentication as the settings ask for it. Throws, with the setting's name or the file's line, where they contradict each
 * other or cannot be followed. Whether an authorization server can be reached is not waited for: the two may start together,
 * and as long as its keys are missing every request is answered with 503.
 */
export const openAuthentication = async (
  settings: AuthSettings,
  { resource, directory, now }: AuthenticationParts,
): Promise<Authentication> => {
  checkAuthSettings(settings);
  switch (settings.AWS_MCP_HTTP_AUTH) {
    case "token":
      return openTokenAuthentication(settings.AWS_MCP_TOKEN_FILE, directory);
    case "oauth": {
      // Nobody else pays for the library that checks signatures.
      const { openOAuthAuthentication } = await import("./oauth/open-oauth-authentication.js");
      return openOAuthAuthentication(settings, resource, now);
    }
    case "none":
      return {
        authenticate: async () => authInfoOf(LOCAL),
        metadata: () => undefined,
        says: { auth: "none" },
      };
  }
};
