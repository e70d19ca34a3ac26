import { describe, expect, it } from "vitest";
import { resourceMetadata } from "../../../../src/http/auth/oauth/resource-metadata.js";

const answer = resourceMetadata(new URL("https://mcp.example/mcp"), "https://as.example/t");
const ask = (path: string, method = "GET") => answer(new Request(`http://localhost${path}`, { method }));

describe("resourceMetadata", () => {
  it.each([["/.well-known/oauth-protected-resource"], ["/.well-known/oauth-protected-resource/mcp"]])(
    "says at %s where tokens come from (RFC 9728)",
    async (path) => {
      const response = ask(path);
      expect(response?.headers.get("content-type")).toBe("application/json");
      expect(await response?.json()).toEqual({
        resource: "https://mcp.example/mcp",
        authorization_servers: ["https://as.example/t"],
        scopes_supported: ["awspipe:read", "awspipe:write"],
        bearer_methods_supported: ["header"],
        resource_name: "awspipe",
      });
      expect(ask(path, "HEAD")?.status).toBe(200);
    },
  );

  it.each([
    ["/.well-known/oauth-protected-resource/"],
    ["/.well-known/oauth-protected-resource/mcp/"],
    ["/.well-known/oauth-protected-resource/other"],
    ["/.well-known/oauth-protected-resourcex"],
    ["/.well-known/oauth-authorization-server"],
    ["/mcp"],
    ["/"],
  ])("says nothing at %s", (path) => {
    expect(ask(path)).toBe(undefined);
  });

  it("is for reading", () => {
    for (const method of ["POST", "PUT", "DELETE", "OPTIONS"])
      expect(ask("/.well-known/oauth-protected-resource", method)).toBe(undefined);
  });

  it("is at one place for a resource without a path", () => {
    const root = resourceMetadata(new URL("https://mcp.example"), "https://as.example");
    expect(root(new Request("http://x/.well-known/oauth-protected-resource"))?.status).toBe(200);
    expect(root(new Request("http://x/.well-known/oauth-protected-resource/mcp"))).toBe(undefined);
  });
});
