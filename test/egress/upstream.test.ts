import { createServer } from "node:http";
import { Server as OperatorsProxy, RequestError } from "proxy-chain";
import { afterEach, describe, expect, it } from "vitest";
import type { EgressEvent } from "../../src/egress/egress-event.js";
import { egressProxy } from "../../src/egress/egress-proxy.js";
import { egressSettings } from "../../src/egress/egress-settings.js";
import { basic, echoed, echoServer, listening, plainThrough, tunnelTo } from "./proxy-clients.js";

const TOKEN = "token-of-the-tests";
const US = basic("run-1", TOKEN);

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** A proxy as an operator may have it, by another implementation; it reaches nothing but loopback. */
const operatorsProxy = async () => {
  const seen: string[] = [];
  const server = new OperatorsProxy({
    port: 0,
    host: "127.0.0.1",
    prepareRequestFunction: ({ hostname, port, username, password, isHttp }) => {
      if (`${username}:${password}` !== "o@p:s3cret") return { requestAuthentication: true };
      seen.push(`${isHttp ? "http" : "connect"} ${hostname}:${port}`);
      if (hostname !== "127.0.0.1") throw new RequestError("nothing but loopback", 502);
      return {};
    },
  });
  await server.listen();
  closing.push(() => server.close(true));
  return { url: `http://o%40p:s3cret@127.0.0.1:${server.port}`, bare: `http://127.0.0.1:${server.port}`, seen };
};

const proxyFor = async (operator: NodeJS.ProcessEnv) => {
  const settings = egressSettings(operator);
  if (!settings.ok) throw new Error(settings.error);
  const events: EgressEvent[] = [];
  const asked: string[] = [];
  const resolve = async (host: string) => {
    asked.push(host);
    return [];
  };
  const tell = (event: EgressEvent) => events.push(event);
  const server = egressProxy({ settings: settings.value, token: TOKEN, resolve, milliseconds: 2000, tell });
  const port = await listening(server);
  closing.push(() => {
    server.close();
    server.closeAllConnections();
  });
  return { port, events, asked };
};

const echo = async () => {
  const server = await echoServer();
  closing.push(server.close);
  return server;
};

const failed = (host: string, port: number, reason: string): EgressEvent => ({
  event: "egress-failed",
  run: "run-1",
  host,
  port,
  code: "egress-unreachable",
  message: `\`${host}\` could not be reached: ${reason}`,
});

describe("egressProxy behind the operator's proxy", () => {
  it("tunnels through it, with its credentials", async () => {
    const [server, operator] = [await echo(), await operatorsProxy()];
    const AWS_ENDPOINT_URL = `https://127.0.0.1:${server.port}`;
    const { port } = await proxyFor({ AWS_ENDPOINT_URL, HTTPS_PROXY: operator.url });
    const { status, socket } = await tunnelTo({ port }, `127.0.0.1:${server.port}`, US);
    expect({ status, back: await echoed(socket, "hello"), seen: operator.seen }).toEqual({
      status: 200,
      back: "hello",
      seen: [`connect 127.0.0.1:${server.port}`],
    });
  });

  it("sends plain requests to it, with its credentials in place of ours", async () => {
    const operator = await operatorsProxy();
    const got: (readonly string[])[] = [];
    const server = createServer((request, response) => {
      got.push([request.url ?? "", ...request.rawHeaders]);
      response.end("said");
    });
    const endpoint = await listening(server);
    closing.push(() => server.close());
    const { port } = await proxyFor({ AWS_ENDPOINT_URL: `http://127.0.0.1:${endpoint}`, http_proxy: operator.url });
    const answer = await plainThrough(port, `http://127.0.0.1:${endpoint}/a?b`, { authorization: US });
    expect({ status: answer.status, body: answer.body, seen: operator.seen, url: got[0]?.[0] }).toEqual({
      status: 200,
      body: "said",
      seen: [`http 127.0.0.1:${endpoint}`],
      url: "/a?b",
    });
    expect(got.flat().filter((word) => /authorization|Basic/i.test(word))).toEqual([]);
  });

  it("goes past it where NO_PROXY says so", async () => {
    const [server, operator] = [await echo(), await operatorsProxy()];
    const { port } = await proxyFor({
      AWS_ENDPOINT_URL: `https://127.0.0.1:${server.port}`,
      HTTPS_PROXY: operator.url,
      NO_PROXY: "localhost, 127.0.0.1",
    });
    const { status, socket } = await tunnelTo({ port }, `127.0.0.1:${server.port}`, US);
    expect({ status, back: await echoed(socket, "hello"), seen: operator.seen }).toEqual({
      status: 200,
      back: "hello",
      seen: [],
    });
  });

  it("has it look names up, in its own words, and asks it for nothing that is refused", async () => {
    const operator = await operatorsProxy();
    const { port, asked, events } = await proxyFor({ HTTPS_PROXY: operator.url });
    await tunnelTo({ port }, "STS.us-east-1.amazonaws.com:443", US);
    await tunnelTo({ port }, "evil.example:443", US);
    expect({ seen: operator.seen, asked, code: events[1]?.code }).toEqual({
      seen: ["connect sts.us-east-1.amazonaws.com:443"],
      asked: [],
      code: "egress-host",
    });
    expect(events[0]).toEqual(failed("sts.us-east-1.amazonaws.com", 443, "the operator's proxy answered 502"));
  });

  it("says when it will not have us, or is not there", async () => {
    const [server, operator] = [await echo(), await operatorsProxy()];
    const gone = await echo();
    gone.close();
    const AWS_ENDPOINT_URL = `https://127.0.0.1:${server.port}`;
    const without = await proxyFor({ AWS_ENDPOINT_URL, HTTPS_PROXY: operator.bare });
    const nowhere = await proxyFor({ AWS_ENDPOINT_URL, HTTPS_PROXY: `http://127.0.0.1:${gone.port}` });
    const silent = await proxyFor({ AWS_ENDPOINT_URL, HTTPS_PROXY: `http://127.0.0.1:${(await echo()).port}` });
    for (const { port } of [without, nowhere, silent]) await tunnelTo({ port }, `127.0.0.1:${server.port}`, US);
    expect([...without.events, ...nowhere.events, ...silent.events]).toEqual([
      failed("127.0.0.1", server.port, "the operator's proxy answered 407"),
      failed("127.0.0.1", server.port, "ECONNREFUSED"),
      failed("127.0.0.1", server.port, "HPE_INVALID_CONSTANT"),
    ]);
    expect(server.count()).toBe(0);
  });
});
