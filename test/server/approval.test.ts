import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { UNCONFINED } from "../unconfined.js";
import { makeRecordingAws, type RecordingAws } from "./approval-aws.js";
import {
  ACCEPT,
  elicitation,
  elicitations,
  initializeWith,
  legacyRequest,
  modernRequest,
  outcomeOf,
  questionIn,
  rawEras,
  sendModern,
} from "./approval-raw.js";
import type { Settings } from "./clients.js";
import { below } from "./processes.js";
import { linesOf, type RawServer, startRawServer } from "./raw-server.js";

let aws: RecordingAws;
let workspace: string;
const started: RawServer[] = [];

beforeAll(() => {
  aws = makeRecordingAws();
  workspace = mkdtempSync(join(tmpdir(), "approval-test-"));
});

afterAll(async () => {
  for (const server of started) server.child.stdin.end();
  await Promise.all(started.map(({ ended }) => ended));
  aws.remove();
  rmSync(workspace, { recursive: true, force: true });
});

const start = (settings: Settings = {}): RawServer => {
  const server = startRawServer({
    AWS_MCP_AWS_CLI: aws.path,
    ...UNCONFINED,
    AWS_ACCESS_KEY_ID: "testing",
    AWS_SECRET_ACCESS_KEY: "testing",
    AWS_REGION: "us-east-1",
    AWS_MCP_WORKDIR: workspace,
    ...settings,
  });
  started.push(server);
  return server;
};

let buckets = 0;
/** A name of a bucket that no other test has. */
const newBucket = (): string => `bucket-${++buckets}`;
/** What has run that names this. */
const ran = (name: string) => aws.calls().filter((argv) => argv.some((word) => word.includes(name)));

const DECLINE = { action: "decline" };
const ANSWERS_THAT_ARE_NO_YES: readonly (readonly [string, unknown])[] = [
  ["accept with approve false", { action: "accept", content: { approve: false } }],
  ["decline", { action: "decline" }],
  ["cancel", { action: "cancel" }],
  ["decline with approve true", { action: "decline", content: { approve: true } }],
  ["cancel with approve true", { action: "cancel", content: { approve: true } }],
  ["accept without content", { action: "accept" }],
  ["accept with empty content", { action: "accept", content: {} }],
  ['accept with approve "true"', { action: "accept", content: { approve: "true" } }],
  ["accept with approve 1", { action: "accept", content: { approve: 1 } }],
  ["accept with approve [true]", { action: "accept", content: { approve: [true] } }],
  ["accept with approve {}", { action: "accept", content: { approve: {} } }],
  ["accept with another field", { action: "accept", content: { approved: true, Approve: true } }],
  ["content that is a text", { action: "accept", content: "approve" }],
  ["content that is a list", { action: "accept", content: [{ approve: true }] }],
  ["content that is nothing", { action: "accept", content: null }],
  ["a wrapped answer", { method: "elicitation/create", result: ACCEPT }],
  ["another action", { action: "approve", content: { approve: true } }],
  ["accept with approve inherited", { action: "accept", content: JSON.parse('{"__proto__":{"approve":true}}') }],
  ["approve beside content", { action: "accept", approve: true }],
];

