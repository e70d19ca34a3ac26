import { describe, expect, it } from "vitest";
import { idleSettings } from "../../src/commands/idle-settings.js";
import { settingRows } from "../../src/settings.js";

describe("idleSettings", () => {
  const HTTP = {
    AWS_MCP_HOST: "0.0.0.0",
    AWS_MCP_PORT: "8000",
    AWS_MCP_HTTP_AUTH: "oauth",
    AWS_MCP_TOKEN_FILE: "/t",
    AWS_MCP_PUBLIC_URL: "https://mcp.example.com/mcp",
    AWS_MCP_OAUTH_ISSUER: "https://as.example.com",
    AWS_MCP_OAUTH_AUDIENCE: "a",
    AWS_MCP_OAUTH_JWKS_URL: "https://as.example.com/keys",
    AWS_MCP_ALLOWED_HOSTS: "a",
    AWS_MCP_ALLOWED_ORIGINS: "https://app.example.com",
    AWS_MCP_MAX_BODY: "2048",
    AWS_MCP_HTTP_SESSIONS: "on",
    AWS_MCP_DRAIN: "1",
  };

  it("names with stdio what only HTTP has", () => {
    expect(idleSettings({ ...HTTP, AWS_MCP_TIMEOUT: "9", AWS_MCP_AUDIT_LOG: "/l" }, "stdio")).toEqual(
      Object.keys(HTTP),
    );
    const others = settingRows.map(({ name }) => name).filter((name) => !Object.hasOwn(HTTP, name));
    expect(idleSettings(Object.fromEntries(others.map((name) => [name, "x"])), "stdio")).toEqual([]);
    expect(others.filter((name) => /HTTP|HOST|OAUTH|ORIGIN|_PORT$|URL|TOKEN/.test(name))).toEqual([]);
  });

  it("names with sse that it has no sessions, and with streamable-http nothing", () => {
    expect(idleSettings({ ...HTTP }, "sse")).toEqual(["AWS_MCP_HTTP_SESSIONS"]);
    expect(idleSettings({ ...HTTP }, "streamable-http")).toEqual([]);
  });

  it("names nothing that is empty or off", () => {
    expect(idleSettings({ AWS_MCP_HOST: "", AWS_MCP_HTTP_SESSIONS: "off" }, "stdio")).toEqual([]);
  });
});
