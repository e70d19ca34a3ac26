import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Ended, runAwspipe } from "../commands/run-awspipe.js";
import { UNCONFINED } from "../unconfined.js";
import { CHECK, modern, postCall } from "./mcp-requests.js";
import { sendRaw } from "./raw-http.js";
import { type HttpServer, startHttpServer } from "./start-http-server.js";

const HTTP = { AWS_MCP_TRANSPORT: "streamable-http", AWS_MCP_PORT: "0", ...UNCONFINED };

const messages = (lines: readonly Readonly<Record<string, unknown>>[]) =>
  lines.flatMap(({ event, message }) => (event === "warning" ? [message] : []));

const warningsOf = ({ errors }: Ended) =>
  messages(errors.split("\n").flatMap((line) => (line.startsWith("{") ? [JSON.parse(line)] : [])));

describe("a start over HTTP", () => {
  let other: HttpServer;
  beforeAll(async () => {
    other = await startHttpServer(UNCONFINED);
  });
  afterAll(() => other.stop());

  it.each<[Readonly<Record<string, string>>, string]>([
    [
      { AWS_MCP_HOST: "127.0.0.1:9000" },
      "AWS_MCP_HOST=127.0.0.1:9000: is no address of this machine, as 127.0.0.1 or 0.0.0.0 are",
    ],
    [
      { AWS_MCP_PUBLIC_URL: "http://mcp.example.com/mcp" },
      "AWS_MCP_PUBLIC_URL: the URL is neither https nor http to loopback",
    ],
  ])("ends with 1 and one line where settings are %j", async (settings, says) => {
    const { code, errors } = await runAwspipe(["serve"], { environment: { ...HTTP, ...settings } });
    expect({ code, said: errors.split("\n").filter((line) => !line.startsWith("{")) }).toEqual({
      code: 1,
      said: [`awspipe: ${says}`, ""],
    });
  });

  it("ends with 1 where another program listens, and leaves no reserve of its audit log", async () => {
    const port = String(other.port);
    const folder = mkdtempSync(join(tmpdir(), "awspipe-test-"));
    const environment = { ...HTTP, AWS_MCP_PORT: port, AWS_MCP_AUDIT_LOG: join(folder, "audit.jsonl") };
    const { code, errors } = await runAwspipe(["serve"], { environment });
    expect(readdirSync(folder)).toEqual(["audit.jsonl"]);
    rmSync(folder, { recursive: true });
    expect({ code, errors }).toEqual({
      code: 1,
      errors: expect.stringContaining(
        `awspipe: AWS_MCP_PORT=${port}: another program listens there; name another, or 0 for any that is free\n`,
      ),
    });
  });
});

describe("the log of a start", () => {
  const CLEAR = "requests and tokens cross the network in the clear; put a proxy with TLS in front";

  it("says which requests alone are served where the names of the machine are not known", async () => {
    const server = await startHttpServer({ ...UNCONFINED, AWS_MCP_HOST: "0.0.0.0" });
    const refused = await sendRaw(server.port, postCall(modern, CHECK, { host: "mcp.example.com" }));
    await server.stop();
    expect(messages(server.events())).toEqual([
      CLEAR,
      "only requests for localhost, 127.0.0.1, [::1] are served: set AWS_MCP_PUBLIC_URL or AWS_MCP_ALLOWED_HOSTS",
    ]);
    expect([refused.status, refused.body]).toEqual([
      403,
      expect.stringContaining(
        "requests for this host are not served; the operator can allow it with AWS_MCP_ALLOWED_HOSTS",
      ),
    ]);
  });

  it.each([{ AWS_MCP_ALLOWED_HOSTS: "mcp.example.com" }, { AWS_MCP_PUBLIC_URL: "https://mcp.example.com/mcp" }])(
    "says nothing of it with %j",
    async (settings) => {
      const server = await startHttpServer({ ...UNCONFINED, AWS_MCP_HOST: "0.0.0.0", ...settings });
      await server.stop();
      expect(messages(server.events())).toEqual([CLEAR]);
    },
  );

  it("names settings that the transport has no use for", async () => {
    const environment = { ...UNCONFINED, AWS_MCP_PORT: "9000", AWS_MCP_TOKEN_FILE: "/tokens", AWS_MCP_DRAIN: "" };
    expect(warningsOf(await runAwspipe(["serve"], { environment }))).toEqual([
      "without effect, since AWS_MCP_TRANSPORT is stdio: AWS_MCP_PORT, AWS_MCP_TOKEN_FILE",
    ]);
    const sse = await startHttpServer({ ...UNCONFINED, AWS_MCP_TRANSPORT: "sse", AWS_MCP_HTTP_SESSIONS: "on" });
    await sse.stop();
    expect(messages(sse.events())).toContain("without effect, since AWS_MCP_TRANSPORT is sse: AWS_MCP_HTTP_SESSIONS");
    const http = await startHttpServer({ ...UNCONFINED, AWS_MCP_HTTP_SESSIONS: "on" });
    await http.stop();
    expect(messages(http.events())).toEqual([]);
  });
});