describe.each(rawEras)("a question in $name", (era) => {
  let server: RawServer;
  beforeAll(async () => {
    server = start({ AWS_MCP_ALLOWED_PROFILES: "dev" });
    await era.connect(server);
  });

  it("asks for one boolean and shows what would run", async () => {
    const bucket = newBucket();
    const { message, request } = await era.ask(server, { command: `aws s3 rb 's3://${bucket}' --force | cat` });
    expect(message.split("\n")).toEqual([
      "Approve this AWS command?",
      "effect: destroy",
      "account: 123456789012",
      "profile: default",
      "region: us-east-1",
      "service: s3",
      "operation: rb",
      "as: arn:aws:iam::123456789012:user/me",
      expect.stringMatching(/^why: `aws s3 rb` is `destroy`: /),
      `command: aws s3 rb s3://${bucket} --force | cat`,
      expect.stringMatching(/^digest: [0-9a-f]{16}$/),
    ]);
    expect(request).toMatchObject({
      method: "elicitation/create",
      params: {
        requestedSchema: {
          type: "object",
          properties: { approve: { type: "boolean", default: false } },
          required: ["approve"],
        },
      },
    });
    expect(ran(bucket)).toEqual([]);
  });

  it("runs exactly the approved arguments, once, after a yes", async () => {
    const bucket = newBucket();
    const { reply } = await era.ask(server, { command: `aws --output 'json' s3 rb s3://${bucket}  --forc` });
    expect(await reply(ACCEPT)).toMatchObject({ status: "success", output: "done\n" });
    expect(ran(bucket)).toEqual([["s3", "rb", `s3://${bucket}`, "--force", "--output=json"]]);
  });

  it.each(ANSWERS_THAT_ARE_NO_YES)("runs nothing after %s", async (_, response) => {
    const bucket = newBucket();
    const { reply } = await era.ask(server, { command: `aws s3 rb s3://${bucket}` });
    const outcome = await Promise.race([reply(response), asksAgain(server, elicitations(server).length)]);
    expect(outcome.status).not.toBe("success");
    expect(ran(bucket)).toEqual([]);
    // It goes on.
    expect(await era.call(server, { command: "aws s3 ls" })).toMatchObject({ status: "success" });
  });

  it("tells a no apart from other refusals", async () => {
    const { reply } = await era.ask(server, { command: `aws s3 rb s3://${newBucket()}` });
    expect(await reply(DECLINE)).toMatchObject({
      status: "error",
      code: "approval-declined",
      hint: "do not send it again; ask the person what to do instead",
    });
  });

  it("asks again after a first call that brings its own answer", async () => {
    const bucket = newBucket();
    const before = elicitations(server).length;
    const call = { command: `aws s3 rb s3://${bucket}` };
    const more = { inputResponses: { approval: ACCEPT } };
    if (era.name.includes("2026")) expect(await era.call(server, call, more)).toMatchObject({ status: "question" });
    else {
      const request = legacyRequest(call, more);
      server.send(request);
      const question = await elicitation(server, before);
      server.send({ jsonrpc: "2.0", id: question.id, result: DECLINE });
      expect(outcomeOf(await server.answer(request.id))).toMatchObject({ code: "approval-declined" });
    }
    expect(ran(bucket)).toEqual([]);
  });

  it("is an error of the protocol with a state that nobody sealed", async () => {
    const bucket = newBucket();
    const isModern = era.name.includes("2026");
    const asking = isModern ? server : start();
    const mine = questionIn(await sendModern(asking, { command: `aws s3 rb s3://${bucket}` })).state;
    const middle = Math.floor(mine.length / 2);
    const states: unknown[] = [
      "yes",
      "",
      foreignLooking(bucket),
      mine.slice(0, -1),
      mine.slice(1),
      `${mine}A`,
      `${mine} `,
      // Of what another server has sealed nobody here can tell whether it was changed.
      ...(isModern ? [`${mine.slice(0, middle)}${mine[middle] === "A" ? "B" : "A"}${mine.slice(middle + 1)}`] : []),
      mine.toUpperCase(),
      ["x"],
      { state: mine },
      5,
      true,
      null,
    ];
    for (const requestState of states) {
      const more = { inputResponses: { approval: ACCEPT }, requestState };
      expect([requestState, (await era.call(server, { command: `aws s3 rb s3://${bucket}` }, more)).code]).toEqual([
        requestState,
        -32602,
      ]);
    }
    expect(ran(bucket)).toEqual([]);
  });

  it("is not answered by what was sealed elsewhere, and says so in words that a model can act on", async () => {
    const bucket = newBucket();
    const command = `aws s3 rb s3://${bucket}`;
    const { state } = questionIn(await sendModern(start(), { command }));
    const more = { inputResponses: { approval: ACCEPT }, requestState: state };
    expect(await era.call(server, { command }, more)).toMatchObject({
      status: "error",
      code: "approval-elsewhere",
      hint: expect.stringMatching(
        /^send the command again without `requestState`.*AWS_MCP_STATE.*AWS_MCP_STATE_KEY_FILE/,
      ),
    });
    expect(ran(bucket)).toEqual([]);
    // Nothing but the answer is refused.
    expect(await era.call(server, { command: "aws s3 ls" }, more)).toMatchObject({ status: "success" });
  });

  it("is none for what is denied, whatever was sent along", async () => {
    for (const command of ["aws iam create-user --user-name x", "aws configure list", "aws s3 ls | sh"]) {
      const outcome = await era.call(server, { command }, { inputResponses: { approval: ACCEPT } });
      expect([command, outcome.status]).toEqual([command, "error"]);
      expect(outcome.code).not.toMatch(/^approval-/);
    }
    expect(ran("create-user")).toEqual([]);
  });

  it("is none from aws_cli_check and aws_cli_read", async () => {
    const bucket = newBucket();
    const before = elicitations(server).length;
    const request = { command: `aws s3 rb s3://${bucket}`, tool: "aws_cli_check" };
    expect(await era.call(server, request)).toMatchObject({ status: undefined, code: undefined });
    expect(await era.call(server, { ...request, tool: "aws_cli_read" })).toMatchObject({ code: "effect-destroy" });
    expect(elicitations(server).length).toBe(before);
  });

  it.each(["file", "fileb"])(
    "shows a %s:// parameter's digest and runs with the content that was approved",
    async (prefix) => {
      const name = `${prefix}-${era.name.length}.json`;
      const [approved, other] = ['{"Allow":"approved"}\n', '{"Allow":"replaced"}\n'];
      writeFileSync(join(workspace, name), approved);
      aws.setDelay(1000);
      try {
        const command =
          prefix === "file"
            ? `aws dynamodb delete-item --table-name t --key file://${name}`
            : `aws lambda update-function-code --function-name f --zip-file fileb://${name}`;
        const { message, reply } = await era.ask(server, { command: command });
        expect(message).toMatch(new RegExp(`^file: ${name} sha256 [0-9a-f]{16}$`, "m"));
        const answer = reply(ACCEPT);
        const deadline = Date.now() + 20_000;
        while (ran(name).length === 0 && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 20));
        writeFileSync(join(workspace, name), other);
        expect(await answer).toMatchObject({ status: "success", output: approved });
        expect(ran(name)).toHaveLength(1);
      } finally {
        aws.setDelay(0);
      }
    },
  );

  it("is refused where its file has changed meanwhile, also to the same length", async () => {
    const name = `swapped-${era.name.length}.zip`;
    for (const content of ["replaced", "longer than before", ""]) {
      writeFileSync(join(workspace, name), "approved");
      const command = `aws lambda update-function-code --function-name f --zip-file fileb://${name}`;
      const { reply } = await era.ask(server, { command });
      writeFileSync(join(workspace, name), content);
      expect((await reply(ACCEPT)).code).toBe("approval-mismatch");
    }
    expect(ran(name)).toEqual([]);
  });
});

