import { rmSync } from "node:fs";
import { dirname } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { withCommand } from "../server/processes.js";
import { makeSlowAws } from "../server/slow-aws.js";
import { UNCONFINED } from "../unconfined.js";
import { CHECK, dataOf, eras, modern, postCall } from "./mcp-requests.js";
import { openRaw, type RawAnswer, type RawConnection, sendRaw } from "./raw-http.js";
import { until } from "./session-until.js";
import { type HttpServer, startHttpServer } from "./start-http-server.js";
import { mustBeWell, stopWell, type Use, useOf, warmUp } from "./well.js";

let server: HttpServer;
let before: Use;
let slowAws: string;

beforeAll(async () => {
  slowAws = makeSlowAws();
  server = await startHttpServer({
    ...{ AWS_ACCESS_KEY_ID: "testing", AWS_SECRET_ACCESS_KEY: "testing", AWS_MCP_AWS_CLI: slowAws },
    ...{ AWS_MCP_HTTP_AUTH: "none", AWS_MCP_CALLS_PER_MINUTE: "1000000", ...UNCONFINED },
  });
  await warmUp(server);
  before = useOf(server.pid);
});

afterAll(async () => {
  await stopWell(server, before, AT_ONCE);
  expect(withCommand(slowAws)).toEqual([]);
  rmSync(dirname(slowAws), { recursive: true, force: true });
});

/** Megabytes that 500 calls at once take, which stay with the process. */
const AT_ONCE = 300;

/** A command that takes so many seconds; one that ignores TERM takes a minute. */
const taking = (seconds: number) => ({
  name: "aws_cli_pipeline",
  arguments: { command: `aws ec2 describe-regions --cli-read-timeout=${seconds} | cat` },
});
const STUBBORN = { name: "aws_cli_pipeline", arguments: { command: "aws ec2 describe-availability-zones | cat" } };

const started = (count: number) => until(() => withCommand(slowAws).filter(isAws).length === count);
const isAws = ({ command }: { readonly command: string }) => command.includes(" ec2 ");
const ended = () => until(() => withCommand(slowAws).length === 0);

const final = async (connection: RawConnection): Promise<{ readonly answer: RawAnswer; readonly interim: number }> => {
  for (let interim = 0; ; interim += 1) {
    const answer = await connection.answer();
    if (answer.status >= 200) return { answer, interim };
  }
};

describe.each(eras.map((era) => ({ era, name: era.name })))("a client of $name", ({ era }) => {
  const calling = async (call: typeof STUBBORN): Promise<RawConnection> => {
    const connection = await openRaw(server.port);
    connection.send(postCall(era, call));
    return connection;
  };

  // RFC 9293, 3.6: closing says that nothing more will be sent, not that nothing more will be read.
  it("that ends its side with its request is answered, and then the connection ends", async () => {
    const connection = await calling(CHECK as typeof STUBBORN);
    connection.socket.end();
    expect(dataOf((await final(connection)).answer)).toMatchObject({ verdict: "allow" });
    expect(await connection.closed).toBe("ended");
  });

  it("that ends its side while its call runs is answered too", async () => {
    const connection = await calling(taking(3));
    await started(1);
    connection.socket.end();
    const { answer, interim } = await final(connection);
    expect(dataOf(answer)).toMatchObject({ status: "success", output: "started\n" });
    expect(await connection.closed).toBe("ended");
    // Signs of life become rare, since some clients count them.
    expect(interim + answer.body.split("\n:\n").length - 1).toBeLessThan(8);
  });

  it.each<[string, (connection: RawConnection) => void]>([
    ["closes the connection", ({ socket }) => socket.destroy()],
    ["resets the connection", ({ socket }) => socket.resetAndDestroy()],
    ["ends its side and dies then", ({ socket }) => socket.end(() => setTimeout(() => socket.destroy(), 300))],
    ["goes on with what is no HTTP", ({ socket }) => socket.write("x\r\n\r\n")],
  ])("that %s while its call runs has no process left, though its command ignores TERM", async (_, leave) => {
    const connection = await calling(STUBBORN);
    await started(1);
    leave(connection);
    await ended();
    connection.socket.destroy();
  });

  // RFC 9112, 9.3.2.
  it("that sends a call behind another has the second one run when the first has been answered", async () => {
    const connection = await calling(taking(1));
    connection.send(postCall(era, taking(1)));
    await started(1);
    expect(dataOf(await connection.answer())).toMatchObject({ status: "success" });
    expect(dataOf(await connection.answer())).toMatchObject({ status: "success" });
    connection.socket.destroy();
  });

  it("that leaves behind several calls has none of them run any longer", async () => {
    const connection = await calling(STUBBORN);
    for (let more = 0; more < 10; more += 1) connection.send(postCall(era, STUBBORN));
    await started(1);
    connection.socket.destroy();
    await ended();
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(withCommand(slowAws)).toEqual([]);
  });

  it("that sends ever more calls without an answer is cut off", async () => {
    const connection = await calling(STUBBORN);
    for (let more = 0; more < 100; more += 1) connection.send(postCall(era, STUBBORN));
    await connection.closed;
    await ended();
  });
});

describe("a client that leaves long after its call has begun", () => {
  // The platform forgets that a copy of a request was to hear of it.
  it.each(eras.map((era) => ({ era, name: era.name })))(
    "has no process left with $name, though memory was cleaned up meanwhile",
    async ({ era }) => {
      const connection = await openRaw(server.port);
      connection.send(postCall(era, STUBBORN));
      await started(1);
      for (let round = 0; round < 40; round += 1)
        await Promise.all(Array.from({ length: 20 }, () => sendRaw(server.port, postCall(era, CHECK))));
      connection.socket.destroy();
      await ended();
    },
  );
});

describe("a client of HTTP/1.0", () => {
  // RFC 9110, 15.2: it knows no interim answers.
  it("that ends its side while its call runs is answered", async () => {
    const connection = await openRaw(server.port);
    connection.send(postCall(modern, taking(1)).toString().replace("HTTP/1.1", "HTTP/1.0"));
    connection.socket.end();
    const { answer, interim } = await final(connection);
    expect(dataOf(answer)).toMatchObject({ status: "success" });
    expect(interim).toBe(0);
  });
});

describe("500 clients", () => {
  const call = postCall(modern, CHECK);
  const cases: readonly [string, Uint8Array | undefined, (connection: RawConnection) => void][] = [
    ["say nothing", undefined, ({ socket }) => socket.destroy()],
    ["say nothing and end", undefined, ({ socket }) => socket.end()],
    ["leave in a header", call.subarray(0, 60), ({ socket }) => socket.destroy()],
    ["leave in a body", call.subarray(0, call.length - 5), ({ socket }) => socket.destroy()],
    ["end in a body", call.subarray(0, call.length - 5), ({ socket }) => socket.end()],
    ["reset in a body", call.subarray(0, call.length - 5), ({ socket }) => socket.resetAndDestroy()],
    ["leave before the answer", call, ({ socket }) => socket.destroy()],
    ["reset before the answer", call, ({ socket }) => socket.resetAndDestroy()],
  ];

  it.each(cases)("that %s leave nothing behind", async (_, bytes, leave) => {
    const clients = await Promise.all(Array.from({ length: 500 }, () => openRaw(server.port)));
    for (const client of clients) {
      if (bytes !== undefined) client.send(bytes);
      client.socket.resume();
      setTimeout(() => leave(client), Math.random() * 50);
    }
    await mustBeWell(server, before, AT_ONCE);
    for (const client of clients) client.socket.destroy();
  });
});
