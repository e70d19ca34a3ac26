import { once } from "node:events";
import { createServer, type Server, type ServerResponse } from "node:http";
import { afterEach, describe, expect, it } from "vitest";
import { CHECK, modern, postCall } from "../http/mcp-requests.js";
import { type RawAnswer, sendRaw } from "../http/raw-http.js";
import { freePort } from "./free-port.js";
import { type Nginx, UNBOUNDED } from "./nginx-process.js";
import { startNginx } from "./start-nginx.js";

/** What a stand-in for a replica does with a call whose body it has read. */
type Behaviour = (response: ServerResponse) => void;

const answers: Behaviour = (response) => response.setHeader("content-type", "application/json").end('{"ok":true}');
const drains: Behaviour = (response) =>
  response.writeHead(503, { connection: "close", "retry-after": "5", "content-type": "application/json" }).end("{}");
const dies: Behaviour = ({ socket }) => socket?.resetAndDestroy();
const closes: Behaviour = ({ socket }) => socket?.destroy();
const saysNothing: Behaviour = () => undefined;
/** Nobody listens. */
const gone = "gone";

type StandIn = { readonly server: Server; readonly calls: () => number };

let open: StandIn[] = [];
let nginx: Nginx;

afterEach(async () => {
  await nginx.stop();
  for (const { server } of open) {
    server.close();
    server.closeAllConnections();
  }
  open = [];
});

const standIn = async (port: number, behaviour: Behaviour): Promise<StandIn> => {
  let calls = 0;
  const server = createServer((request, response) => {
    calls += 1;
    request.resume().once("end", () => behaviour(response));
  });
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  return { server, calls: () => calls };
};

/** Starts nginx in front of three; gives how many calls each has got. */
const start = async (
  behaviours: readonly [Behaviour | "gone", Behaviour | "gone", Behaviour | "gone"],
  replace: Readonly<Record<string, string>> = {},
): Promise<() => readonly number[]> => {
  const ports = [await freePort(), await freePort(), await freePort()] as const;
  const all = await Promise.all(
    behaviours.map((behaviour, at) => (behaviour === "gone" ? undefined : standIn(ports[at] ?? 0, behaviour))),
  );
  open = all.filter((each) => each !== undefined);
  nginx = await startNginx({ ports, replace: { ...UNBOUNDED, ...replace } });
  return () => all.map((each) => each?.calls() ?? 0);
};

const call = (): Promise<RawAnswer> => sendRaw(nginx.port, postCall(modern, CHECK));
const seen = ({ status, headers, body }: RawAnswer) => ({
  status,
  type: headers["content-type"],
  message: messageOf(body),
});
const messageOf = (body: string): unknown => JSON.parse(body).error?.message;

const LOST = {
  status: 502,
  type: "application/json",
  message:
    "the replica that ran this call ended, or fell silent, before it answered; what it did is not known, so look before you send it again",
};
const NONE = {
  status: 503,
  type: "application/json",
  message: "no replica takes calls at this moment; nothing has run, so send it again in a few seconds",
};
const OK = { status: 200, type: "application/json", message: undefined };

describe("nginx in front of replicas", () => {
  it("gives each call to the next one", async () => {
    const calls = await start([answers, answers, answers]);
    for (let sent = 0; sent < 30; sent++) expect(seen(await call())).toEqual(OK);
    for (const each of calls()) expect(each).toBeGreaterThan(5);
  });

  it("passes on the host and the origin as the client wrote them", async () => {
    const heard: unknown[] = [];
    const hears: Behaviour = (response) => {
      const { host, origin, connection, authorization } = response.req.headers;
      heard.push({ host, origin, connection, authorization });
      answers(response);
    };
    await start([hears, hears, hears]);
    const headers = { host: "mcp.example.com:8443", origin: "https://app.example.com", authorization: "Bearer t" };
    await sendRaw(nginx.port, postCall(modern, CHECK, headers));
    expect(heard).toEqual([{ ...headers, connection: undefined }]);
  });

  it("sends a call to another one where nobody listens", async () => {
    await start([gone, gone, answers]);
    for (let sent = 0; sent < 12; sent++) expect(seen(await call())).toEqual(OK);
  });

  it("sends a call to another one where it was refused with 503, and then leaves that one out for a while", async () => {
    const calls = await start([drains, answers, drains]);
    for (let sent = 0; sent < 12; sent++) expect(seen(await call())).toEqual(OK);
    expect(calls()).toEqual([1, 12, 1]);
  });

  it("sends a call on from one that refuses to one that is gone to one that answers", async () => {
    await start([drains, gone, answers]);
    for (let sent = 0; sent < 12; sent++) expect(seen(await call())).toEqual(OK);
  });

  it.each([
    ["resets the connection", dies],
    ["closes the connection", closes],
  ])("never sends a call again that a replica may have run, though that one %s", async (_, behaviour) => {
    const calls = await start([behaviour, answers, answers]);
    const got = [];
    for (let sent = 0; sent < 6; sent++) got.push(seen(await call()));
    expect(got.filter(({ status }) => status === 502)).toEqual([LOST]);
    expect(got.filter(({ status }) => status === 200)).toHaveLength(5);
    // One call each: the lost one was nobody else's, and its replica is left out for a while.
    expect(calls().reduce((sum, each) => sum + each)).toBe(6);
    expect(calls()[0]).toBe(1);
  });

  it("never sends a call again to which a replica says nothing", async () => {
    const calls = await start([saysNothing, saysNothing, saysNothing], {
      "proxy_read_timeout 330s": "proxy_read_timeout 1s",
    });
    expect(seen(await call())).toEqual(LOST);
    expect(calls().reduce((sum, each) => sum + each)).toBe(1);
  });

  it("never sends a call again that was refused by one and then lost by another", async () => {
    const calls = await start([drains, dies, gone]);
    const got = [];
    for (let sent = 0; sent < 2; sent++) got.push(seen(await call()));
    expect(calls()[1]).toBe(got.filter(({ status }) => status === 502).length);
    expect(got[0]).toEqual(LOST);
  });

  it("says that nothing has run where no replica listens", async () => {
    await start([gone, gone, gone]);
    for (let sent = 0; sent < 6; sent++) {
      const answer = await call();
      expect(seen(answer)).toEqual(NONE);
      expect(answer.headers["retry-after"]).toBe("2");
    }
  });

  it("gives a replica's own words where all refuse", async () => {
    await start([drains, drains, drains]);
    for (let sent = 0; sent < 6; sent++)
      expect(await call()).toMatchObject({ status: 503, headers: { "retry-after": "5" }, body: "{}" });
  });

  it("asks replicas that have failed where there are no others", async () => {
    const calls = await start([dies, dies, dies]);
    for (let sent = 0; sent < 9; sent++) expect(seen(await call())).toEqual(LOST);
    expect(calls().reduce((sum, each) => sum + each)).toBe(9);
  });
});

