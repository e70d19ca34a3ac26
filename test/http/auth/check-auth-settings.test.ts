import { describe, expect, it } from "vitest";
import { type AuthSettings, checkAuthSettings } from "../../../src/http/auth/check-auth-settings.js";
import { PLAIN } from "./asking.js";

const problemWith = (set: Partial<AuthSettings>): string | undefined => {
  try {
    checkAuthSettings({ ...PLAIN, ...set });
    return undefined;
  } catch (cause) {
    return cause instanceof Error ? cause.message : String(cause);
  }
};

const ISSUER = { AWS_MCP_OAUTH_ISSUER: "https://as.example" };

describe("checkAuthSettings", () => {
  it.each<[Partial<AuthSettings>]>([
    [{}],
    [{ AWS_MCP_HOST: "0.0.0.0" }],
    [{ AWS_MCP_PUBLIC_URL: "http://127.0.0.1:9/mcp" }],
    [{ AWS_MCP_TOKEN_FILE: "/t", AWS_MCP_PUBLIC_URL: "https://mcp.example/mcp" }],
    [{ AWS_MCP_HTTP_AUTH: "oauth", ...ISSUER }],
    [{ AWS_MCP_HTTP_AUTH: "oauth", ...ISSUER, AWS_MCP_HOST: "::", AWS_MCP_PUBLIC_URL: "https://mcp.example/mcp" }],
    [
      {
        AWS_MCP_HTTP_AUTH: "oauth",
        ...ISSUER,
        AWS_MCP_OAUTH_AUDIENCE: "a",
        AWS_MCP_OAUTH_JWKS_URL: "https://as.example/k",
      },
    ],
    [{ AWS_MCP_HTTP_AUTH: "none" }],
    [{ AWS_MCP_HTTP_AUTH: "none", AWS_MCP_HOST: "::1" }],
    [{ AWS_MCP_HTTP_AUTH: "none", AWS_MCP_HOST: "localhost", AWS_MCP_PUBLIC_URL: "http://localhost:9/mcp" }],
  ])("takes %j", (set) => {
    expect(problemWith(set)).toBe(undefined);
  });

  const INSECURE = "AWS_MCP_PUBLIC_URL: the URL is neither https nor http to loopback";
  const TOKEN_ONLY = "AWS_MCP_TOKEN_FILE: only for AWS_MCP_HTTP_AUTH=token, and that is";
  const oauthOnly = (names: string) => `${names}: only for AWS_MCP_HTTP_AUTH=oauth, and that is`;

  it.each<[Partial<AuthSettings>, string]>([
    [ISSUER, `${oauthOnly("AWS_MCP_OAUTH_ISSUER")} token`],
    [{ AWS_MCP_OAUTH_AUDIENCE: "a" }, `${oauthOnly("AWS_MCP_OAUTH_AUDIENCE")} token`],
    [
      { ...ISSUER, AWS_MCP_OAUTH_JWKS_URL: "https://as.example/k" },
      `${oauthOnly("AWS_MCP_OAUTH_ISSUER, AWS_MCP_OAUTH_JWKS_URL")} token`,
    ],
    [{ AWS_MCP_HTTP_AUTH: "oauth", ...ISSUER, AWS_MCP_TOKEN_FILE: "/t" }, `${TOKEN_ONLY} oauth`],
    [
      { AWS_MCP_HTTP_AUTH: "oauth" },
      "AWS_MCP_HTTP_AUTH=oauth needs AWS_MCP_OAUTH_ISSUER, the authorization server whose tokens are taken",
    ],
    [
      { AWS_MCP_HTTP_AUTH: "oauth", ...ISSUER, AWS_MCP_HOST: "0.0.0.0" },
      "AWS_MCP_HTTP_AUTH=oauth needs AWS_MCP_PUBLIC_URL, since AWS_MCP_HOST is not loopback",
    ],
    [{ AWS_MCP_HTTP_AUTH: "none", AWS_MCP_TOKEN_FILE: "/t" }, `${TOKEN_ONLY} none`],
    [{ AWS_MCP_HTTP_AUTH: "none", ...ISSUER }, `${oauthOnly("AWS_MCP_OAUTH_ISSUER")} none`],
    ...["0.0.0.0", "::", "192.168.0.1", "mcp.example", "127.0.0.1.example.com"].map(
      (host): [Partial<AuthSettings>, string] => [
        { AWS_MCP_HTTP_AUTH: "none", AWS_MCP_HOST: host },
        "AWS_MCP_HTTP_AUTH=none is for loopback alone, and AWS_MCP_HOST is not 127.0.0.1, ::1 or localhost",
      ],
    ),
    [
      { AWS_MCP_HTTP_AUTH: "none", AWS_MCP_PUBLIC_URL: "https://mcp.example/mcp" },
      "AWS_MCP_HTTP_AUTH=none is for loopback alone, and AWS_MCP_PUBLIC_URL is for others",
    ],
    [{ AWS_MCP_PUBLIC_URL: "http://mcp.example/mcp" }, INSECURE],
    ...[
      "https://a@mcp.example/mcp",
      "https://a:b@mcp.example",
      "https://mcp.example/mcp#x",
      "https://mcp.example#",
    ].map((url): [Partial<AuthSettings>, string] => [
      { AWS_MCP_PUBLIC_URL: url },
      "AWS_MCP_PUBLIC_URL: the URL has a user, a password or a fragment",
    ]),
  ])("stops the start with %j", (set, problem) => {
    expect(problemWith(set)).toBe(problem);
  });
});
