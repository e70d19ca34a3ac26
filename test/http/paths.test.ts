import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { UNCONFINED } from "../unconfined.js";
import { CHECK, messagesOf, modern, post, postCall } from "./mcp-requests.js";
import { type RawAnswer, sendRaw } from "./raw-http.js";
import { type HttpServer, startHttpServer } from "./start-http-server.js";
import { stopWell, type Use, useOf, warmUp } from "./well.js";

let server: HttpServer;
let before: Use;

beforeAll(async () => {
  server = await startHttpServer(UNCONFINED);
  await warmUp(server);
  before = useOf(server.pid);
});

afterAll(() => stopWell(server, before));

const bearer = () => ({ authorization: `Bearer ${server.token}` });
const body = JSON.stringify(modern.call(CHECK));
const send = (method: string, path: string, headers: Readonly<Record<string, string | undefined>> = {}) =>
  sendRaw(server.port, post({ method, path, headers: { ...modern.headers(modern.call(CHECK)), ...headers }, body }));

const TRICKS = [
  "/",
  "//mcp",
  "/mcp/",
  "/mcp/..",
  "/mcp/../mcp",
  "/./mcp",
  "/x/../mcp",
  "/%6dcp",
  "/mcp%2f",
  "/mcp%00",
  "/mcp;a=b",
  "/mcp.",
  "/mcp.json",
  "/MCP",
  "\\mcp",
  "/mcp\\",
  "/mcp/sse",
  "/sse",
  "/messages",
  "/messages?session=1",
  "/metrics",
  "/.env",
  "/.git/config",
  "/etc/passwd",
  "/../../../../etc/passwd",
  "/healthz/",
  "/HEALTHZ",
  "/readyz/..",
  "//healthz",
];

/** All that a client can tell one answer from another by. */
const seen = ({ status, headers: { date: _, ...headers }, body: text }: RawAnswer) => ({ status, headers, text });

describe("a path that is none of the endpoint's", () => {
  it.each(TRICKS)("is found by nobody: %s", async (path) => {
    const status = path.startsWith("\\") ? 400 : 404;
    expect((await send("POST", path, bearer())).status).toBe(status);
    expect((await send("GET", path, bearer())).status).toBe(status);
  });

  it("is told where MCP is, for who has written another path with the token", async () => {
    const answer = await send("POST", "/", bearer());
    expect(messagesOf(answer)).toEqual([
      { jsonrpc: "2.0", id: null, error: { code: -32_000, message: "there is nothing at this path; MCP is at /mcp" } },
    ]);
  });

  it("looks like all others to who has no token", async () => {
    for (const method of ["GET", "POST", "DELETE"]) {
      const there = seen(await send(method, "/mcp"));
      expect(there).toMatchObject({ status: 401, headers: { "www-authenticate": 'Bearer realm="awspipe"' } });
      for (const path of TRICKS.filter((each) => each.startsWith("/")))
        expect(seen(await send(method, path))).toEqual(there);
    }
  });

  // Clients that look for an authorization server (MCP, authorization) go on to the next place after a 404.
  it.each([
    "oauth-protected-resource",
    "oauth-protected-resource/mcp",
    "oauth-authorization-server",
    "openid-configuration",
    "x",
  ])("is not found where well-known things would be that this server does not have: %s", async (name) => {
    expect((await send("GET", `/.well-known/${name}`)).status).toBe(404);
  });
});

describe("a query", () => {
  it("changes nothing", async () => {
    expect((await send("POST", "/mcp?a=b&c", bearer())).status).toBe(200);
    expect((await send("GET", "/healthz?a")).status).toBe(200);
  });

  // RFC 6750, 2.3 and 5.3.
  it.each(["access_token", "token", "api_key", "authorization", "bearer"])(
    "is no place for a token: %s",
    async (name) => {
      const { status } = await send("POST", `/mcp?${name}=${server.token}`);
      expect([400, 401]).toContain(status);
    },
  );
});

describe("a method", () => {
  // RFC 9110, 15.5.6.
  it.each(["GET", "HEAD", "PUT", "PATCH", "DELETE"])(
    "%s that the endpoint does not have is refused with those it has",
    async (method) => {
      const lines = ["Host: localhost", `Authorization: Bearer ${server.token}`, "Accept: text/event-stream"];
      const answer = await sendRaw(
        server.port,
        [`${method} /mcp HTTP/1.1`, ...lines, "Connection: close", "", ""].join("\r\n"),
      );
      expect(answer).toMatchObject({ status: 405, headers: { allow: "POST" } });
    },
  );

  it.each(["POST", "PUT", "DELETE"])("%s is refused by probes", async (method) => {
    for (const path of ["/healthz", "/readyz"])
      expect(await send(method, path)).toMatchObject({ status: 405, headers: { allow: "GET, HEAD" } });
  });

  // RFC 9110, 9.3.7.
  it("OPTIONS is answered alike for everything", async () => {
    const answers = ["*", "/mcp", "/healthz", "/x", "/.well-known/x"].map(async (path) =>
      seen(await sendRaw(server.port, `OPTIONS ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`)),
    );
    const [first, ...others] = await Promise.all(answers);
    expect(first).toMatchObject({ status: 204, headers: { allow: "GET, POST, DELETE, OPTIONS" }, text: "" });
    expect(others).toEqual([first, first, first, first]);
  });
});

describe("every answer", () => {
  const answers = () =>
    [
      ["a call", sendRaw(server.port, postCall(modern, CHECK, bearer()))],
      ["a probe", send("GET", "/healthz")],
      ["no token", send("POST", "/mcp")],
      ["a wrong token", send("POST", "/mcp", { authorization: "Bearer x" })],
      ["nothing there", send("POST", "/x", bearer())],
      ["a wrong method", send("PUT", "/mcp", bearer())],
      ["a wrong host", send("POST", "/mcp", { host: "evil.example" })],
      ["a wrong page", send("POST", "/mcp", { origin: "https://evil.example" })],
      ["a wrong type", send("POST", "/mcp", { ...bearer(), "content-type": "text/plain" })],
      ["too much", send("POST", "/mcp", { ...bearer(), "content-length": "104857600" })],
      ["what nobody knows", send("OPTIONS", "*")],
      ["another method", send("TRACE", "/mcp")],
    ] as const;

  it("is not to be kept, is what it says it is, and has a date", async () => {
    for (const [what, answer] of answers()) {
      const { headers } = await answer;
      expect({ what, cache: headers["cache-control"], sniff: headers["x-content-type-options"] }).toEqual({
        ...{ what, cache: expect.stringMatching(/^no-store(, no-transform)?$/), sniff: "nosniff" },
      });
      expect(Date.parse(headers.date ?? "")).toBeGreaterThan(Date.now() - 60_000);
    }
  });

  it("names no program, no version, no file and no line of ours", async () => {
    const broken = [
      sendRaw(server.port, "x\r\n\r\n"),
      sendRaw(server.port, `GET /${"a".repeat(100_000)} HTTP/1.1\r\n\r\n`),
    ];
    for (const answer of await Promise.all([
      ...answers()
        .slice(1)
        .map(([, each]) => each),
      ...broken,
    ])) {
      expect(answer.headers).not.toHaveProperty("server");
      expect(answer.headers).not.toHaveProperty("x-powered-by");
      const text = JSON.stringify(answer);
      expect(text).not.toMatch(/node|undici|typescript|\.[jt]s\b|dist\/|src\/|\bat \w+ \(|0\.1\.0/i);
      expect(text).not.toContain(process.cwd());
      expect(text).not.toContain(server.token);
    }
  });
});
