import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { LEGS } from "../http/session-legs.js";
import { post } from "../http/session-raw.js";
import { makeTokens, type Tokens } from "../http/session-tokens.js";
import { type HttpServer, startHttpServer } from "../http/start-http-server.js";
import { makeRecordingAws, type RecordingAws } from "../server/approval-aws.js";
import { ACCEPT, modernRequest, outcomeOf, questionIn } from "../server/approval-raw.js";
import type { Settings } from "../server/clients.js";
import { UNCONFINED } from "../unconfined.js";
import { saying } from "./between.js";
import { until } from "./open-state.js";
import { PASSWORD, type Redis, startRedis } from "./start-redis.js";

let tokens: Tokens;
let aws: RecordingAws;
let redis: Redis;
let folder: string;
let state: Settings;

const writeKey = (name: string): string => {
  const file = join(folder, name);
  writeFileSync(file, `${randomBytes(32).toString("hex")}\n`, { mode: 0o600 });
  return file;
};

beforeAll(async () => {
  tokens = makeTokens();
  aws = makeRecordingAws();
  redis = await startRedis();
  folder = mkdtempSync(join(tmpdir(), "two-servers-"));
  state = { AWS_MCP_STATE: redis.url, AWS_MCP_STATE_KEY_FILE: writeKey("key") };
});

afterAll(async () => {
  tokens.remove();
  aws.remove();
  await redis.remove();
  rmSync(folder, { recursive: true, force: true });
});

const servers: HttpServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.stop()));
});

const start = async (settings: Settings = state): Promise<HttpServer> => {
  const server = await startHttpServer({
    ...{ AWS_ACCESS_KEY_ID: "testing", AWS_SECRET_ACCESS_KEY: "testing", AWS_MCP_AWS_CLI: aws.path },
    ...{ ...UNCONFINED, ...tokens.settings, ...settings },
  });
  servers.push(server);
  return server;
};

let buckets = 0;
let bucket = "";
let command = "";
beforeEach(() => {
  bucket = `shared-${++buckets}-`;
  command = `aws s3 rb s3://${bucket}`;
});
const ran = (): number => aws.calls().filter((argv) => argv.some((word) => word.includes(bucket))).length;

const ask = async (server: HttpServer, token = tokens.alice) =>
  questionIn(await post(server.url, token, modernRequest({ command }))).state;

const answer = async (server: HttpServer, requestState: string, token = tokens.alice) => {
  const more = { requestState, inputResponses: { approval: ACCEPT } };
  return outcomeOf(await post(server.url, token, modernRequest({ command }, more)));
};

/** A client of 2026-07-28 whose requests come to one server after the other, as behind a balancer that knows no sessions. */
const inTurn = async (all: readonly HttpServer[]) => {
  let requests = 0;
  const saw: string[] = [];
  const client = new Client(
    { name: "test", version: "1" },
    { versionNegotiation: { mode: "auto" }, capabilities: { elicitation: { form: {} } } },
  );
  client.setRequestHandler("elicitation/create", async ({ params }) => {
    saw.push(params.message);
    return ACCEPT as { action: "accept"; content: { approve: boolean } };
  });
  const [first] = all;
  if (first === undefined) throw new Error("no server");
  const transport = new StreamableHTTPClientTransport(first.url, {
    requestInit: { headers: { authorization: `Bearer ${tokens.alice}` } },
    fetch: (_, init) => fetch(all[requests++ % all.length]?.url ?? first.url, init),
  });
  await client.connect(transport);
  return {
    ...{ client, saw },
    run: async () => (await client.callTool({ name: "aws_cli_pipeline", arguments: { command } })).structuredContent,
  };
};

