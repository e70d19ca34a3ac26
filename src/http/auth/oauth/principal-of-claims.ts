import type { JWTPayload } from "jose";
import { err, ok, type Result } from "../../../language/result.js";
import type { Principal } from "../../../server/principal-of.js";
import type { Denial } from "../denial.js";
import { accessOf } from "../scopes.js";

/** OpenID Connect Core 1.0, 2: a subject has at most 255 characters of ASCII. A blank at an end could not be seen. */
const SUBJECT = /^(?! )[\x20-\x7e]{1,255}(?<! )$/;

/** Whose a token is whose claims hold, and what it may do. */
export const principalOfClaims = (claims: JWTPayload): Result<Principal, Denial> => {
  const { sub } = claims;
  if (typeof sub !== "string" || !SUBJECT.test(sub))
    return invalid("the token's sub is not 1 to 255 printable characters");
  // RFC 7800, RFC 8705, RFC 9449: whoever sends it has to prove that a key is theirs, which nobody here can check.
  if (claims.cnf !== undefined) return invalid("the token is bound to a key, and is no bearer token");
  const access = accessOf(scopesOf(claims));
  return access === undefined ? err({ kind: "no-scope" }) : ok({ name: `oauth:${sub}`, access });
};

// RFC 9068, 2.2.3 has `scope`; some issuers write `scp`, as a text or as a list.
const scopesOf = ({ scope, scp }: JWTPayload): readonly string[] => {
  if (typeof scope === "string") return scope.split(" ");
  if (typeof scp === "string") return scp.split(" ");
  return Array.isArray(scp) ? scp.filter((each) => typeof each === "string") : [];
};

const invalid = (message: string): Result<Principal, Denial> => err({ kind: "invalid-token", message });
