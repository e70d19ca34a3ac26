// A client in a process of its own, for tests that kill it: `node session-caller.mjs WAY URL TOKEN COMMAND` calls and waits.
import { Client as ModernClient, StreamableHTTPClientTransport as ModernHttp } from "@modelcontextprotocol/client";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { SSEClientTransport } from "@modelcontextprotocol/sdk/client/sse.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";

const [way, url, token, command] = process.argv.slice(2);
const options = { requestInit: { headers: { authorization: `Bearer ${token}` } } };
const info = { name: "test", version: "1" };
const ways = {
  sse: () => [new Client(info), new SSEClientTransport(new URL(url), options)],
  2025: () => [new Client(info), new StreamableHTTPClientTransport(new URL(url), options)],
  2026: () => [new ModernClient(info, { versionNegotiation: { mode: "auto" } }), new ModernHttp(new URL(url), options)],
};

const [client, transport] = ways[way]();
await client.connect(transport);
await client.callTool({ name: "aws_cli_pipeline", arguments: { command } });
