import { rmSync } from "node:fs";
import { dirname } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { withCommand } from "../server/processes.js";
import { makeSlowAws } from "../server/slow-aws.js";
import { UNCONFINED } from "../unconfined.js";
import { LEGS, type Reached } from "./session-legs.js";
import { makeTokens, type Tokens } from "./session-tokens.js";
import { until } from "./session-until.js";
import { type HttpServer, startHttpServer } from "./start-http-server.js";

let tokens: Tokens;
let slowAws: string;

beforeAll(() => {
  tokens = makeTokens();
  slowAws = makeSlowAws();
});

afterAll(() => {
  tokens.remove();
  rmSync(dirname(slowAws), { recursive: true, force: true });
});

describe.each(LEGS)("over $name, a client", ({ settings, connect, name }) => {
  let server: HttpServer;
  let reached: Reached;

  beforeAll(async () => {
    server = await startHttpServer({
      ...{ AWS_ACCESS_KEY_ID: "testing", AWS_SECRET_ACCESS_KEY: "testing", AWS_MCP_AWS_CLI: slowAws },
      ...{ ...UNCONFINED, ...tokens.settings, AWS_MCP_MAX_OUTPUT: "200", ...settings },
    });
    reached = await connect(server.url, tokens.alice);
  });

  afterAll(async () => {
    await reached.close();
    expect(await server.stop()).toBe(0);
  });

  it("speaks the protocol of its leg", () => {
    const expected = name.startsWith("2026") ? "2026-07-28" : name.includes("2.x") ? "2025-11-25" : undefined;
    expect(reached.protocol).toBe(expected);
  });

  it("finds the tools, resources and prompts, and completes their arguments", async () => {
    const { client } = reached;
    expect((await client.listTools()).tools.map((tool) => tool.name)).toEqual([
      "aws_cli_help",
      "aws_cli_pipeline",
      "aws_cli_read",
      "aws_cli_check",
    ]);
    expect((await client.listResources()).resources.map(({ uri }) => uri)).toContain("awspipe://policy");
    const policy = (await client.readResource({ uri: "awspipe://policy" })).contents[0];
    expect(policy).toMatchObject({ text: expect.stringContaining('"strict"') });
    expect((await client.listPrompts()).prompts.length).toBeGreaterThan(10);
    expect((await client.getPrompt({ name: "security_audit", arguments: { service: "s3" } })).messages).toHaveLength(1);
    const ref = { type: "ref/prompt" as const, name: "security_audit" };
    const { completion } = await client.complete({ ref, argument: { name: "service", value: "dynamodbs" } });
    expect(completion.values).toEqual(["dynamodbstreams"]);
  });

  it("runs commands, many at a time, and each gets its own answer", async () => {
    const numbers = Array.from({ length: 20 }, (_, index) => `${index}`);
    const answers = await Promise.all(numbers.map((number) => reached.run(`echo ${number} | cat`)));
    expect(answers.map(({ output }) => output)).toEqual(numbers.map((number) => `${number}\n`));
  });

  it("reads what an earlier call of its own has kept", async () => {
    const { result } = await reached.run(`echo ${"abcdefghi ".repeat(40)}`);
    const { output } = await reached.run(`cat ${result?.file} | wc -c`);
    expect(output.trim()).toBe("400");
  });

  it("hears of progress in a long call, and gets its answer", async () => {
    const reports: number[] = [];
    const { status } = await reached.run("aws ec2 describe-regions --cli-read-timeout=4", {
      onprogress: ({ progress }) => reports.push(progress),
    });
    expect(status).toBe("success");
    expect(reports.length).toBeGreaterThanOrEqual(2);
  });

  it("ends a run when it leaves", async () => {
    const leaving = await connect(server.url, tokens.alice);
    const called = leaving.run("aws ec2 describe-availability-zones | cat").catch(() => undefined);
    await until(() => withCommand(slowAws).length > 0);
    await leaving.close();
    await until(() => withCommand(slowAws).length === 0);
    await called;
  });

  // Where each message stands for itself nobody knows which call another one means to cancel.
  if (name.startsWith("no sessions")) return;

  it("ends a run when it cancels the call, and can go on", async () => {
    const stop = new AbortController();
    const called = reached.run("aws ec2 describe-availability-zones | cat", { signal: stop.signal });
    await until(() => withCommand(slowAws).length > 0);
    stop.abort();
    await expect(called).rejects.toThrow();
    await until(() => withCommand(slowAws).length === 0);
    expect((await reached.run("echo on")).output).toBe("on\n");
  });
});