const foreignLooking = (bucket: string): string =>
  `${Buffer.from(JSON.stringify([bucket, Date.now(), "n"])).toString("base64url")}.${"A".repeat(43)}`;

/** The next question towards a client of the 2025 era that has answered nonsense. */
const asksAgain = async (server: RawServer, before: number) => {
  await elicitation(server, before);
  return { status: "question", code: undefined, hint: undefined, output: "", warnings: [] };
};

describe("a state of 2026-07-28", () => {
  let server: RawServer;
  beforeAll(() => {
    server = start({ AWS_MCP_ALLOWED_PROFILES: "dev" });
  });

  const ask = async (command: string) => questionIn(await sendModern(server, { command }));
  const answer = async (state: string, command: string, response: unknown = ACCEPT, more = {}) =>
    outcomeOf(
      await sendModern(server, { command, ...more }, { inputResponses: { approval: response }, requestState: state }),
    );

  it("counts once, however often it is sent", async () => {
    const bucket = newBucket();
    const { state } = await ask(`aws s3 rb s3://${bucket}`);
    const codes: unknown[] = [];
    for (let time = 0; time < 3; time++) codes.push((await answer(state, `aws s3 rb s3://${bucket}`)).code);
    expect(codes).toEqual([undefined, "approval-spent", "approval-spent"]);
    expect(ran(bucket)).toHaveLength(1);
  });

  it("counts once when it is sent many times at once", async () => {
    const bucket = newBucket();
    const { state } = await ask(`aws s3 rb s3://${bucket}`);
    const more = { inputResponses: { approval: ACCEPT }, requestState: state };
    const requests = Array.from({ length: 8 }, () => modernRequest({ command: `aws s3 rb s3://${bucket}` }, more));
    server.sendText(requests.map((request) => `${JSON.stringify(request)}\n`).join(""));
    const outcomes = await Promise.all(requests.map(async ({ id }) => outcomeOf(await server.answer(id))));
    expect(outcomes.filter(({ status }) => status === "success")).toHaveLength(1);
    expect(outcomes.filter(({ code }) => code === "approval-spent")).toHaveLength(7);
    expect(ran(bucket)).toHaveLength(1);
  });

  it("is spent by a no", async () => {
    const bucket = newBucket();
    for (const no of [DECLINE, { action: "cancel" }, { action: "accept", content: { approve: false } }]) {
      const { state } = await ask(`aws s3 rb s3://${bucket}`);
      expect((await answer(state, `aws s3 rb s3://${bucket}`, no)).code).toBe("approval-declined");
      expect((await answer(state, `aws s3 rb s3://${bucket}`)).code).toBe("approval-spent");
    }
    expect(ran(bucket)).toEqual([]);
  });

  it("is asked anew where the answer stands under another key, or nowhere", async () => {
    const bucket = newBucket();
    const command = `aws s3 rb s3://${bucket}`;
    for (const inputResponses of [
      { approve: ACCEPT },
      { Approval: ACCEPT },
      {},
      { approval: { roots: [] } },
      { approval: [ACCEPT] },
      { approval: { ...ACCEPT, method: "elicitation/create", result: ACCEPT } },
      { approval: "accept" },
      [ACCEPT],
      "approval",
      { approval: { role: "user", content: { approve: true } } },
      JSON.parse(`{"__proto__": {"approval": ${JSON.stringify(ACCEPT)}}}`),
    ]) {
      const { state } = await ask(command);
      const outcome = outcomeOf(await sendModern(server, { command }, { inputResponses, requestState: state }));
      expect([inputResponses, outcome.status === "question" || outcome.code === -32602]).toEqual([
        inputResponses,
        true,
      ]);
    }
    const { state } = await ask(command);
    expect(outcomeOf(await sendModern(server, { command }, { requestState: state })).status).toBe("question");
    expect(ran(bucket)).toEqual([]);
  });

  it.each([
    ["another bucket", "aws s3 rb s3://BUCKET-2"],
    ["another option", "aws s3 rb s3://BUCKET --force"],
    ["another profile", "aws s3 rb s3://BUCKET --profile dev"],
    ["another region", "aws s3 rb s3://BUCKET --region eu-west-1"],
    ["another operation", "aws s3 rm s3://BUCKET"],
    ["a stage more", "aws s3 rb s3://BUCKET | cat"],
    ["a stage more before", "echo y | aws s3 rb s3://BUCKET"],
  ])("does not count for %s, and is spent", async (_, template) => {
    const bucket = newBucket();
    const { state } = await ask(`aws s3 rb s3://${bucket}`);
    expect((await answer(state, template.replace("BUCKET", bucket))).code).toBe("approval-mismatch");
    expect((await answer(state, `aws s3 rb s3://${bucket}`)).code).toBe("approval-spent");
    expect(ran(bucket)).toEqual([]);
  });

  it("does not count for the tool that only reads, nor for what is denied", async () => {
    const bucket = newBucket();
    const { state } = await ask(`aws s3 rb s3://${bucket}`);
    const reading = await answer(state, `aws s3 rb s3://${bucket}`, ACCEPT, { tool: "aws_cli_read" });
    expect(reading.code).toBe("effect-destroy");
    expect((await answer(state, `aws iam create-user --user-name ${bucket}`)).code).toBe("effect-permissions");
    expect(ran(bucket)).toEqual([]);
  });

  it("does not count for another server with the same settings", async () => {
    const bucket = newBucket();
    const other = start({ AWS_MCP_ALLOWED_PROFILES: "dev" });
    const { state } = questionIn(await sendModern(other, { command: `aws s3 rb s3://${bucket}` }));
    expect((await answer(state, `aws s3 rb s3://${bucket}`)).code).toBe("approval-elsewhere");
    expect(ran(bucket)).toEqual([]);
  });

  it.each([
    ["other quotes", `aws s3 rb 's3://BUCKET' --region "eu-west-2" --force`],
    ["another order", "aws --region eu-west-2 s3 rb --force s3://BUCKET"],
    ["an abbreviation", "aws s3 rb s3://BUCKET --forc --region=eu-west-2"],
    ["more blanks", "  aws   s3 rb s3://BUCKET   --region eu-west-2 --force "],
  ])("counts for the same command with %s: it is over what runs", async (_, template) => {
    const bucket = newBucket();
    const { state } = await ask(`aws s3 rb s3://${bucket} --region eu-west-2 --force`);
    expect(await answer(state, template.replace("BUCKET", bucket))).toMatchObject({ status: "success" });
    expect(ran(bucket)).toEqual([["s3", "rb", `s3://${bucket}`, "--force", "--region=eu-west-2"]]);
  });

  it("counts with another timeout", async () => {
    const bucket = newBucket();
    const { state } = await ask(`aws s3 rb s3://${bucket}`);
    expect(await answer(state, `aws s3 rb s3://${bucket}`, ACCEPT, { timeout: 20 })).toMatchObject({
      status: "success",
    });
  });

  it("does not count once a folder that is sent holds something else", async () => {
    const folder = mkdtempSync(join(workspace, "folder-"));
    const name = folder.split("/").at(-1) ?? "";
    const command = `aws s3 sync ${name} s3://b-${name} --delete`;
    const changes = [
      () => writeFileSync(join(folder, "a.txt"), "2"),
      () => writeFileSync(join(folder, "more.txt"), ""),
      () => rmSync(join(folder, "b.txt")),
    ];
    for (const change of changes) {
      writeFileSync(join(folder, "a.txt"), "1");
      writeFileSync(join(folder, "b.txt"), "1");
      rmSync(join(folder, "more.txt"), { force: true });
      const { state } = await ask(command);
      change();
      expect((await answer(state, command)).code).toBe("approval-mismatch");
    }
    expect(ran(`b-${name}`)).toEqual([]);
    const { state } = await ask(command);
    expect(await answer(state, command)).toMatchObject({ status: "success" });
    expect(ran(`b-${name}`)).toHaveLength(1);
  });
});