describe("awspipe doctor", () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "awspipe-doctor-"));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const NAMES = ["transport", "tokens", "audit log"];
  const rows = async (settings: Readonly<Record<string, string>>) => {
    const environment = { ...UNCONFINED, AWS_MCP_EGRESS: "off", AWS_MCP_AWS_CLI: "/no/such/aws", ...settings };
    const { code, out } = await runAwspipe(["doctor"], { environment });
    expect(code).toBe(1);
    return out
      .split("\n")
      .map((line) => [line.slice(0, 7).trim(), line.slice(8, 20).trim(), line.slice(21)])
      .filter(([, name = ""]) => NAMES.includes(name));
  };

  it("says nothing of tokens where the transport is stdio", async () => {
    expect(await rows({})).toEqual([
      ["ok", "transport", "stdio"],
      ["ok", "audit log", "stderr"],
    ]);
  });

  it("says where HTTP listens, and where tokens and the audit log are", async () => {
    const [tokens, audit] = [join(folder, "tokens"), join(folder, "audit.log")];
    writeFileSync(tokens, `a write sha256:${"a".repeat(64)}\n`, { mode: 0o600 });
    expect(await rows({ ...HTTP, AWS_MCP_TOKEN_FILE: tokens, AWS_MCP_AUDIT_LOG: audit })).toEqual([
      ["ok", "transport", "streamable-http at http://127.0.0.1:0, authentication: token"],
      ["ok", "tokens", `${tokens}, principals: 1`],
      ["ok", "audit log", `${audit} is made`],
    ]);
  });

  it("says what a start would say, and ends with 1", async () => {
    const settings = {
      ...{ ...HTTP, AWS_MCP_HOST: "192.0.2.1", AWS_MCP_TOKEN_FILE: join(folder, "none") },
      AWS_MCP_AUDIT_LOG: join(folder, "no", "audit.log"),
    };
    expect(await rows(settings)).toEqual([
      ["MISSING", "transport", "AWS_MCP_HOST=192.0.2.1: is no address of this machine, as 127.0.0.1 or 0.0.0.0 are"],
      ["MISSING", "tokens", expect.stringMatching(/^AWS_MCP_TOKEN_FILE=\S+: the file cannot be read: ENOENT/)],
      ["MISSING", "audit log", expect.stringMatching(/^the audit log `\S+` can not be opened \(ENOENT\)/)],
    ]);
  });

  it("says which settings contradict each other, and whether the issuer's keys are had", async () => {
    expect((await rows({ ...HTTP, AWS_MCP_HTTP_AUTH: "oauth" })).slice(1, 2)).toEqual([
      [
        "MISSING",
        "tokens",
        "AWS_MCP_HTTP_AUTH=oauth needs AWS_MCP_OAUTH_ISSUER, the authorization server whose tokens are taken",
      ],
    ]);
    const oauth = { ...HTTP, AWS_MCP_HTTP_AUTH: "oauth", AWS_MCP_OAUTH_ISSUER: "http://127.0.0.1:1" };
    expect((await rows(oauth)).slice(1, 2)).toEqual([
      ["MISSING", "tokens", expect.stringMatching(/^the keys of AWS_MCP_OAUTH_ISSUER cannot be had: /)],
    ]);
  });

  it("knows that a server may be running", async () => {
    const server = await startHttpServer(UNCONFINED);
    const [transport] = await rows({ ...HTTP, AWS_MCP_PORT: String(server.port) });
    await server.stop();
    expect(transport).toEqual([
      "ok",
      "transport",
      `streamable-http at http://127.0.0.1:${server.port}, authentication: token; something listens there already, as this server does where it runs`,
    ]);
  });
});
