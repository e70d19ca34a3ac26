import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { withCommand } from "../server/processes.js";
import { makeSlowAws } from "../server/slow-aws.js";
import { UNCONFINED } from "../unconfined.js";
import { CHECK, dataOf, eras, modern, postCall } from "./mcp-requests.js";
import { openRaw, sendRaw } from "./raw-http.js";
import { until } from "./session-until.js";
import { startHttpServer } from "./start-http-server.js";

let slowAws: string;
let temporary: string;

beforeAll(() => {
  slowAws = makeSlowAws();
  temporary = mkdtempSync(join(tmpdir(), "drain-test-"));
});

afterAll(() => {
  expect(withCommand(slowAws)).toEqual([]);
  for (const folder of [dirname(slowAws), temporary]) rmSync(folder, { recursive: true, force: true });
});

const start = (drain: number) =>
  startHttpServer({
    ...{ AWS_ACCESS_KEY_ID: "testing", AWS_SECRET_ACCESS_KEY: "testing", AWS_MCP_AWS_CLI: slowAws },
    ...{ AWS_MCP_HTTP_AUTH: "none", AWS_MCP_DRAIN: String(drain), ...UNCONFINED, TMPDIR: temporary },
  });

const call = (command: string) => ({ name: "aws_cli_pipeline", arguments: { command } });
const THREE_SECONDS = call("aws ec2 describe-regions --cli-read-timeout=3 | cat");
/** Takes a minute and ignores TERM. */
const STUBBORN = call("aws ec2 describe-availability-zones | cat");

const running = () => until(() => withCommand(slowAws).some(({ command }) => command.includes(" ec2 ")));
const probe = (port: number, path: string) => sendRaw(port, `GET ${path} HTTP/1.1\r\nHost: 10.0.0.1\r\n\r\n`);

describe.each(eras.map((era) => ({ era, name: era.name })))(
  "a server that is told to stop, with a call of $name",
  ({ era }) => {
    it("ends the call's work in peace, and says meanwhile that it takes no more", async () => {
      const server = await start(20);
      const client = await openRaw(server.port);
      const keptOpen = await openRaw(server.port);
      client.send(postCall(era, THREE_SECONDS));
      await running();
      const stopped = server.stop("SIGTERM");
      await until(() => server.events().length > 0);
      await new Promise((resolve) => setTimeout(resolve, 100));
      expect(await probe(server.port, "/readyz")).toMatchObject({ status: 503, headers: { connection: "close" } });
      expect(await probe(server.port, "/healthz")).toMatchObject({ status: 200, headers: { connection: "close" } });
      for (const connection of [await openRaw(server.port), keptOpen]) {
        connection.send(postCall(modern, CHECK));
        expect(await connection.answer()).toMatchObject({
          ...{ status: 503, headers: { connection: "close", "retry-after": "5" } },
        });
        expect(await connection.closed).toBe("ended");
        connection.socket.destroy();
      }
      expect(dataOf(await client.answer())).toMatchObject({ status: "success", output: "started\n" });
      expect(await stopped).toBe(0);
      expect(withCommand(slowAws)).toEqual([]);
      await expect(openRaw(server.port)).rejects.toThrow("ECONNREFUSED");
    });

    it("ends the call when its time is over, and answers it", async () => {
      const server = await start(1);
      const client = await openRaw(server.port);
      client.send(postCall(era, STUBBORN));
      await running();
      const told = Date.now();
      const stopped = server.stop("SIGTERM");
      expect(dataOf(await client.answer())).toMatchObject({ status: "error", error: { code: "cancelled" } });
      expect(await stopped).toBe(0);
      expect(Date.now() - told).toBeGreaterThan(900);
      expect(Date.now() - told).toBeLessThan(8_000);
      expect(withCommand(slowAws)).toEqual([]);
    });

    it("ends the call at once when it is told twice", async () => {
      const server = await start(600);
      const client = await openRaw(server.port);
      client.send(postCall(era, STUBBORN));
      await running();
      const told = Date.now();
      const stopped = server.stop("SIGTERM");
      await new Promise((resolve) => setTimeout(resolve, 300));
      void server.stop("SIGTERM");
      expect(dataOf(await client.answer())).toMatchObject({ status: "error", error: { code: "cancelled" } });
      expect(await stopped).toBe(0);
      expect(Date.now() - told).toBeLessThan(8_000);
      expect(withCommand(slowAws)).toEqual([]);
    });

    it("takes a call that has come and not begun for one of those under way", async () => {
      const server = await start(20);
      const client = await openRaw(server.port);
      const bytes = postCall(era, CHECK);
      client.send(bytes.subarray(0, -10));
      await until(() => server.events().some(({ event }) => event === "started"));
      await new Promise((resolve) => setTimeout(resolve, 200));
      const stopped = server.stop("SIGTERM");
      await new Promise((resolve) => setTimeout(resolve, 500));
      client.send(bytes.subarray(-10));
      expect(dataOf(await client.answer())).toMatchObject({ verdict: "allow" });
      expect(await stopped).toBe(0);
    });
  },
);

describe("a server that is told to stop", () => {
  it("refuses calls for a moment before it closes the door, so that a load balancer hears of it", async () => {
    const server = await start(60);
    const told = Date.now();
    const stopped = server.stop();
    const seen: unknown[] = [];
    while (Date.now() - told < 200) seen.push((await sendRaw(server.port, postCall(modern, CHECK))).status);
    expect(seen.slice(-3)).toEqual([503, 503, 503]);
    expect(await stopped).toBe(0);
    expect(Date.now() - told).toBeLessThan(3_000);
  });

  it.each(["SIGTERM", "SIGINT", "SIGHUP"] as const)("by %s without calls is gone at once", async (signal) => {
    const server = await start(60);
    await Promise.all([openRaw(server.port), openRaw(server.port)]);
    const told = Date.now();
    expect(await server.stop(signal)).toBe(0);
    expect(Date.now() - told).toBeLessThan(3_000);
  });

  it("answers whoever comes until the door is closed, and cuts off nobody", async () => {
    const server = await start(20);
    const client = await openRaw(server.port);
    client.send(postCall(modern, THREE_SECONDS));
    await running();
    const seen = new Map<unknown, number>();
    let isOver = false;
    const comers = Array.from({ length: 8 }, async () => {
      while (!isOver) {
        const what = await sendRaw(server.port, postCall(modern, CHECK)).then(
          ({ status }) => status,
          (error: Error) => (error.message.includes("ECONNREFUSED") ? "refused" : "cut off"),
        );
        seen.set(what, (seen.get(what) ?? 0) + 1);
        if (what === "refused") break;
      }
    });
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(await server.stop()).toBe(0);
    isOver = true;
    await Promise.all(comers);
    expect(seen.get(200)).toBeGreaterThan(5);
    expect(seen.get(503)).toBeGreaterThan(5);
    // Who is between the door and the server when it closes.
    expect(seen.get("cut off") ?? 0).toBeLessThanOrEqual(8);
  });
});

describe("a server that is killed", () => {
  it("leaves no process of its calls behind", async () => {
    const server = await start(20);
    for (const era of eras) (await openRaw(server.port)).send(postCall(era, STUBBORN));
    await running();
    await server.stop("SIGKILL");
    await until(() => withCommand(slowAws).length === 0);
  });
});
