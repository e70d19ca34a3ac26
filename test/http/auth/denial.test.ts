import { describe, expect, it } from "vitest";
import { type Challenge, type Denial, denialResponse } from "../../../src/http/auth/denial.js";

const NONE: Challenge = { scopes: [] };
const OAUTH: Challenge = {
  scopes: ["awspipe:read", "awspipe:write"],
  resourceMetadataUrl: "https://mcp.example/.well-known/oauth-protected-resource/mcp",
};
const METADATA = 'resource_metadata="https://mcp.example/.well-known/oauth-protected-resource/mcp"';
const SCOPES = 'scope="awspipe:read awspipe:write"';

const answer = async (denial: Denial, challenge: Challenge) => {
  const response = denialResponse(denial, challenge);
  return [response.status, response.headers.get("www-authenticate"), await response.text()];
};

describe("denialResponse", () => {
  it("gives no error code where no token was sent (RFC 6750, 3.1)", async () => {
    const says = "send a token, as in `Authorization: Bearer TOKEN`\n";
    expect(await answer({ kind: "missing" }, NONE)).toEqual([401, 'Bearer realm="awspipe"', says]);
    expect(await answer({ kind: "missing" }, OAUTH)).toEqual([
      401,
      `Bearer realm="awspipe", ${SCOPES}, ${METADATA}`,
      says,
    ]);
  });

  it.each<[Denial, number, string]>([
    [{ kind: "malformed", message: "m" }, 400, "m"],
    [{ kind: "too-long", most: 8192 }, 431, "the Authorization header has more than 8192 characters"],
  ])("says invalid_request to %j", async (denial, status, message) => {
    const error = `error="invalid_request", error_description="${message}"`;
    const body = JSON.stringify({ error: "invalid_request", error_description: message });
    expect(await answer(denial, NONE)).toEqual([status, `Bearer realm="awspipe", ${error}`, body]);
    expect(await answer(denial, OAUTH)).toEqual([
      status,
      `Bearer realm="awspipe", ${error}, ${SCOPES}, ${METADATA}`,
      body,
    ]);
  });

  it("says invalid_token to a wrong one", async () => {
    const error = 'Bearer error="invalid_token", error_description="m"';
    const body = '{"error":"invalid_token","error_description":"m"}';
    expect(await answer({ kind: "invalid-token", message: "m" }, NONE)).toEqual([401, error, body]);
    expect(await answer({ kind: "invalid-token", message: "m" }, OAUTH)).toEqual([
      401,
      `${error}, ${SCOPES}, ${METADATA}`,
      body,
    ]);
  });

  it("says insufficient_scope to one for other things, and names the least that helps", async () => {
    const message = "the token has none of this server's scopes";
    expect(await answer({ kind: "no-scope" }, OAUTH)).toEqual([
      403,
      `Bearer error="insufficient_scope", error_description="${message}", scope="awspipe:read", ${METADATA}`,
      JSON.stringify({ error: "insufficient_scope", error_description: message }),
    ]);
  });

  it("blames no token where nobody can check one", async () => {
    const response = denialResponse({ kind: "keys-unavailable", seconds: 5 }, OAUTH);
    expect([response.status, response.headers.get("retry-after"), response.headers.get("www-authenticate")]).toEqual([
      503,
      "5",
      null,
    ]);
  });

  it.each<[Denial]>([
    [{ kind: "missing" }],
    [{ kind: "malformed", message: "m" }],
    [{ kind: "too-long", most: 1 }],
    [{ kind: "invalid-token", message: "m" }],
    [{ kind: "no-scope" }],
    [{ kind: "keys-unavailable", seconds: 1 }],
  ])("lets nobody keep the answer to %j", (denial) => {
    expect(denialResponse(denial, OAUTH).headers.get("cache-control")).toBe("no-store");
  });
});
