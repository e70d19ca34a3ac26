import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createGuards } from "../../src/http/guards.js";
import { UNCONFINED } from "../unconfined.js";
import { CHECK, modern, postCall } from "./mcp-requests.js";
import { sendRaw } from "./raw-http.js";
import { type HttpServer, startHttpServer } from "./start-http-server.js";
import { bearer, statusFor } from "./status-for.js";

describe("a server with names and pages of its own", () => {
  let server: HttpServer;
  beforeAll(async () => {
    server = await startHttpServer({
      ...UNCONFINED,
      AWS_MCP_ALLOWED_HOSTS: "MCP.Example.com, 10.0.0.7,fd00::7",
      AWS_MCP_ALLOWED_ORIGINS: "https://app.example.com,http://localhost:6274",
      AWS_MCP_PUBLIC_URL: "https://public.example.com/tools/mcp",
    });
  });
  afterAll(() => server.stop());

  it.each(["mcp.example.com", "MCP.EXAMPLE.COM:8443", "10.0.0.7:1", "[fd00::7]", "public.example.com", "localhost"])(
    "serves requests for %s",
    async (host) => {
      expect(await statusFor(server, { host })).toBe(200);
    },
  );

  it.each(["example.com", "a.mcp.example.com", "mcp.example.com.evil", "mcp.example.com."])(
    "refuses those for %s",
    async (host) => {
      expect(await statusFor(server, { host })).toBe(403);
    },
  );

  it.each(["https://app.example.com", "http://localhost:6274", "https://public.example.com"])(
    "serves pages of %s",
    async (origin) => {
      const answer = await sendRaw(
        server.port,
        postCall(modern, CHECK, { ...bearer(server), origin, "sec-fetch-site": "cross-site" }),
      );
      expect(answer).toMatchObject({ status: 200, headers: { "access-control-allow-origin": origin, vary: "origin" } });
      expect(answer.headers["access-control-allow-credentials"]).toBeUndefined();
    },
  );

  it.each([
    "http://app.example.com",
    "https://app.example.com:444",
    "https://app.example.com.evil",
    "https://a.app.example.com",
    "http://localhost:6275",
  ])("refuses pages of %s", async (origin) => {
    expect(await statusFor(server, { origin })).toBe(403);
  });

  it("tells the pages it serves what they may send", async () => {
    const request = `OPTIONS /mcp HTTP/1.1\r\nHost: localhost\r\nOrigin: https://app.example.com\r\nAccess-Control-Request-Method: POST\r\nAccess-Control-Request-Headers: authorization\r\n\r\n`;
    const { status, headers } = await sendRaw(server.port, request);
    const names = (name: string) => headers[`access-control-allow-${name}`]?.split(", ");
    expect({ status, origin: names("origin"), methods: names("methods") }).toEqual({
      status: 204,
      origin: ["https://app.example.com"],
      methods: ["GET", "POST", "DELETE", "OPTIONS"],
    });
    expect(names("headers")).toEqual(
      expect.arrayContaining([
        "authorization",
        "content-type",
        "mcp-method",
        "mcp-name",
        "mcp-protocol-version",
        "mcp-session-id",
      ]),
    );
  });
});

describe("createGuards", () => {
  const guards = (settings: Partial<Parameters<typeof createGuards>[0]>) =>
    createGuards({
      ...{ AWS_MCP_HOST: "127.0.0.1", AWS_MCP_ALLOWED_HOSTS: undefined },
      ...{ AWS_MCP_ALLOWED_ORIGINS: undefined, AWS_MCP_PUBLIC_URL: undefined },
      ...settings,
    });
  const passes = (host: string, settings: Parameters<typeof guards>[0]) =>
    guards(settings).host({ headers: { host }, headersDistinct: { host: [host] } }) === undefined;

  it("takes the address that is listened at for a name, unless it is every address", () => {
    expect(passes("192.0.2.7", { AWS_MCP_HOST: "192.0.2.7" })).toBe(true);
    expect(passes("[fd00::1]:8000", { AWS_MCP_HOST: "fd00::1" })).toBe(true);
    expect(passes("0.0.0.0:8000", { AWS_MCP_HOST: "0.0.0.0" })).toBe(false);
    expect(passes("[::]", { AWS_MCP_HOST: "::" })).toBe(false);
    expect(passes("192.0.2.7", { AWS_MCP_HOST: "0.0.0.0" })).toBe(false);
  });

  it.each(["mcp.example.com:8443", "https://mcp.example.com", "*.example.com", "a b"])(
    "throws where %s is listed as a host name",
    (name) => {
      expect(() => guards({ AWS_MCP_ALLOWED_HOSTS: [name] })).toThrow(
        `AWS_MCP_ALLOWED_HOSTS=${name}: must be a host name without a port`,
      );
    },
  );
});
