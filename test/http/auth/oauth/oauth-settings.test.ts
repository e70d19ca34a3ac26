import { describe, expect, it } from "vitest";
import type { AuthSettings } from "../../../../src/http/auth/check-auth-settings.js";
import { oauthSettings } from "../../../../src/http/auth/oauth/oauth-settings.js";
import { PLAIN } from "../asking.js";

const RESOURCE = new URL("https://mcp.example/mcp");
const settings = (set: Partial<AuthSettings>, resource = RESOURCE) =>
  oauthSettings({ ...PLAIN, AWS_MCP_OAUTH_ISSUER: "https://as.example/", ...set }, resource);

describe("oauthSettings", () => {
  it("keeps the issuer letter by letter, and takes the endpoint for the audience", () => {
    expect(settings({})).toEqual({
      issuer: "https://as.example/",
      keysUrl: undefined,
      audiences: ["https://mcp.example/mcp", "https://mcp.example/mcp"],
      resource: RESOURCE,
    });
    expect(settings({ AWS_MCP_OAUTH_ISSUER: "https://as.example" }).issuer).toBe("https://as.example");
  });

  it("takes an endpoint without a path with its slash and without", () => {
    expect(settings({}, new URL("https://mcp.example")).audiences).toEqual([
      "https://mcp.example/",
      "https://mcp.example",
    ]);
  });

  it("takes the operator's audience alone where there is one", () => {
    expect(settings({ AWS_MCP_OAUTH_AUDIENCE: "api://x" }).audiences).toEqual(["api://x"]);
  });

  it("takes a query for keys, which some issuers have there", () => {
    expect(settings({ AWS_MCP_OAUTH_JWKS_URL: "https://as.example/k?p=1" }).keysUrl?.href).toBe(
      "https://as.example/k?p=1",
    );
  });

  it.each<[Partial<AuthSettings>, URL, string]>([
    [
      { AWS_MCP_OAUTH_ISSUER: "http://as.example" },
      RESOURCE,
      "AWS_MCP_OAUTH_ISSUER: the URL is neither https nor http to loopback",
    ],
    [{ AWS_MCP_OAUTH_ISSUER: "https://as.example?x" }, RESOURCE, "AWS_MCP_OAUTH_ISSUER: the URL has a query"],
    [
      { AWS_MCP_OAUTH_JWKS_URL: "http://as.example/k" },
      RESOURCE,
      "AWS_MCP_OAUTH_JWKS_URL: the URL is neither https nor http to loopback",
    ],
    [{}, new URL("http://mcp.example/mcp"), "AWS_MCP_PUBLIC_URL: the URL is neither https nor http to loopback"],
    [{}, new URL("https://mcp.example/mcp?x=1"), "AWS_MCP_PUBLIC_URL: the URL has a query"],
    [{}, new URL("https://mcp.example/mcp#x"), "AWS_MCP_PUBLIC_URL: the URL has a user, a password or a fragment"],
  ])("stops the start with %j at %s", (set, resource, message) => {
    expect(() => settings(set, resource)).toThrow(new Error(message));
  });
});
