import type { LookupAddress } from "node:dns";
import { createServer, type IncomingMessage, type Server } from "node:http";
import { connect, createServer as createTcpServer } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { AWS_SUFFIXES } from "../../src/egress/aws-suffixes.js";
import type { EgressEvent } from "../../src/egress/egress-event.js";
import { egressProxy } from "../../src/egress/egress-proxy.js";
import type { EgressSettings } from "../../src/egress/egress-settings.js";
import { until } from "./egress-program.js";
import { basic, echoed, echoServer, listening, plainThrough, tunnelTo } from "./proxy-clients.js";

const TOKEN = "token-of-the-tests";
const US = basic("run-1", TOKEN);

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

const settings = (
  changes: Partial<EgressSettings> = {},
  endpoint?: EgressSettings["rules"]["endpoint"],
): EgressSettings => ({
  rules: { suffixes: AWS_SUFFIXES, endpoint },
  upstreams: { http: undefined, https: undefined },
  direct: [],
  ...changes,
});

/** A proxy whose names lead where the test says. */
const proxyWith = async (
  given: EgressSettings,
  names: Readonly<Record<string, readonly string[]>> = {},
  milliseconds = 2000,
) => {
  const events: EgressEvent[] = [];
  const asked: string[] = [];
  const resolve = async (host: string): Promise<readonly LookupAddress[]> => {
    asked.push(host);
    const found = names[host];
    if (found === undefined) throw Object.assign(new Error(), { code: "ENOTFOUND" });
    return found.map((address) => ({ address, family: address.includes(":") ? 6 : 4 }));
  };
  const server: Server = egressProxy({
    settings: given,
    token: TOKEN,
    resolve,
    milliseconds,
    tell: (event) => events.push(event),
  });
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

/** A server in plain HTTP that says what it was asked. */
const mirror = async (answer: (request: IncomingMessage, body: string) => string = () => "") => {
  const seen: {
    readonly method: string | undefined;
    readonly url: string | undefined;
    readonly headers: readonly string[];
    readonly body: string;
  }[] = [];
  const server = createServer((request, response) => {
    let body = "";
    request.setEncoding("latin1");
    request.on("data", (chunk: string) => {
      body += chunk;
    });
    request.on("end", () => {
      seen.push({ method: request.method, url: request.url, headers: request.rawHeaders, body });
      response.writeHead(299, "As Asked", { "x-mirror": "yes", connection: "x-hop", "x-hop": "1" });
      response.end(answer(request, body));
    });
  });
  const port = await listening(server);
  closing.push(() => {
    server.close();
    server.closeAllConnections();
  });
  return { port, seen };
};

/** A server that answers one byte to every so many. */
const answersEvery = async (bytes: number): Promise<number> => {
  const server = createTcpServer({ noDelay: true }, (socket) => {
    let got = 0;
    socket.on("error", () => undefined);
    socket.on("data", (chunk) => {
      got += chunk.length;
      for (; got >= bytes; got -= bytes) socket.write("k");
    });
  });
  closing.push(() => server.close());
  return listening(server);
};

const error = (code: string, message: string): string =>
  `<ErrorResponse><Error><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>\n`;

describe("egressProxy", () => {
  it("tunnels to the operator's endpoint, both ways and to both ends", async () => {
    const server = await echo();
    const { port, events, asked } = await proxyWith(
      settings({}, { scheme: "https", host: "127.0.0.1", port: server.port }),
    );
    const { status, socket } = await tunnelTo({ port }, `127.0.0.1:${server.port}`, US);
    const text = "x".repeat(300_000);
    expect({ status, back: await echoed(socket, text), events, asked }).toEqual({
      status: 200,
      back: text,
      events: [],
      asked: [],
    });
  });

  it("passes on what the client sent together with its CONNECT", async () => {
    const server = await echo();
    const { port } = await proxyWith(settings({}, { scheme: "https", host: "127.0.0.1", port: server.port }));
    const socket = connect({ host: "127.0.0.1", port });
    const authority = `127.0.0.1:${server.port}`;
    const back = await echoed(
      socket,
      `CONNECT ${authority} HTTP/1.1\r\nHost: ${authority}\r\nProxy-Authorization: ${US}\r\n\r\nearly`,
    );
    expect(back).toBe("HTTP/1.1 200 Connection Established\r\n\r\nearly");
  });

  it("refuses a tunnel to any other host with 403 and the reason, and connects to nobody", async () => {
    const other = await echo();
    const { port, events, asked } = await proxyWith(settings());
    const message = "`127.0.0.1` is an address, not a host name of AWS's";
    const { status, headers, body } = await tunnelTo({ port }, `127.0.0.1:${other.port}`, US);
    expect({ status, body, connections: other.count(), events, asked }).toEqual({
      status: 403,
      body: error("egress-address", message),
      connections: 0,
      events: [
        { event: "egress-refused", run: "run-1", host: "127.0.0.1", port: other.port, code: "egress-address", message },
      ],
      asked: [],
    });
    expect(headers.split("\n")).toEqual([
      "content-type: application/xml",
      `content-length: ${body.length}`,
      "connection: close",
    ]);
  });

  it("refuses every target that the rules refuse or that cannot be read", async () => {
    const { port, events } = await proxyWith(settings());
    const targets = [
      "evil.example:443",
      "169.254.169.254:80",
      "[fd00:ec2::254]:80",
      "sts.amazonaws.com:80",
      "x.us-east-1.elb.amazonaws.com:443",
      "evil.example:443@sts.amazonaws.com:443",
      "sts.amazonaws.com:443@evil.example:443",
      "sts.amazonaws.com",
      "https://sts.amazonaws.com:443",
    ];
    const statuses: number[] = [];
    for (const target of targets) statuses.push((await tunnelTo({ port }, target, US)).status);
    expect(statuses).toEqual([403, 403, 403, 403, 403, 400, 400, 400, 400]);
    expect(events.map(({ host, port, code }) => ({ host, port, code }))).toEqual([
      { host: "evil.example", port: 443, code: "egress-host" },
      { host: "169.254.169.254", port: 80, code: "egress-address" },
      { host: "fd00:ec2::254", port: 80, code: "egress-address" },
      { host: "sts.amazonaws.com", port: 80, code: "egress-port" },
      { host: "x.us-east-1.elb.amazonaws.com", port: 443, code: "egress-customer-host" },
      ...targets.slice(5).map(() => ({ host: "", port: 0, code: "egress-malformed" })),
    ]);
  });

  it("answers 407 to who does not present the token, and learns nothing of the target", async () => {
    const server = await echo();
    const { port, events } = await proxyWith(settings({}, { scheme: "http", host: "127.0.0.1", port: server.port }));
    const headers = [undefined, basic("run-1", "other"), `Bearer ${TOKEN}`, basic("run 1", TOKEN)];
    const statuses: number[] = [];
    for (const header of headers) statuses.push((await tunnelTo({ port }, `127.0.0.1:${server.port}`, header)).status);
    const plain = await plainThrough(port, `http://127.0.0.1:${server.port}/`);
    expect([...statuses, plain.status, plain.headers["proxy-authenticate"], server.count()]).toEqual([
      407,
      407,
      407,
      407,
      407,
      'Basic realm="awspipe"',
      0,
    ]);
    const message = "the proxy's token was not presented";
    const event = { event: "egress-refused", run: "", host: "", port: 0, code: "egress-token", message };
    expect(events).toEqual([event, event, event, event, event]);
  });

  it("refuses a name of AWS's that leads to this machine, to its link or to instance metadata", async () => {
    const names = {
      "a.amazonaws.com": ["127.0.0.1"],
      "b.amazonaws.com": ["::1"],
      "c.amazonaws.com": ["169.254.169.254"],
      "d.amazonaws.com": ["52.94.236.248", "169.254.169.254"],
      "e.amazonaws.com": ["::ffff:127.0.0.1"],
    };
    const { port, events, asked } = await proxyWith(settings(), names);
    const statuses: number[] = [];
    for (const name of Object.keys(names)) statuses.push((await tunnelTo({ port }, `${name}:443`, US)).status);
    expect(statuses).toEqual([403, 403, 403, 403, 403]);
    expect(events.map(({ code }) => code)).toEqual(events.map(() => "egress-resolved"));
    expect(events).toHaveLength(5);
    expect(events[3]?.message).toBe(
      "`d.amazonaws.com` leads to `169.254.169.254`, a link-local address, where instance metadata answers",
    );
    expect(asked).toEqual(Object.keys(names));
  });

  it("closes without an answer where AWS cannot be reached, and says so", async () => {
    const { port, events } = await proxyWith(settings());
    const { status, socket } = await tunnelTo({ port }, "sts.us-east-1.amazonaws.com:443", US);
    expect({ status, destroyed: socket.destroyed || socket.readableEnded, events }).toEqual({
      status: 0,
      destroyed: true,
      events: [
        {
          event: "egress-failed",
          run: "run-1",
          host: "sts.us-east-1.amazonaws.com",
          port: 443,
          code: "egress-unreachable",
          message: "`sts.us-east-1.amazonaws.com` could not be reached: ENOTFOUND",
        },
      ],
    });
  });

  it("connects to what was judged, and looks nothing up a second time", async () => {
    const { port, events, asked } = await proxyWith(settings(), { "sts.us-east-1.amazonaws.com": [] });
    await tunnelTo({ port }, "sts.us-east-1.amazonaws.com:443", US);
    expect({ asked, messages: events.map(({ message }) => message) }).toEqual({
      asked: ["sts.us-east-1.amazonaws.com"],
      messages: ["`sts.us-east-1.amazonaws.com` could not be reached: ENODATA"],
    });
  });

  it("says when nobody listens at the operator's endpoint", async () => {
    const server = await echo();
    server.close();
    const { port, events } = await proxyWith(settings({}, { scheme: "http", host: "127.0.0.1", port: server.port }));
    await tunnelTo({ port }, `127.0.0.1:${server.port}`, US);
    await plainThrough(port, `http://127.0.0.1:${server.port}/`, { authorization: US }).catch(() => undefined);
    const message = "`127.0.0.1` could not be reached: ECONNREFUSED";
    expect(events.map(({ event, message }) => ({ event, message }))).toEqual([
      { event: "egress-failed", message },
      { event: "egress-failed", message },
    ]);
  });

  it("sends plain requests on to the operator's endpoint, with the headers that were signed and no others", async () => {
    const { port: endpoint, seen } = await mirror((_, body) => body.toUpperCase());
    const { port } = await proxyWith(settings({}, { scheme: "http", host: "127.0.0.1", port: endpoint }));
    const headers = {
      "X-Amz-Date": "now",
      connection: "close, X-Private",
      "X-Private": "1",
      te: "trailers",
      expect: "100-continue",
    };
    const answer = await plainThrough(port, `http://127.0.0.1:${endpoint}/a%2Fb?c=d`, {
      authorization: US,
      method: "PUT",
      body: Buffer.from("some body"),
      headers,
    });
    expect(seen).toEqual([
      {
        method: "PUT",
        url: "/a%2Fb?c=d",
        headers: [
          "host",
          `127.0.0.1:${endpoint}`,
          "X-Amz-Date",
          "now",
          "transfer-encoding",
          "chunked",
          "connection",
          "close",
        ],
        body: "some body",
      },
    ]);
    expect({
      status: answer.status,
      body: answer.body,
      "x-mirror": answer.headers["x-mirror"],
      "x-hop": answer.headers["x-hop"],
    }).toEqual({
      status: 299,
      body: "SOME BODY",
      "x-mirror": "yes",
      "x-hop": undefined,
    });
  });

  it("sends plain requests nowhere else", async () => {
    const { port: endpoint } = await mirror();
    const other = await mirror();
    const { port, events } = await proxyWith(settings({}, { scheme: "http", host: "127.0.0.1", port: endpoint }));
    const secure = await proxyWith(settings({}, { scheme: "https", host: "127.0.0.1", port: endpoint }));
    const urls = [
      `http://127.0.0.1:${other.port}/`,
      "http://sts.amazonaws.com:443/",
      "http://sts.amazonaws.com/",
      "/",
      "ftp://x/",
    ];
    const answers = [];
    for (const url of urls) answers.push(await plainThrough(port, url, { authorization: US }));
    answers.push(await plainThrough(secure.port, `http://127.0.0.1:${endpoint}/`, { authorization: US }));
    expect(answers.map(({ status, body }) => `${status} ${/<Code>(.*)<\/Code>/.exec(body)?.[1]}`)).toEqual([
      "403 egress-address",
      "403 egress-plain",
      "403 egress-port",
      "400 egress-malformed",
      "400 egress-malformed",
      "403 egress-plain",
    ]);
    expect([events.length, secure.events.length, other.seen]).toEqual([5, 1, []]);
  });

  it("holds back no write: a request in two parts is answered at once", async () => {
    const server = await answersEvery(200);
    const { port } = await proxyWith(settings({}, { scheme: "https", host: "127.0.0.1", port: server }));
    const { socket } = await tunnelTo({ port }, `127.0.0.1:${server}`, US);
    socket.setNoDelay(true);
    const times: number[] = [];
    for (let round = 0; round < 20; round += 1) {
      const start = performance.now();
      socket.write("a".repeat(100));
      await new Promise((resolve) => setTimeout(resolve, 2));
      socket.write("b".repeat(100));
      await new Promise((resolve) => socket.once("data", resolve));
      times.push(performance.now() - start);
    }
    socket.destroy();
    // With Nagle's algorithm on the proxy's own connection each takes 40 ms more.
    expect(times.sort((one, other) => one - other)[10]).toBeLessThan(25);
  });

  it("closes after a refusal, also on a client that does not", async () => {
    const { port } = await proxyWith(settings());
    const { socket } = await tunnelTo({ port }, "evil.example:443", US);
    const start = performance.now();
    await new Promise((resolve) => socket.resume().once("end", resolve));
    expect(performance.now() - start).toBeLessThan(500);
  });

  it("goes on with what one side says after the other has ended", async () => {
    let heard = "";
    const server = createTcpServer({ allowHalfOpen: true }, (socket) => {
      socket.end("bye");
      socket.on("data", (chunk) => {
        heard += chunk;
      });
    });
    const endpoint = await listening(server);
    closing.push(() => server.close());
    const { port } = await proxyWith(settings({}, { scheme: "https", host: "127.0.0.1", port: endpoint }));
    const socket = connect({ host: "127.0.0.1", port, allowHalfOpen: true });
    socket.write(`CONNECT 127.0.0.1:${endpoint} HTTP/1.1\r\nHost: x\r\nProxy-Authorization: ${US}\r\n\r\n`);
    await new Promise((resolve) => socket.resume().once("end", resolve));
    socket.end("still here");
    await new Promise((resolve) => socket.once("close", resolve));
    await until(() => heard === "still here");
    expect(heard).toBe("still here");
  });

  it("takes the other side with it when one breaks", async () => {
    const server = await echo();
    const { port } = await proxyWith(settings({}, { scheme: "https", host: "127.0.0.1", port: server.port }));
    const { socket } = await tunnelTo({ port }, `127.0.0.1:${server.port}`, US);
    socket.resume();
    server.close();
    await new Promise((resolve) => socket.once("close", resolve));
    expect(socket.destroyed).toBe(true);
  });
});
