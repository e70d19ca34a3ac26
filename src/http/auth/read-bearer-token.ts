import { err, ok, type Result } from "../../language/result.js";
import type { Asking } from "./authentication.js";
import type { Denial } from "./denial.js";

/** The longest `Authorization` header, in characters. */
const LONGEST = 8192;

/** RFC 6750, 2.1: `credentials = "Bearer" 1*SP b64token`; the scheme in any case (RFC 9110, 11.1). */
const BEARER = /^bearer +([A-Za-z0-9\-._~+/]+=*)$/i;

/**
 * The one bearer token of a request. Stricter than the MCP library's reading, which takes the second of any number of words
 * and cannot tell two headers from one; and tokens in the query, which end up in logs, are refused (RFC 6750, 2.3 and 5.3).
 */
export const readBearerToken = ({ headersDistinct, url = "" }: Asking): Result<string, Denial> => {
  const [header = "", ...more] = headersDistinct.authorization ?? [];
  if (hasQueryToken(url)) return malformed("a token comes in the Authorization header, never in the URL");
  if (more.length > 0) return malformed("a request has one Authorization header");
  if (header.length > LONGEST) return err({ kind: "too-long", most: LONGEST });
  // A scheme that is not ours is no attempt at ours.
  if (header.split(/[ \t,]/, 1)[0]?.toLowerCase() !== "bearer") return err({ kind: "missing" });
  const token = BEARER.exec(header)?.[1];
  return token === undefined ? malformed("the header is not Authorization: Bearer TOKEN") : ok(token);
};

const hasQueryToken = (url: string): boolean =>
  new URLSearchParams(url.split("?").slice(1).join("?")).has("access_token");

const malformed = (message: string): Result<string, Denial> => err({ kind: "malformed", message });