describe("a client that can ask nobody", () => {
  const refusal = { status: "error", code: "effect-destroy", hint: expect.stringContaining("AWS_MCP_APPROVAL") };

  it.each<[string, unknown, boolean]>([
    ["nothing", {}, false],
    ["other capabilities", { sampling: {}, roots: {} }, false],
    ["pages alone", { elicitation: { url: {} } }, false],
    ["elicitation", { elicitation: {} }, true],
    ["forms", { elicitation: { form: {} } }, true],
    ["forms and pages", { elicitation: { form: {}, url: {} } }, true],
  ])("with %s: %j is asked: %s", async (_, capabilities, isAsked) => {
    const call = { command: `aws s3 rb s3://${newBucket()}` };
    const modern = start();
    const outcome = outcomeOf(await sendModern(modern, call, {}, capabilities));
    const legacy = start();
    await initializeWith(legacy, capabilities);
    const request = legacyRequest(call);
    legacy.send(request);
    if (isAsked) {
      expect(outcome.status).toBe("question");
      await elicitation(legacy, 0);
    } else {
      expect(outcome).toMatchObject(refusal);
      expect(outcomeOf(await legacy.answer(request.id))).toMatchObject(refusal);
      expect(elicitations(legacy)).toEqual([]);
    }
    expect(ran(call.command.split("/").at(-1) ?? "")).toEqual([]);
  });

  it("is told request by request in 2026-07-28", async () => {
    const server = start();
    const bucket = newBucket();
    const call = { command: `aws s3 rb s3://${bucket}` };
    expect(outcomeOf(await sendModern(server, call, {}, { elicitation: {} })).status).toBe("question");
    expect(outcomeOf(await sendModern(server, call, {}, {}))).toMatchObject(refusal);
    const { state } = questionIn(await sendModern(server, call, {}, { elicitation: {} }));
    const more = { inputResponses: { approval: ACCEPT }, requestState: state };
    expect(outcomeOf(await sendModern(server, call, more, {}))).toMatchObject(refusal);
    expect(ran(bucket)).toEqual([]);
    // That answer was none, so the question still waits for one.
    expect(outcomeOf(await sendModern(server, call, more))).toMatchObject({ status: "success" });
  });
});

