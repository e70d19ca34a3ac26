import { errors, type JWTVerifyGetKey, type JWTVerifyResult, jwtVerify } from "jose";
import { err, ok, type Result } from "../../../language/result.js";
import { authInfoOf } from "../auth-info.js";
import type { TokenCheck } from "../bearer-authentication.js";
import type { Denial } from "../denial.js";
import { RETRY_SECONDS, UNAVAILABLE } from "./issuer-keys.js";
import type { OAuthSettings } from "./oauth-settings.js";
import { principalOfClaims } from "./principal-of-claims.js";

/** Signatures that only the issuer can make: none by a shared secret, and not `none`. */
const ALGORITHMS = [
  "RS256",
  "RS384",
  "RS512",
  "PS256",
  "PS384",
  "PS512",
  "ES256",
  "ES384",
  "ES512",
  "EdDSA",
  "Ed25519",
];

/** Seconds by which clocks may differ. */
const TOLERANCE = 30;

/** RFC 9068, 2.1 asks for the first; many issuers write the third or nothing. All others are tokens for other ends. */
const TYPES: readonly unknown[] = ["at+jwt", "application/at+jwt", "jwt", undefined];

export type AccessTokenParts = Pick<OAuthSettings, "issuer" | "audiences" | "resource"> & {
  readonly keys: JWTVerifyGetKey;
  readonly resourceMetadataUrl: string;
  /** Epoch milliseconds. */
  readonly now: () => number;
};

/** Checks access tokens that are JWTs (RFC 9068, 4). Keys that a token brings or points to are not looked at. */
export const accessTokenCheck =
  (parts: AccessTokenParts): TokenCheck =>
  async (token) => {
    const verified = await verify(token, parts);
    if (!verified.ok) return verified;
    const { payload, protectedHeader } = verified.value;
    if (!TYPES.includes(lowerCase(protectedHeader.typ))) return invalid("the token is of another type than at+jwt");
    const { exp } = payload;
    // A number too large for JSON's readers is Infinity.
    if (exp === undefined || !Number.isFinite(exp)) return invalid("the token's exp is no time");
    const principal = principalOfClaims(payload);
    if (!principal.ok) return principal;
    const { resource, resourceMetadataUrl } = parts;
    return ok(authInfoOf(principal.value, { expiresAt: exp, resource, resourceMetadataUrl }));
  };

const lowerCase = (typ: unknown): unknown => (typeof typ === "string" ? typ.toLowerCase() : typ);

const verify = async (token: string, parts: AccessTokenParts): Promise<Result<JWTVerifyResult, Denial>> => {
  const { keys, issuer, audiences, now } = parts;
  try {
    return ok(
      await jwtVerify(token, keys, {
        issuer,
        audience: [...audiences],
        algorithms: ALGORITHMS,
        clockTolerance: TOLERANCE,
        currentDate: new Date(now()),
        requiredClaims: ["exp", "sub"],
      }),
    );
  } catch (cause) {
    if (codeOf(cause) === UNAVAILABLE) return err({ kind: "keys-unavailable", seconds: RETRY_SECONDS });
    return invalid(problemOf(cause));
  }
};

// The claims that a message names are not secret to whoever sent the token; their values stay out all the same.
const problemOf = (cause: unknown): string => {
  if (cause instanceof errors.JWTExpired) return "the token has expired";
  if (cause instanceof errors.JWTClaimValidationFailed) return `the token's ${cause.claim} is not what it has to be`;
  if (cause instanceof errors.JWKSNoMatchingKey) return "the issuer has no key such as the token was signed with";
  if (cause instanceof errors.JWKSMultipleMatchingKeys) return "the token does not say with which key it was signed";
  return "the token is no JWT that the issuer has signed";
};

const codeOf = (cause: unknown): unknown => (cause instanceof Error && "code" in cause ? cause.code : undefined);

const invalid = (message: string): Result<never, Denial> => err({ kind: "invalid-token", message });
