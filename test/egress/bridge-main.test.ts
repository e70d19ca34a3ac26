import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { AWS_SUFFIXES } from "../../src/egress/aws-suffixes.js";
import { type Program, startProgram } from "./egress-program.js";
import { basic, echoed, echoServer, tunnelTo } from "./proxy-clients.js";

const TOKEN = "token-of-the-tests";
const US = basic("run-1", TOKEN);

let folder: string;
const programs: Program[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "awspipe-test-bridge-"));
});
afterEach(async () => {
  for (const program of programs.splice(0)) {
    program.end();
    await program.exit;
  }
  rmSync(folder, { recursive: true });
});

const start = async (...args: Parameters<typeof startProgram>): Promise<Program> => {
  const program = await startProgram(...args);
  programs.push(program);
  return program;
};

const startBoth = async (endpoint: number) => {
  const socketPath = join(folder, "proxy.sock");
  const settings = {
    rules: { suffixes: AWS_SUFFIXES, endpoint: { scheme: "https", host: "127.0.0.1", port: endpoint } },
    upstreams: {},
    direct: [],
  };
  const proxy = await start("proxy-main", { settings, token: TOKEN, socketPath });
  return { proxy, bridge: await start("bridge-main", { port: 0, socketPath }) };
};

describe("bridge-main", () => {
  it("passes what comes on its port to the proxy's socket, and says where its namespaces are", async () => {
    const server = await echoServer();
    const { bridge } = await startBoth(server.port);
    const { status, socket } = await tunnelTo(bridge.first, `127.0.0.1:${server.port}`, US);
    const back = await echoed(socket, "x".repeat(300_000));
    const refused = await tunnelTo(bridge.first, "evil.example:443", US);
    expect({ status, back: back.length, refused: refused.status, pid: bridge.first.pid }).toEqual({
      status: 200,
      back: 300_000,
      refused: 403,
      pid: bridge.child.pid,
    });
    server.close();
  });

  it("closes on its clients when the proxy is gone, and serves again when it is back", async () => {
    const server = await echoServer();
    const { proxy, bridge } = await startBoth(server.port);
    proxy.child.kill("SIGKILL");
    await proxy.exit;
    const gone = await tunnelTo(bridge.first, `127.0.0.1:${server.port}`, US);
    const socketPath = join(folder, "proxy.sock");
    const settings = {
      rules: { suffixes: [], endpoint: { scheme: "https", host: "127.0.0.1", port: server.port } },
      upstreams: {},
      direct: [],
    };
    await start("proxy-main", { settings, token: TOKEN, socketPath });
    const back = await tunnelTo(bridge.first, `127.0.0.1:${server.port}`, US);
    back.socket.destroy();
    expect([gone.status, back.status]).toEqual([0, 200]);
    server.close();
  });

  it("ends when nobody holds its stdin any more", async () => {
    const server = await echoServer();
    const { bridge } = await startBoth(server.port);
    const { socket } = await tunnelTo(bridge.first, `127.0.0.1:${server.port}`, US);
    const closed = once(socket.resume(), "close");
    bridge.end();
    expect(await bridge.exit).toBe(0);
    await closed;
    server.close();
  });
});
