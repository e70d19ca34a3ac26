import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it } from "vitest";
import { listen, listeningProblem } from "../../src/http/listen.js";

const attempt = async (host: string, port = 0): Promise<string> => {
  const server = createServer();
  try {
    await listen(server, { AWS_MCP_HOST: host, AWS_MCP_PORT: port });
    return "listens";
  } catch (cause) {
    return cause instanceof Error ? cause.message : String(cause);
  } finally {
    server.close();
  }
};

describe("listen", () => {
  it.each(["127.0.0.1", "0.0.0.0", "localhost"])("listens at %s", async (host) => {
    expect(await attempt(host)).toBe("listens");
  });

  it("says that another program listens there", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    await once(other, "listening");
    // A server that listens at a port has such an address.
    const { port } = other.address() as AddressInfo;
    const found = await attempt("127.0.0.1", port);
    other.close();
    expect(found).toBe(`AWS_MCP_PORT=${port}: another program listens there; name another, or 0 for any that is free`);
  });

  it.each(["nosuch.invalid", "127.0.0.1:9000", "http://0.0.0.0", "192.0.2.1", "[::1]", "2001:db8::1", "a b"])(
    "says that %s is no address of this machine",
    async (host) => {
      expect(await attempt(host)).toBe(
        `AWS_MCP_HOST=${host}: is no address of this machine, as 127.0.0.1 or 0.0.0.0 are`,
      );
    },
  );
});

describe("listeningProblem", () => {
  const of = (code: string, port: number) => listeningProblem({ AWS_MCP_HOST: "::", AWS_MCP_PORT: port }, code);

  it("says that low ports are not for every user", () => {
    expect(of("EACCES", 80)).toBe("AWS_MCP_PORT=80: this user may not listen below 1024");
  });

  it("gives the system's name of what it does not know", () => {
    expect(of("EACCES", 8000)).toBe("AWS_MCP_HOST=::, AWS_MCP_PORT=8000: cannot be listened at (EACCES)");
    expect(of("EMFILE", 80)).toBe("AWS_MCP_HOST=::, AWS_MCP_PORT=80: cannot be listened at (EMFILE)");
  });
});