describe("nginx in front of replicas, by itself", () => {
  it("says in a replica's form what is nowhere and what is too long", async () => {
    await start([answers, answers, answers]);
    const nowhere = await sendRaw(nginx.port, "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n");
    expect(seen(nowhere)).toEqual({
      status: 404,
      type: "application/json",
      message: "there is nothing at this path; MCP is at /mcp",
    });
    const long = await sendRaw(nginx.port, "POST /mcp HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1048577\r\n\r\n");
    expect(seen(long)).toEqual({
      status: 413,
      type: "application/json",
      message: "the body of this request is too long; nothing has run",
    });
    expect(long.headers).toMatchObject({
      "x-content-type-options": "nosniff",
      "cache-control": "no-store, no-transform",
    });
  });

  it("takes bodies as long as the server does, and writes none to a file", async () => {
    await start([answers, answers, answers]);
    const longest = Buffer.alloc(1_048_576, "a");
    const head = `POST /mcp HTTP/1.1\r\nHost: localhost\r\nContent-Length: ${longest.length}\r\n\r\n`;
    expect(seen(await sendRaw(nginx.port, Buffer.concat([Buffer.from(head), longest])))).toEqual(OK);
    const chunk = Buffer.concat([Buffer.from("80000\r\n"), longest.subarray(0, 0x80000), Buffer.from("\r\n")]);
    const chunked = "POST /mcp HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n";
    const body = Buffer.concat([Buffer.from(chunked), chunk, chunk, Buffer.from("0\r\n\r\n")]);
    expect(seen(await sendRaw(nginx.port, body))).toEqual(OK);
    expect(nginx.errors()).not.toContain("temporary file");
  });

  it("bounds what comes from one address, and says that nothing has run", async () => {
    const calls = await start([answers, answers, answers], {
      "rate=100000r/s": "rate=1r/s",
      "burst=100000": "burst=3",
    });
    const got = await Promise.all(Array.from({ length: 10 }, call));
    const refused = got.filter(({ status }) => status === 429);
    expect(refused).toHaveLength(6);
    for (const answer of refused)
      expect(answer).toMatchObject({ headers: { "retry-after": "2", "content-type": "application/json" } });
    expect(seen(refused[0] ?? answerless())).toMatchObject({ message: /nothing has run/ });
    expect(calls().reduce((sum, each) => sum + each)).toBe(4);
  });

  it("bounds how many calls of one address run at once", async () => {
    await start([saysNothing, saysNothing, saysNothing], {
      "at_once 4096": "at_once 2",
      "read_timeout 330s": "read_timeout 1s",
    });
    const got = await Promise.all([call(), call(), call(), call()]);
    expect(got.map(({ status }) => status).toSorted()).toEqual([429, 429, 502, 502]);
  });

  it("logs which replicas have seen a call, and no query", async () => {
    await start([answers, answers, answers]);
    await sendRaw(
      nginx.port,
      "GET /mcp?access_token=canary HTTP/1.1\r\nHost: localhost\r\ntraceparent: 00-1-2-01\r\n\r\n",
    );
    const [entry] = nginx.entries();
    expect(entry).toMatchObject({ method: "GET", path: "/mcp", status: 200, statuses: "200", trace: "00-1-2-01" });
    expect(JSON.stringify(nginx.entries())).not.toContain("canary");
  });
});

const answerless = (): never => {
  throw new Error("nothing was refused");
};
