import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync, statSync } from "node:fs";
import { createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { AWS_SUFFIXES } from "../../src/egress/aws-suffixes.js";
import type { EgressSettings } from "../../src/egress/egress-settings.js";
import { type Program, residentBytes, startProgram, until } from "./egress-program.js";
import { basic, echoed, echoServer, listening, tunnelTo } from "./proxy-clients.js";

const TOKEN = "token-of-the-tests";
const US = basic("run-1", TOKEN);

let folder: string;
let program: Program | undefined;
const closing: (() => unknown)[] = [];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "awspipe-test-egress-"));
});
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
  program?.end();
  await program?.exit;
});
afterAll(() => rmSync(folder, { recursive: true }));

const settings = (port: number): EgressSettings => ({
  rules: { suffixes: AWS_SUFFIXES, endpoint: { scheme: "https", host: "127.0.0.1", port } },
  upstreams: { http: undefined, https: undefined },
  direct: [],
});

const start = async (port: number, socketPath?: string): Promise<Program> => {
  program = await startProgram("proxy-main", { settings: settings(port), token: TOKEN, socketPath });
  return program;
};

const echo = async () => {
  const server = await echoServer();
  closing.push(server.close);
  return server;
};

/** A server that sends so many bytes to who comes and says no more, or counts what it is sent. */
const bulkServer = async (bytes: number) => {
  const chunk = Buffer.alloc(65_536, "x");
  let received = 0;
  const server = createServer({ allowHalfOpen: true }, (socket: Socket) => {
    socket.on("error", () => undefined);
    socket.on("data", (data) => {
      received += data.length;
    });
    socket.once("end", () => socket.end());
    let left = bytes;
    const pump = (): void => {
      while (left > 0) {
        left -= chunk.length;
        if (!socket.write(chunk)) {
          socket.once("drain", pump);
          return;
        }
      }
      if (bytes > 0) socket.end();
    };
    pump();
  });
  closing.push(() => server.close());
  return { port: await listening(server), received: () => received };
};

const MIB = 1024 * 1024;

/** Looks at a process' memory while something goes on; gives the most. */
const peakWhile = async (pid: number | undefined, work: Promise<unknown>): Promise<number> => {
  let most = residentBytes(pid);
  const timer = setInterval(() => {
    most = Math.max(most, residentBytes(pid));
  }, 20);
  await work;
  clearInterval(timer);
  return most;
};

/** The most memory that a proxy needs for so many bytes down, and another one for as many up. */
const downAndUp = async (size: number): Promise<{ readonly down: number; readonly up: number }> => {
  const server = await bulkServer(size);
  const { first, child } = await start(server.port);
  const { socket } = await tunnelTo(first, `127.0.0.1:${server.port}`, US);
  let got = 0;
  socket.on("data", (chunk: Buffer) => {
    got += chunk.length;
  });
  const down = await peakWhile(child.pid, once(socket, "end"));
  socket.end();
  program?.end();

  const taking = await bulkServer(0);
  const other = await start(taking.port);
  const tunnel = await tunnelTo(other.first, `127.0.0.1:${taking.port}`, US);
  const up = await peakWhile(other.child.pid, sendAll(tunnel.socket, size));
  program?.end();
  expect({ got, received: taking.received() }).toEqual({ got: size, received: size });
  return { down, up };
};