describe("two servers with one key and one store", () => {
  it("serve a client that asks one and answers the other", async () => {
    const { client, saw, run } = await inTurn([await start(), await start()]);
    expect(client.getNegotiatedProtocolVersion()).toBe("2026-07-28");
    for (let time = 1; time <= 3; time++) {
      expect(await run()).toMatchObject({ status: "success" });
      expect([saw.length, ran()]).toEqual([time, time]);
    }
    await client.close();
  });

  it("take an answer once, of whom it was asked, also where it comes to both at the same moment", async () => {
    const [a, b] = [await start(), await start()];
    const both = await ask(a);
    const sent = Array.from({ length: 40 }, (_, turn) => answer(turn % 2 === 0 ? a : b, both));
    const outcomes = await Promise.all(sent);
    expect(outcomes.filter(({ status }) => status === "success")).toHaveLength(1);
    expect(outcomes.filter(({ code }) => code === "approval-spent")).toHaveLength(39);
    expect((await answer(b, await ask(a), tokens.bob)).code).toBe("approval-mismatch");
    expect(ran()).toBe(1);
  });

  it("take it after the one that has asked is gone, and from one that has come in its place", async () => {
    const [a, b] = [await start(), await start()];
    const [first, second] = [await ask(a), await ask(a)];
    await a.stop("SIGKILL");
    expect(await answer(b, first)).toMatchObject({ status: "success" });
    const again = await start();
    expect(await answer(again, second)).toMatchObject({ status: "success" });
    expect((await answer(again, first)).code).toBe("approval-spent");
    expect(ran()).toBe(2);
  });

  it("say nothing of the password, whatever becomes of the store", async () => {
    const own = await startRedis();
    const server = await start({ ...state, AWS_MCP_STATE: own.url });
    expect(await answer(server, await ask(server))).toMatchObject({ status: "success" });
    await own.kill();
    expect(await answer(server, await ask(server))).toMatchObject({ status: "error", code: "approval-store-lost" });
    expect((await fetch(new URL("/readyz", server.url))).status).toBe(200);
    await own.start();
    await until(async () => (await answer(server, await ask(server))).status === "success");
    await until(() => server.events().some(({ event }) => event === "state-store-back"));
    const said = server.events().filter(({ event }) => String(event).startsWith("state-store"));
    expect(said.map(({ time: _, ...rest }) => rest)).toEqual([
      {
        event: "state-store-lost",
        store: `redis://127.0.0.1:${own.port}/0`,
        reason: "ECONNREFUSED",
        message: "approvals are refused until it is back",
      },
      { event: "state-store-back", store: `redis://127.0.0.1:${own.port}/0` },
    ]);
    await own.remove();
    const words = JSON.stringify(server.events());
    for (const secret of [PASSWORD, encodeURIComponent(PASSWORD)]) expect(words).not.toContain(secret);
  });
});

describe("a server", () => {
  it("without a store tells a client that another one has asked", async () => {
    const [a, b] = [await start({}), await start({})];
    expect(await answer(b, await ask(a))).toMatchObject({
      status: "error",
      code: "approval-elsewhere",
      hint: "send the command again without `requestState`, and a person is asked anew; if that ends the same way, stop: the operator of several replicas sets AWS_MCP_STATE and AWS_MCP_STATE_KEY_FILE to the same for all",
    });
    expect(ran()).toBe(0);
  });

  it("with another key does so too, though the store is the same", async () => {
    const [a, b] = [await start(), await start({ ...state, AWS_MCP_STATE_KEY_FILE: writeKey("other") })];
    const question = await ask(a);
    expect((await answer(b, question)).code).toBe("approval-elsewhere");
    expect(await answer(a, question)).toMatchObject({ status: "success" });
  });

  it("whose store cannot be reached starts, says so, and does everything else", async () => {
    const server = await start({ ...state, AWS_MCP_STATE: "redis://:secret@127.0.0.1:1" });
    await until(() => server.events().some(({ event }) => event === "state-store-lost"));
    expect((await fetch(new URL("/readyz", server.url))).status).toBe(200);
    const list = modernRequest({ command: "aws s3 ls" });
    expect(outcomeOf(await post(server.url, tokens.alice, list))).toMatchObject({ status: "success" });
    expect((await answer(server, await ask(server))).code).toBe("approval-store-lost");
    expect(JSON.stringify(server.events())).not.toContain("secret");
  });

  it("asks a store over TLS that it knows, and none that it does not", async () => {
    const own = await startRedis({ tls: true });
    const settings = { ...state, AWS_MCP_STATE: own.url };
    const ca = own.certificate?.certificateFile ?? "";
    const [known, named, unknown] = await Promise.all([
      start({ ...settings, NODE_EXTRA_CA_CERTS: ca }),
      start({ ...settings, AWS_MCP_STATE: own.url.replace("127.0.0.1", "localhost"), NODE_EXTRA_CA_CERTS: ca }),
      start(settings),
    ]);
    expect(await answer(named, await ask(known))).toMatchObject({ status: "success" });
    expect((await answer(unknown, await ask(known))).code).toBe("approval-store-lost");
    expect(unknown.events().find(({ event }) => event === "state-store-lost")).toMatchObject({
      reason: "DEPTH_ZERO_SELF_SIGNED_CERT",
    });
    await own.remove();
  });

  it("ends in time with a store that is there, gone, or says nothing", async () => {
    const silent = await saying("");
    for (const url of [redis.url, "redis://127.0.0.1:1", `redis://127.0.0.1:${silent.port}`]) {
      const server = await start({ ...state, AWS_MCP_STATE: url });
      const started = performance.now();
      expect(await server.stop()).toBe(0);
      expect(performance.now() - started).toBeLessThan(5000);
    }
    await silent.close();
  });

  it("keeps its key out of the workspace", async () => {
    const started = start({ ...state, AWS_MCP_WORKDIR: folder });
    await expect(started).rejects.toThrow(/the key that seals approvals/);
  });
});

describe.each(LEGS.filter(({ asks }) => asks === "request"))("a person asked over $name", ({ settings, connect }) => {
  it("is asked and answered by one server, whose store counts", async () => {
    const server = await start({ ...state, ...settings });
    const { person, run, close } = await connect(server.url, tokens.alice);
    person.says = { action: "accept", content: { approve: true } };
    expect((await run(command)).status).toBe("success");
    expect(ran()).toBe(1);
    await close();
  });
});
