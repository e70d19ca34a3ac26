import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, it, vi } from "vitest";
import { health } from "../../src/commands/health.js";

let server: Server;

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  server.closeAllConnections();
  server.close();
});

it("reads no more than a kilobyte of whatever answers, and does not wait for its end", async () => {
  server = createServer((_, response) => {
    response.writeHead(200).write("x".repeat(100_000));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  // It listens at a port.
  const { port } = server.address() as AddressInfo;
  const settings = { AWS_MCP_TRANSPORT: "streamable-http", AWS_MCP_HOST: "127.0.0.1", AWS_MCP_PORT: String(port) };
  for (const [name, value] of Object.entries(settings)) vi.stubEnv(name, value);
  const written: string[] = [];
  vi.spyOn(process.stdout, "write").mockImplementation((text) => {
    written.push(String(text));
    return true;
  });
  expect([await health([]), written]).toEqual([0, [`${"x".repeat(1000)}\n`]]);
});
