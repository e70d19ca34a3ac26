import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeRecordingAws, type RecordingAws } from "../server/approval-aws.js";
import { ACCEPT, type Call, type Message, modernRequest, outcomeOf, questionIn } from "../server/approval-raw.js";
import { UNCONFINED } from "../unconfined.js";
import { LEGS, type Leg } from "./session-legs.js";
import { post } from "./session-raw.js";
import { makeTokens, type Tokens } from "./session-tokens.js";
import { type HttpServer, startHttpServer } from "./start-http-server.js";

let tokens: Tokens;
let aws: RecordingAws;

beforeAll(() => {
  tokens = makeTokens();
  aws = makeRecordingAws();
});

afterAll(() => {
  tokens.remove();
  aws.remove();
});

const start = (settings: Leg["settings"]) =>
  startHttpServer({
    ...{ AWS_ACCESS_KEY_ID: "testing", AWS_SECRET_ACCESS_KEY: "testing", AWS_MCP_AWS_CLI: aws.path },
    ...{ ...UNCONFINED, ...tokens.settings, ...settings },
  });

const ran = (bucket: string): number => aws.calls().filter((argv) => argv.some((word) => word.includes(bucket))).length;

let buckets = 0;
const newBucket = (): string => `bucket-${++buckets}`;

describe.each(LEGS.filter(({ asks }) => asks !== "never"))("a person, asked over $name", ({ settings, connect }) => {
  let server: HttpServer;
  beforeAll(async () => {
    server = await start(settings);
  });
  afterAll(() => server.stop());

  it("says no, and nothing runs", async () => {
    const { person, run, close } = await connect(server.url, tokens.alice);
    const bucket = newBucket();
    for (const says of [
      { action: "decline" },
      { action: "cancel" },
      { action: "accept", content: { approve: false } },
    ] as const) {
      person.says = says;
      expect((await run(`aws s3 rb s3://${bucket}`)).error?.code).toBe("approval-declined");
    }
    expect(person.saw).toHaveLength(3);
    expect(person.saw[0]).toContain(`command: aws s3 rb s3://${bucket}`);
    expect(ran(bucket)).toBe(0);
    await close();
  });

  it("says yes, and it runs once", async () => {
    const { person, run, close } = await connect(server.url, tokens.alice);
    const bucket = newBucket();
    person.says = { action: "accept", content: { approve: true } };
    expect((await run(`aws s3 rb s3://${bucket}`)).status).toBe("success");
    expect(ran(bucket)).toBe(1);
    await close();
  });

  it("is each client's own, also where two ask at the same time", async () => {
    const [one, other] = await Promise.all([
      connect(server.url, tokens.alice),
      connect(server.url, tokens.bob),
    ] as const);
    const [yes, no] = [newBucket(), newBucket()];
    one.person.says = { action: "accept", content: { approve: true } };
    const [first, second] = await Promise.all([
      one.run(`aws s3 rb s3://${yes}`),
      other.run(`aws s3 rb s3://${no}`),
    ] as const);
    expect([first.status, second.error?.code]).toEqual(["success", "approval-declined"]);
    expect([ran(yes), ran(no)]).toEqual([1, 0]);
    await Promise.all([one.close(), other.close()]);
  });
});

describe.each(LEGS.filter(({ asks }) => asks === "never"))("over $name, a client", ({ settings, connect }) => {
  it("cannot be asked, so that the call is refused, and is told what would help", async () => {
    const server = await start(settings);
    const { person, run, close } = await connect(server.url, tokens.alice);
    const bucket = newBucket();
    person.says = { action: "accept", content: { approve: true } };
    expect((await run(`aws s3 rb s3://${bucket}`)).error).toMatchObject({
      code: "effect-destroy",
      hint: "a person must approve it, and without a session this client cannot ask one: have a person run it, use a client of protocol 2026-07-28, or the operator sets AWS_MCP_HTTP_SESSIONS=on",
    });
    expect(person.saw).toEqual([]);
    expect(ran(bucket)).toBe(0);
    await close();
    await server.stop();
  });
});

describe.each(LEGS.filter(({ asks }) => asks === "result"))("an answer to a question over $name", ({ settings }) => {
  let server: HttpServer;
  beforeAll(async () => {
    server = await start(settings);
  });
  afterAll(() => server.stop());

  const send = (token: string, call: Call, more = {}): Promise<Message> =>
    post(server.url, token, modernRequest(call, more));
  const answered = (state: string) => ({ requestState: state, inputResponses: { approval: ACCEPT } });

  it("counts once, and only from the principal that was asked", async () => {
    const bucket = newBucket();
    const call = { command: `aws s3 rb s3://${bucket}` };
    const { state } = questionIn(await send(tokens.alice, call));
    expect(outcomeOf(await send(tokens.bob, call, answered(state)))).toMatchObject({ code: "approval-mismatch" });
    expect(ran(bucket)).toBe(0);
    const again = questionIn(await send(tokens.alice, call));
    expect(outcomeOf(await send(tokens.alice, call, answered(again.state)))).toMatchObject({ status: "success" });
    expect(outcomeOf(await send(tokens.alice, call, answered(again.state)))).toMatchObject({ status: "error" });
    expect(ran(bucket)).toBe(1);
  });

  it("gives nothing to a token that may only read", async () => {
    const bucket = newBucket();
    const call = { command: `aws s3 rb s3://${bucket}` };
    const { state } = questionIn(await send(tokens.alice, call));
    expect(outcomeOf(await send(tokens.reader, call)).status).toBe("error");
    expect(outcomeOf(await send(tokens.reader, call, answered(state))).status).toBe("error");
    expect(ran(bucket)).toBe(0);
  });
});