describe.each(rawEras)("AWS_MCP_APPROVAL in $name", (era) => {
  const connect = async (settings: Settings): Promise<RawServer> => {
    const server = start(settings);
    await era.connect(server);
    return server;
  };

  it("=client runs with a warning and asks nobody", async () => {
    const server = await connect({ AWS_MCP_APPROVAL: "client" });
    const bucket = newBucket();
    const outcome = await era.call(server, { command: `aws s3 rb s3://${bucket}` });
    expect(outcome).toMatchObject({ status: "success", warnings: [expect.stringContaining("`destroy`")] });
    expect(ran(bucket)).toHaveLength(1);
    expect((await era.call(server, { command: `aws iam create-user --user-name ${bucket}` })).code).toBe(
      "effect-permissions",
    );
    expect([elicitations(server), ran(bucket).length]).toEqual([[], 1]);
  });

  it("=deny refuses and asks nobody", async () => {
    const server = await connect({ AWS_MCP_APPROVAL: "deny" });
    const bucket = newBucket();
    for (const more of [{}, { inputResponses: { approval: ACCEPT } }])
      expect(await era.call(server, { command: `aws s3 rb s3://${bucket}` }, more)).toMatchObject({
        status: "error",
        code: "effect-destroy",
        hint: expect.stringContaining("AWS_MCP_APPROVAL"),
      });
    expect([elicitations(server), ran(bucket)]).toEqual([[], []]);
  });

  it("=elicit asks about a cell that the operator has set to ask", async () => {
    const server = await connect({ AWS_MCP_EFFECTS: "permissions=ask" });
    const { message, reply } = await era.ask(server, { command: `aws iam create-user --user-name ${newBucket()}` });
    expect(message).toMatch(/^effect: permissions/m);
    expect(await reply(ACCEPT)).toMatchObject({ status: "success" });
  });
});

