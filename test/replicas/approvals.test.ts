import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { post } from "../http/session-raw.js";
import { makeTokens, type Tokens } from "../http/session-tokens.js";
import { until } from "../http/session-until.js";
import { makeRecordingAws, type RecordingAws } from "../server/approval-aws.js";
import { ACCEPT, modernRequest, outcomeOf, questionIn } from "../server/approval-raw.js";
import type { Settings } from "../server/clients.js";
import { type Redis, startRedis } from "../state/start-redis.js";
import { UNCONFINED } from "../unconfined.js";
import { type Nginx, UNBOUNDED } from "./nginx-process.js";
import { portsOf, type Replica, startReplicas } from "./replica.js";
import { startNginx } from "./start-nginx.js";

let folder: string;
let tokens: Tokens;
let aws: RecordingAws;
let redis: Redis;
let shared: Settings;
let replicas: readonly [Replica, Replica, Replica];
let nginx: Nginx;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "awspipe-approvals-"));
  tokens = makeTokens();
  aws = makeRecordingAws();
  redis = await startRedis();
  const key = join(folder, "key");
  writeFileSync(key, `${randomBytes(32).toString("hex")}\n`, { mode: 0o600 });
  shared = { AWS_MCP_STATE: redis.url, AWS_MCP_STATE_KEY_FILE: key };
});

afterAll(async () => {
  tokens.remove();
  aws.remove();
  await redis.remove();
  rmSync(folder, { recursive: true, force: true });
});

const start = async (settings: Settings): Promise<void> => {
  replicas = await startReplicas(folder, {
    ...{ AWS_ACCESS_KEY_ID: "testing", AWS_SECRET_ACCESS_KEY: "testing", AWS_MCP_AWS_CLI: aws.path },
    ...{ ...UNCONFINED, ...tokens.settings, ...settings },
  });
  nginx = await startNginx({ ports: portsOf(replicas), replace: UNBOUNDED });
};

afterEach(async () => {
  await Promise.all(replicas.map((each) => each.stop()));
  await nginx.stop();
});

let buckets = 0;
let command = "";
beforeEach(() => {
  command = `aws s3 rb s3://elsewhere-${++buckets}-`;
});
const ran = (): number => aws.calls().filter((argv) => argv.some((word) => command.endsWith(word))).length;

const ask = async () => questionIn(await post(nginx.url, tokens.alice, modernRequest({ command }))).state;
const answer = async (requestState: string) => {
  const more = { requestState, inputResponses: { approval: ACCEPT } };
  return outcomeOf(await post(nginx.url, tokens.alice, modernRequest({ command }, more)));
};

/** The ports that the requests so far have come to, as nginx has it. */
const cameTo = async (requests: number): Promise<readonly string[]> => {
  await until(() => nginx.entries().length >= requests);
  return nginx.entries().map((entry) => entry.replicas);
};

describe("three replicas behind nginx, with one key and one store", () => {
  beforeEach(() => start(shared));

  it("take an answer at whichever one it comes to, and run the command once", async () => {
    const client = new Client(
      { name: "test", version: "1" },
      { versionNegotiation: { mode: "auto" }, capabilities: { elicitation: { form: {} } } },
    );
    client.setRequestHandler("elicitation/create", async () => ({ action: "accept", content: { approve: true } }));
    const headers = { authorization: `Bearer ${tokens.alice}` };
    await client.connect(new StreamableHTTPClientTransport(nginx.url, { requestInit: { headers } }));
    for (let time = 1; time <= 6; time++) {
      const { structuredContent } = await client.callTool({ name: "aws_cli_pipeline", arguments: { command } });
      expect(structuredContent).toMatchObject({ status: "success" });
      expect(ran()).toBe(time);
    }
    await client.close();
    expect(new Set(await cameTo(12)).size).toBe(3);
  });

  it("take it once, where it comes to all of them at the same moment", async () => {
    const state = await ask();
    const outcomes = await Promise.all(Array.from({ length: 30 }, () => answer(state)));
    expect(outcomes.filter(({ status }) => status === "success")).toHaveLength(1);
    expect(outcomes.filter(({ code }) => code === "approval-spent")).toHaveLength(29);
    expect(ran()).toBe(1);
    expect(new Set(await cameTo(31)).size).toBe(3);
  });

  it("take it also when the one that has asked is dead", async () => {
    const state = await ask();
    const [port = ""] = await cameTo(1);
    const asker = replicas.find((each) => port.endsWith(`:${each.port}`));
    await asker?.kill();
    expect(await answer(state)).toMatchObject({ status: "success" });
    await asker?.start();
    for (let time = 0; time < 3; time++) expect((await answer(state)).code).toBe("approval-spent");
    expect(ran()).toBe(1);
  });
});

describe("three replicas behind nginx, each with a key of its own", () => {
  beforeEach(() => start({}));

  it("say that the question is another's, and take the answer where it was asked", async () => {
    const state = await ask();
    const outcomes = [await answer(state), await answer(state), await answer(state), await answer(state)];
    const [asked, ...came] = await cameTo(5);
    expect(outcomes.map(({ status, code }) => code ?? status)).toEqual(
      came.map((port, at) =>
        port !== asked ? "approval-elsewhere" : came.indexOf(port) === at ? "success" : "approval-spent",
      ),
    );
    expect(outcomes.find(({ code }) => code === "approval-elsewhere")?.hint).toContain("AWS_MCP_STATE");
    expect(ran()).toBe(1);
  });
});
