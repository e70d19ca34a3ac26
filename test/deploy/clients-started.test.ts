import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { StdioClientTransport } from "@modelcontextprotocol/client/stdio";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type HttpServer, startHttpServer } from "../http/start-http-server.js";
import { needServer } from "../provision/needs.js";
import { clientServers, settingsOf } from "./clients-servers.js";

const TOOLS = ["aws_cli_check", "aws_cli_help", "aws_cli_pipeline", "aws_cli_read"];

const toolsOver = async (transport: Parameters<Client["connect"]>[0]): Promise<readonly string[]> => {
  const client = new Client({ name: "test", version: "1" });
  await client.connect(transport);
  const { tools } = await client.listTools();
  await client.close();
  return tools.map(({ name }) => name).sort();
};

const servers = clientServers();

describe("the servers of the files for clients", () => {
  const home = mkdtempSync(join(tmpdir(), "awspipe-clients-"));
  let listening: HttpServer;

  beforeAll(async () => {
    listening = await startHttpServer();
  });

  afterAll(async () => {
    await listening.stop();
    rmSync(home, { recursive: true, force: true });
  });

  // What `npx` fetches is not published yet when this runs: the built program takes its place, with the words after it.
  it.each(servers.filter(({ way }) => way === "npx"))(
    "$name starts a server that has its tools",
    async ({ server }) => {
      const [yes, packed = "", ...words] = server.args ?? [];
      expect([server.command, yes, packed.replace(/@[\d.]+$/, "")]).toEqual(["npx", "-y", "awspipe"]);
      const env = { PATH: process.env.PATH ?? "", HOME: home, ...settingsOf(server) };
      const started = { command: process.execPath, args: [needServer(), ...words], env };
      expect(await toolsOver(new StdioClientTransport({ ...started, stderr: "ignore" }))).toEqual(TOOLS);
    },
  );

  it.each(servers.filter(({ way }) => way === "http"))("$name lets its client in", async ({ client, server }) => {
    const url = new URL(server.url ?? server.serverUrl ?? "");
    expect(url.href).toBe("http://127.0.0.1:8000/mcp");
    url.port = String(listening.port);
    const headers = Object.entries(server.headers ?? {}).map(
      ([name, value]) => [name, value.replace(client.spelling.token, listening.token ?? "")] as const,
    );
    const requestInit = { headers: Object.fromEntries(headers) };
    expect(await toolsOver(new StreamableHTTPClientTransport(url, { requestInit }))).toEqual(TOOLS);
  });
});