describe("a client of the 2025 era that does not answer", () => {
  const waiting = async (temporary?: string) => {
    const server = start(temporary === undefined ? {} : { TMPDIR: temporary });
    await initializeWith(server, { elicitation: {} });
    const bucket = newBucket();
    const request = legacyRequest({ command: `aws s3 rb s3://${bucket}` });
    server.send(request);
    const question = await elicitation(server, 0);
    return { server, bucket, request, question };
  };

  it("can cancel the call; a later yes is none, and the server goes on", async () => {
    const { server, bucket, request, question } = await waiting();
    server.send({ jsonrpc: "2.0", method: "notifications/cancelled", params: { requestId: request.id } });
    const again = legacyRequest({ command: "aws s3 ls" });
    server.send(again);
    expect(outcomeOf(await server.answer(again.id))).toMatchObject({ status: "success" });
    server.send({ jsonrpc: "2.0", id: question.id, result: ACCEPT });
    await new Promise((resolve) => setTimeout(resolve, 500));
    const last = legacyRequest({ command: "aws s3 ls" });
    server.send(last);
    expect(outcomeOf(await server.answer(last.id))).toMatchObject({ status: "success" });
    expect(ran(bucket)).toEqual([]);
    expect(linesOf(server.out()).filter(({ id }) => id === request.id)).toEqual([]);
    expect(below(server.pid)).toEqual([]);
  });

  it("can answer with an error", async () => {
    const { server, bucket, request, question } = await waiting();
    server.send({ jsonrpc: "2.0", id: question.id, error: { code: -32603, message: "nobody is there" } });
    const { result } = await server.answer(request.id);
    expect(result).toMatchObject({ isError: true });
    expect(ran(bucket)).toEqual([]);
  });

  it("is heard once: what it says after a no is nothing", async () => {
    const { server, bucket, request, question } = await waiting();
    server.send({ jsonrpc: "2.0", id: question.id, result: DECLINE });
    for (let time = 0; time < 3; time++) server.send({ jsonrpc: "2.0", id: question.id, result: ACCEPT });
    expect(outcomeOf(await server.answer(request.id))).toMatchObject({ code: "approval-declined" });
    const last = legacyRequest({ command: "aws s3 ls" });
    server.send(last);
    expect(outcomeOf(await server.answer(last.id))).toMatchObject({ status: "success" });
    expect(ran(bucket)).toEqual([]);
  });

  it("does not mix up two questions: each answer is to its own", async () => {
    const { server, bucket, request, question } = await waiting();
    const other = legacyRequest({ command: `aws s3 rb s3://${bucket}-other` });
    server.send(other);
    const second = await elicitation(server, 1);
    server.send({ jsonrpc: "2.0", id: second.id, result: DECLINE });
    server.send({ jsonrpc: "2.0", id: question.id, result: ACCEPT });
    expect(outcomeOf(await server.answer(request.id))).toMatchObject({ status: "success" });
    expect(outcomeOf(await server.answer(other.id))).toMatchObject({ code: "approval-declined" });
    expect(ran(bucket)).toEqual([["s3", "rb", `s3://${bucket}`]]);
  });

  it.each(["closes its end", "is told to stop"])("leaves nothing behind when the server %s", async (how) => {
    const temporary = mkdtempSync(join(tmpdir(), "approval-gone-"));
    try {
      const { server, bucket } = await waiting(temporary);
      if (how === "closes its end") server.child.stdin.end();
      else server.child.kill("SIGTERM");
      expect(await server.ended).toEqual({ code: 0, signal: null });
      expect(ran(bucket)).toEqual([]);
      expect(readdirSync(temporary)).toEqual([]);
    } finally {
      rmSync(temporary, { recursive: true, force: true });
    }
  });

  it("holds no call's place: more questions than may run at once wait, and others run", async () => {
    const server = start({ AWS_MCP_CONCURRENCY: "1" });
    await initializeWith(server, { elicitation: {} });
    const bucket = newBucket();
    const requests = Array.from({ length: 5 }, () => legacyRequest({ command: `aws s3 rb s3://${bucket}` }));
    for (const request of requests) server.send(request);
    await elicitation(server, 4);
    const other = legacyRequest({ command: "aws s3 ls" });
    server.send(other);
    expect(outcomeOf(await server.answer(other.id))).toMatchObject({ status: "success" });
    expect(ran(bucket)).toEqual([]);
  });
});
