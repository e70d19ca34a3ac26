import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { UNCONFINED } from "../unconfined.js";
import { CHECK, dataOf, modern, postCall } from "./mcp-requests.js";
import { sendRaw } from "./raw-http.js";
import { type HttpServer, startHttpServer } from "./start-http-server.js";
import { statusFor } from "./status-for.js";
import { stopWell, type Use, useOf, warmUp } from "./well.js";

const OPEN = { AWS_MCP_HTTP_AUTH: "none", ...UNCONFINED };

describe("a server on loopback", () => {
  let server: HttpServer;
  let before: Use;
  beforeAll(async () => {
    server = await startHttpServer(OPEN);
    await warmUp(server);
    before = useOf(server.pid);
  });
  afterAll(() => stopWell(server, before));

  it.each([
    "localhost",
    "LOCALHOST",
    "localhost:PORT",
    "localhost:",
    "127.0.0.1",
    "127.0.0.1:PORT",
    "[::1]",
    "[::1]:PORT",
    "localhost:1",
  ])("serves requests for %s", async (host) => {
    expect(await statusFor(server, { host: host.replace("PORT", String(server.port)) })).toBe(200);
  });

  // RFC 9112, 3.2, and RFC 9110, 7.2.
  it.each([
    "",
    " ",
    ":80",
    "localhost:x",
    "localhost:123456",
    "user@localhost",
    "a:b@localhost",
    "localhost/mcp",
    "localhost?a",
    "localhost#a",
    "%6cocalhost",
    "local host",
    "[::1",
    "::1",
    "[localhost]",
    "localhost,evil.example",
    "http://localhost",
    "\xedocalhost",
  ])("refuses with 400 what is no host: %j", async (host) => {
    expect(await statusFor(server, { host })).toBe(400);
  });

  it.each([
    "evil.example",
    "evil.example:PORT",
    "localhost.evil",
    "localhost.evil:PORT",
    "localhost.",
    "evil.localhost",
    "xlocalhost",
    "127.0.0.2",
    "127.1",
    "2130706433",
    "0x7f000001",
    "0177.0.0.1",
    "127.0.0.1.",
    "127.0.0.1.nip.io",
    "0.0.0.0",
    "[::]",
    "[::ffff:127.0.0.1]",
    "[0:0:0:0:0:0:0:1]",
    "169.254.169.254",
  ])("refuses with 403 another host, and loopback in other words: %s", async (host) => {
    expect(await statusFor(server, { host: host.replace("PORT", String(server.port)) })).toBe(403);
  });

  it("refuses with 400 a request without a host, and one with two", async () => {
    const request = (hosts: string, version = "1.1") =>
      sendRaw(server.port, `GET /mcp HTTP/${version}\r\n${hosts}Connection: close\r\n\r\n`);
    expect(await request("")).toMatchObject({ status: 400 });
    expect(await request("", "1.0")).toMatchObject({ status: 400 });
    expect(await request("Host: localhost\r\nHost: localhost\r\n")).toMatchObject({ status: 400 });
    expect(await request("Host: localhost\r\nhost: evil.example\r\n")).toMatchObject({ status: 400 });
  });

  // RFC 9112, 3.2.2.
  it("goes by the host that the target names, whatever the header says", async () => {
    const get = (target: string, host: string) =>
      sendRaw(server.port, `GET ${target} HTTP/1.1\r\nHost: ${host}\r\n\r\n`);
    expect(await get("http://evil.example/mcp", "localhost")).toMatchObject({ status: 403 });
    expect(await get("http://user@localhost/mcp", "localhost")).toMatchObject({ status: 400 });
    expect(await get("http:///mcp", "localhost")).toMatchObject({ status: 400 });
    expect(await get("http://localhost/mcp", "evil.example")).toMatchObject({ status: 405 });
    const call = postCall(modern, CHECK, { host: "evil.example" })
      .toString()
      .replace("POST /mcp", "POST http://127.0.0.1/mcp");
    expect(dataOf(await sendRaw(server.port, call))).toMatchObject({ verdict: "allow" });
  });

  it.each([
    "x-forwarded-host",
    "forwarded",
    "x-host",
    "x-original-host",
    "x-forwarded-server",
    "x-original-url",
    "x-rewrite-url",
  ])("goes by nothing that %s says", async (name) => {
    const value = name === "forwarded" ? "host=localhost" : name.endsWith("url") ? "/healthz" : "localhost";
    expect(await statusFor(server, { host: "evil.example", [name]: value })).toBe(403);
    expect(await statusFor(server, { [name]: name.endsWith("url") ? "/healthz" : "evil.example" })).toBe(200);
  });

  // MCP, Streamable HTTP, security warning: 403.
  it.each([
    "null",
    "https://evil.example",
    "http://evil.example:PORT",
    "http://localhost.evil",
    "http://localhost",
    "http://localhost:1",
    "http://127.0.0.1:PORT",
    "file://",
    "chrome-extension://localhost",
    "vscode-webview://localhost",
    "http://localhost:PORT/",
    "http://localhost:PORT https://evil.example",
    "http://user@localhost:PORT",
    "localhost:PORT",
    "",
    "*",
  ])("refuses pages of %j", async (origin) => {
    const host = `localhost:${server.port}`;
    expect(await statusFor(server, { host, origin: origin.replace("PORT", String(server.port)) })).toBe(403);
  });

  it("refuses a page that says where it is from twice", async () => {
    const host = `localhost:${server.port}`;
    const origins = `http://${host}\r\nOrigin: https://evil.example`;
    expect(await statusFor(server, { host, origin: origins })).toBe(403);
  });

  it("serves pages of its own host and port, of which it has none", async () => {
    const host = `localhost:${server.port}`;
    expect(await statusFor(server, { host, origin: `http://${host}` })).toBe(200);
  });

  // W3C Fetch Metadata Request Headers, 2.4.
  it.each([
    ["cross-site", 403],
    ["same-site", 403],
    ["same-origin", 200],
    ["none", 200],
    ["new", 403],
    ["none, cross-site", 403],
  ])("judges a request without an origin whose site is %s", async (site, status) => {
    expect(await statusFor(server, { "sec-fetch-site": site })).toBe(status);
  });

  it("tells probes how it is by any name", async () => {
    for (const path of ["/healthz", "/readyz"])
      expect(await sendRaw(server.port, `GET ${path} HTTP/1.1\r\nHost: 10.1.2.3:8000\r\n\r\n`)).toMatchObject({
        status: 200,
      });
  });

  // Fetch standard, CORS protocol.
  it("says nothing to pages that ask whether they may", async () => {
    const { status, headers } = await sendRaw(
      server.port,
      `OPTIONS /mcp HTTP/1.1\r\nHost: localhost\r\nOrigin: https://evil.example\r\nAccess-Control-Request-Method: POST\r\n\r\n`,
    );
    expect(status).toBe(403);
    expect(Object.keys(headers).filter((name) => name.startsWith("access-control"))).toEqual([]);
  });
});
