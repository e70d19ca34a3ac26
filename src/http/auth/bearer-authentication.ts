import type { AuthInfo } from "@modelcontextprotocol/server";
import type { Result } from "../../language/result.js";
import type { Authentication } from "./authentication.js";
import { type Challenge, type Denial, denialResponse } from "./denial.js";
import { readBearerToken } from "./read-bearer-token.js";

/** Says whose a token is. */
export type TokenCheck = (token: string) => Promise<Result<AuthInfo, Denial>>;

/**
 * Authentication by a bearer token (RFC 6750). The MCP library's `verifyBearerToken` would refuse every token that does not
 * expire, as those of a file do not, and knows no clock but its own and no tolerance.
 */
export const bearerAuthentication =
  (check: TokenCheck, challenge: Challenge): Authentication["authenticate"] =>
  async (request) => {
    const token = readBearerToken(request);
    const checked = token.ok ? await check(token.value) : token;
    return checked.ok ? checked.value : denialResponse(checked.error, challenge);
  };
