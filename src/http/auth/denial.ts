import { bearerAuthChallengeResponse, OAuthError, OAuthErrorCode } from "@modelcontextprotocol/server";
import { scopeOf } from "./scopes.js";

/** Why a sender is not let in. Messages go to the sender, and never hold anything of a token. */
export type Denial =
  /** no bearer token at all */
  | { readonly kind: "missing" }
  /** `Authorization: Bearer a, b` */
  | { readonly kind: "malformed"; readonly message: string }
  | { readonly kind: "too-long"; readonly most: number }
  | { readonly kind: "invalid-token"; readonly message: string }
  /** a good token for other things */
  | { readonly kind: "no-scope" }
  /** nobody can say whether the token is good */
  | { readonly kind: "keys-unavailable"; readonly seconds: number };

/** What a client is told that would be let in with a token. */
export type Challenge = {
  /** Scopes to ask the authorization server for; none where tokens have none. */
  readonly scopes: readonly string[];
  /** Where to learn which authorization server that is (RFC 9728, 5.1). */
  readonly resourceMetadataUrl?: string;
};

/**
 * The answer to a sender that is not let in, as RFC 6750, 3 has it. The MCP library writes those for tokens; what it gives a
 * request without one has an error code, which RFC 6750, 3.1 advises against, and what it gives a malformed one no challenge.
 */
export const denialResponse = (denial: Denial, challenge: Challenge): Response => {
  switch (denial.kind) {
    case "missing":
      return plain(401, "send a token, as in `Authorization: Bearer TOKEN`", challengeHeader([], challenge));
    case "malformed":
      return invalidRequest(400, denial.message, challenge);
    case "too-long":
      return invalidRequest(431, `the Authorization header has more than ${denial.most} characters`, challenge);
    case "invalid-token":
      return unstored(
        bearerAuthChallengeResponse(new OAuthError(OAuthErrorCode.InvalidToken, denial.message), mutable(challenge)),
      );
    case "no-scope": {
      const error = new OAuthError(OAuthErrorCode.InsufficientScope, "the token has none of this server's scopes");
      const scopes = [scopeOf("read")];
      return unstored(bearerAuthChallengeResponse(error, mutable({ ...challenge, scopes })));
    }
    case "keys-unavailable":
      return plain(503, "the authorization server's keys cannot be had now, so that no token can be checked", {
        "retry-after": String(denial.seconds),
      });
  }
};

const mutable = ({ scopes, ...rest }: Challenge) => ({ requiredScopes: [...scopes], ...rest });

const invalidRequest = (status: number, message: string, challenge: Challenge): Response => {
  const error = [`error="${OAuthErrorCode.InvalidRequest}"`, `error_description="${message}"`];
  const body = new OAuthError(OAuthErrorCode.InvalidRequest, message).toResponseObject();
  return unstored(Response.json(body, { status, headers: challengeHeader(error, challenge) }));
};

// Every value is a constant of ours or a serialized URL: neither has a quote or a backslash.
const challengeHeader = (error: readonly string[], { scopes, resourceMetadataUrl }: Challenge) => {
  const scope = scopes.length === 0 ? [] : [`scope="${scopes.join(" ")}"`];
  const metadata = resourceMetadataUrl === undefined ? [] : [`resource_metadata="${resourceMetadataUrl}"`];
  return { "www-authenticate": `Bearer ${['realm="awspipe"', ...error, ...scope, ...metadata].join(", ")}` };
};

const plain = (status: number, message: string, headers: Readonly<Record<string, string>>): Response =>
  unstored(
    new Response(`${message}\n`, { status, headers: { "content-type": "text/plain; charset=utf-8", ...headers } }),
  );

const unstored = (response: Response): Response => {
  response.headers.set("cache-control", "no-store");
  return response;
};
