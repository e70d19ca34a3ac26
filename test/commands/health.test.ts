import { createServer as createHttpServer, type Server } from "node:http";
import { type AddressInfo, createServer } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { runAwspipe } from "./run-awspipe.js";

const opened: { close: () => unknown }[] = [];

afterEach(() => {
  for (const server of opened.splice(0)) server.close();
});

const portOf = (server: { address: () => unknown }): string => {
  opened.push(server as Server);
  // Each of them listens at a port.
  return String((server.address() as AddressInfo).port);
};

/** A server that answers all paths but one with 404, and that one as it is told. */
const answering = async (status: number, word: string, host = "127.0.0.1"): Promise<string> => {
  const server = createHttpServer(({ url }, response) => {
    response.writeHead(url === "/readyz" ? status : 404).end(`${word}\n`);
  });
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  return portOf(server);
};

const silent = async (): Promise<string> => {
  const server = createServer(() => undefined);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return portOf(server);
};

const ask = (port: string, host = "127.0.0.1", transport = "streamable-http") =>
  runAwspipe(["health"], {
    environment: { AWS_MCP_TRANSPORT: transport, AWS_MCP_HOST: host, AWS_MCP_PORT: port },
  });

describe("awspipe health", () => {
  it.each(["127.0.0.1", "0.0.0.0", "localhost"])("is 0 where the server at %s takes requests", async (host) => {
    expect(await ask(await answering(200, "ready", "0.0.0.0"), host)).toMatchObject({
      code: 0,
      out: "ready\n",
      errors: "",
    });
  });

  it("asks a server of the first protocol the same", async () => {
    expect(await ask(await answering(200, "ready"), "127.0.0.1", "sse")).toMatchObject({ code: 0, out: "ready\n" });
  });

  it("is 1 where the server is told to stop", async () => {
    expect(await ask(await answering(503, "stopping"))).toMatchObject({ code: 1, out: "stopping\n", errors: "" });
  });

  it("is 1 where nothing listens", async () => {
    const port = await answering(200, "ready");
    for (const server of opened.splice(0)) server.close();
    expect(await ask(port)).toMatchObject({
      code: 1,
      out: "",
      errors: `awspipe: http://127.0.0.1:${port}/readyz does not answer (ECONNREFUSED)\n`,
    });
  });

  it("waits two seconds for an answer", async () => {
    const started = performance.now();
    expect(await ask(await silent())).toMatchObject({ code: 1, errors: expect.stringMatching(/does not answer/) });
    expect(performance.now() - started).toBeGreaterThan(1_900);
    expect(performance.now() - started).toBeLessThan(10_000);
  });

  it("is 0 on stdio, where there is nothing to ask", async () => {
    expect(await runAwspipe(["health"])).toMatchObject({ code: 0, out: "stdio: there is nothing to ask\n" });
  });

  it("cannot know which port a server got that may take any", async () => {
    expect(await ask("0")).toMatchObject({ code: 1, errors: expect.stringMatching(/^awspipe: AWS_MCP_PORT=0: /) });
  });

  it("takes no arguments", async () => {
    expect(await runAwspipe(["health", "now"])).toMatchObject({
      code: 1,
      errors: expect.stringMatching(/no arguments/),
    });
  });
});