describe("proxy-main", () => {
  it("says where it listens, on loopback alone, and serves there", async () => {
    const server = await echo();
    const { first, child } = await start(server.port);
    const { status, socket } = await tunnelTo(first, `127.0.0.1:${server.port}`, US);
    expect({ status, back: await echoed(socket, "hello") }).toEqual({ status: 200, back: "hello" });
    expect(listeners(child.pid)).toEqual([`0100007F:${first.port.toString(16).toUpperCase().padStart(4, "0")}`]);
  });

  it("serves on a Unix socket of its owner's alone as well, also where a dead one lies", async () => {
    const server = await echo();
    const path = join(folder, "proxy.sock");
    const before = await start(server.port, path);
    before.child.kill("SIGKILL");
    await before.exit;
    expect(existsSync(path)).toBe(true);
    await start(server.port, path);
    const { status, socket } = await tunnelTo({ path }, `127.0.0.1:${server.port}`, US);
    expect({ status, back: await echoed(socket, "hello"), mode: statSync(path).mode & 0o777 }).toEqual({
      status: 200,
      back: "hello",
      mode: 0o700,
    });
  });

  it("tells refusals on stdout and stderr, by host, port and reason, and no secret anywhere", async () => {
    const { first, lines, errors, child, end } = await start(1);
    await tunnelTo(first, "169.254.169.254:80", US);
    await tunnelTo(first, "user:hunter2@evil.example:443", US);
    await tunnelTo(first, "sts.amazonaws.com:443", basic("run-1", "wrong-token"));
    await until(() => lines.length === 3);
    const environment = readFileSync(`/proc/${child.pid}/environ`, "utf8");
    const argv = readFileSync(`/proc/${child.pid}/cmdline`, "utf8");
    end();
    const said = (await errors).trimEnd().split("\n");
    const event = { event: "egress-refused", run: "run-1", host: "", port: 0 };
    expect(lines).toEqual([
      {
        ...event,
        host: "169.254.169.254",
        port: 80,
        code: "egress-address",
        message: "`169.254.169.254` is an address, not a host name of AWS's",
      },
      { ...event, code: "egress-malformed", message: "the request names no host and port" },
      { ...event, run: "", code: "egress-token", message: "the proxy's token was not presented" },
    ]);
    expect(said.map((line) => ({ ...JSON.parse(line), time: undefined }))).toEqual(lines);
    expect(`${said.join()}${environment}${argv}`).not.toMatch(/hunter2|wrong-token|token-of-the-tests/);
  });

  it("ends when nobody holds its stdin any more, open tunnels or not", async () => {
    const server = await echo();
    const { first, end, exit } = await start(server.port);
    const { socket } = await tunnelTo(first, `127.0.0.1:${server.port}`, US);
    const closed = once(socket.resume(), "close");
    end();
    expect(await exit).toBe(0);
    await closed;
  });

  // What a connection leaves behind is collected now and then, past an amount that each version of Node sets for itself.
  it("needs for 800 MiB, down and up, no more memory than for 400 MiB", async () => {
    const before = await downAndUp(400 * MIB);
    const after = await downAndUp(800 * MIB);
    expect({ down: after.down - before.down < 30 * MIB, up: after.up - before.up < 30 * MIB }).toEqual({
      down: true,
      up: true,
    });
  });

  it("keeps little of what a slow reader does not take", async () => {
    const down = await bulkServer(200 * MIB);
    const { first, child } = await start(down.port);
    const before = residentBytes(child.pid);
    const { socket } = await tunnelTo(first, `127.0.0.1:${down.port}`, US);
    socket.pause();
    const most = await peakWhile(child.pid, new Promise((resolve) => setTimeout(resolve, 1000)));
    socket.destroy();
    expect(most - before).toBeLessThan(30 * MIB);
  });
});

const sendAll = async (socket: Socket, bytes: number): Promise<void> => {
  const chunk = Buffer.alloc(65_536, "y");
  const closed = once(socket.resume(), "close");
  for (let left = bytes; left > 0; left -= chunk.length) if (!socket.write(chunk)) await once(socket, "drain");
  socket.end();
  await closed;
};

/** Local addresses on which a process listens for TCP, as /proc/net/tcp has them. */
const listeners = (pid: number | undefined): readonly string[] => {
  const inodes = new Set(readdirSync(`/proc/${pid}/fd`).map((name) => inodeOf(`/proc/${pid}/fd/${name}`)));
  return ["tcp", "tcp6"].flatMap((table) =>
    readFileSync(`/proc/${pid}/net/${table}`, "utf8")
      .split("\n")
      .map((line) => line.trim().split(/\s+/))
      .filter(([, , , state, , , , , , inode]) => state === "0A" && inodes.has(inode ?? ""))
      .map(([, local = ""]) => local),
  );
};

/** Of a descriptor that is a socket; it may be closed meanwhile. */
const inodeOf = (path: string): string => {
  try {
    return readlinkSync(path).replace(/^socket:\[(\d+)\]$/, "$1");
  } catch {
    return "";
  }
};
