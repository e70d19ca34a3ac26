import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runAwspipe } from "../commands/run-awspipe.js";
import { type HttpServer, startHttpServer } from "../http/start-http-server.js";
import { folder, serviceWith } from "./compose-file.js";

/** The server that compose.yaml starts, without its container: the same settings, with places of this machine. */
describe("the server of deploy/compose.yaml", () => {
  const home = mkdtempSync(join(tmpdir(), "awspipe-compose-"));
  const settings = {
    ...serviceWith({ AWSPIPE_UID: "1234", HOME: home }).environment,
    AWS_MCP_HOST: "127.0.0.1",
    AWS_MCP_PORT: "0",
    AWS_MCP_TOKEN_FILE: join(home, "secrets", "tokens"),
    AWS_MCP_SECURITY_CONFIG: join(folder, "policy.yaml"),
    AWS_MCP_AUDIT_LOG: join(home, "log", "audit"),
    AWS_MCP_WORKDIR: join(home, "workspace"),
  };
  let server: HttpServer;
  let token = "";

  beforeAll(async () => {
    for (const name of ["log/audit", "secrets", "workspace"])
      mkdirSync(join(home, name), { recursive: true, mode: 0o700 });
    const made = await runAwspipe(["token", "me"]);
    token = made.out.trim();
    writeFileSync(settings.AWS_MCP_TOKEN_FILE, made.errors, { mode: 0o600 });
    server = await startHttpServer(settings);
  });

  afterAll(async () => {
    await server.stop();
    rmSync(home, { recursive: true, force: true });
  });

  it("is ready, by the words of the health check", async () => {
    const environment = { ...settings, AWS_MCP_PORT: String(server.port) };
    const { code, out } = await runAwspipe(["health"], { environment });
    expect([code, out]).toEqual([0, "ready\n"]);
  });

  it("lets nobody in without the token that the first command has made", async () => {
    const { status } = await fetch(server.url, { method: "POST" });
    expect(status).toBe(401);
  });

  it("runs a pipeline for whoever has it, in a session, confined and written down", async () => {
    const client = new Client({ name: "test", version: "1" });
    const requestInit = { headers: { authorization: `Bearer ${token}` } };
    const transport = new StreamableHTTPClientTransport(server.url, { requestInit });
    await client.connect(transport);
    const call = (command: string) => client.callTool({ name: "aws_cli_pipeline", arguments: { command } });
    const ran = await call("seq 3 | wc -l");
    const refused = await call("aws ec2 delete-snapshot --snapshot-id snap-1");
    expect(ran.structuredContent).toMatchObject({ status: "success", output: "3\n" });
    expect(ran.structuredContent).toMatchObject({ enforced: expect.arrayContaining(["no-new-processes"]) });
    expect(refused.structuredContent).toMatchObject({ error: { code: "policy-deny" } });
    expect(transport.sessionId).toMatch(/^[0-9a-f]{32}$/);
    await client.close();
    const [log = ""] = readdirSync(settings.AWS_MCP_AUDIT_LOG).filter((name) => name.endsWith(".jsonl"));
    const lines = readFileSync(join(settings.AWS_MCP_AUDIT_LOG, log), "utf8").trimEnd().split("\n");
    expect(lines.map((line) => JSON.parse(line).principal)).toEqual(["token:me", "token:me"]);
  });
});
