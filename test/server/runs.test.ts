import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { UNCONFINED } from "../unconfined.js";
import { type Connection, connectLegacy, connectModern } from "./clients.js";
import { withCommand } from "./processes.js";
import { handshake, linesOf, pipelineCall, type RawServer, startRawServer } from "./raw-server.js";
import { makeSlowAws } from "./slow-aws.js";

const keys = { AWS_ACCESS_KEY_ID: "testing", AWS_SECRET_ACCESS_KEY: "canary-secret-key" };

let slowAws: string;
let temporary: string;

beforeAll(() => {
  slowAws = makeSlowAws();
  temporary = mkdtempSync(join(tmpdir(), "serve-test-"));
});

afterAll(() => {
  for (const folder of [dirname(slowAws), temporary]) rmSync(folder, { recursive: true, force: true });
});

const settings = () => ({ ...keys, AWS_MCP_AWS_CLI: slowAws, ...UNCONFINED, TMPDIR: temporary });

describe.each([
  { client: "the client of the 2026 era", connect: connectModern },
  { client: "the client of the 2025 era", connect: connectLegacy },
])("a run under way, with $client", ({ connect }) => {
  let server: Connection;
  beforeAll(async () => {
    server = await connect(settings());
  });
  afterAll(() => server.close());

  it("is stopped at its deadline", async () => {
    const call = { name: "aws_cli_pipeline", arguments: { command: "aws ec2 describe-regions | cat", timeout: 1 } };
    const { isError, data } = await server.call(call);
    expect(isError).toBe(true);
    expect(data).toMatchObject({
      status: "error",
      output: "started\n",
      stages: [{ name: "aws", signal: "SIGTERM" }, { name: "cat" }],
      error: {
        kind: "failure",
        code: "deadline",
        message: "the call took longer than its deadline and was stopped",
        hint: "what it changes may have happened, so look before you send a change again; ask for less, as with `--max-items 100`, or give a larger `timeout`",
      },
    });
    expect(withCommand(slowAws)).toEqual([]);
  });

  it("reports progress when it takes longer than two seconds and the client asked", async () => {
    const reports: { progress: number; total?: number | undefined }[] = [];
    const call = {
      name: "aws_cli_pipeline",
      arguments: { command: "aws ec2 describe-regions --cli-read-timeout=4", timeout: 30 },
    };
    const { isError } = await server.call(call, { onprogress: (report) => reports.push(report) });
    expect(isError).toBe(false);
    expect(reports.length).toBeGreaterThanOrEqual(2);
    expect(reports.every(({ progress, total }) => progress >= 2 && total === 30)).toBe(true);
    expect(reports.map(({ progress }) => progress)).toEqual(
      reports.map(({ progress }) => progress).sort((a, b) => a - b),
    );
  });

  it("reports none when it is short", async () => {
    const reports: unknown[] = [];
    const call = { name: "aws_cli_pipeline", arguments: { command: "echo a" } };
    await server.call(call, { onprogress: (report) => reports.push(report) });
    expect(reports).toEqual([]);
  });

  it("is killed when the client cancels the call", async () => {
    const stop = new AbortController();
    const call = { name: "aws_cli_pipeline", arguments: { command: "aws ec2 describe-availability-zones | cat" } };
    const called = server.call(call, { signal: stop.signal });
    await until(() => withCommand(slowAws).length > 0);
    stop.abort();
    await expect(called).rejects.toThrow();
    await until(() => withCommand(slowAws).length === 0);
  });
});

describe("the server", () => {
  it.each([
    ["the end of its input", (server: RawServer) => server.child.stdin.end()],
    ["SIGTERM", (server: RawServer) => server.child.kill("SIGTERM")],
    ["SIGINT", (server: RawServer) => server.child.kill("SIGINT")],
    ["SIGHUP", (server: RawServer) => server.child.kill("SIGHUP")],
  ])("ends runs and exits with 0 within two seconds at %s, and leaves nothing behind", async (_, stop) => {
    const server = startRawServer(settings());
    await handshake(server);
    server.send(pipelineCall(1, "aws ec2 describe-availability-zones | cat"));
    await until(() => withCommand(slowAws).length > 0);
    const stopped = Date.now();
    stop(server);
    const { code, signal } = await server.ended;
    expect(Date.now() - stopped).toBeLessThan(2000);
    expect({ code, signal }).toEqual({ code: 0, signal: null });
    expect(withCommand(slowAws)).toEqual([]);
    expect(readdirSync(temporary)).toEqual([]);
  });

  it("writes nothing but JSON-RPC to stdout, and to stderr JSON lines, which show no argument but those of the audit log", async () => {
    const server = startRawServer(settings());
    await handshake(server);
    const commands = [
      "echo canary-one | cat",
      "echo canary-two; id",
      "aws iam create-user --user-name canary-three",
      "aws s3 ls --profile canary-four",
      "aws x describe-regions --canary-five=canary-six",
      "aws ec2 describe-regions --query 'canary-seven['",
      "aws dynamodb put-item --table-name canary-eight --item file://canary-nine.json",
      "aws s3 cp canary-ten.txt s3://canary-eleven/",
      "aws ec2 describe-regions --cli-read-timeout=0 --region-names canary-six",
      "cat canary-seven.txt",
      "jq canary-eight",
    ];
    for (const [index, command] of commands.entries()) {
      server.send(pipelineCall(index + 1, command));
      await server.answer(index + 1);
    }
    server.send({
      jsonrpc: "2.0",
      id: 50,
      method: "tools/call",
      params: { name: "aws_cli_help", arguments: { service: "canary-nine!" } },
    });
    await server.answer(50);
    server.child.stdin.end();
    await server.ended;
    const messages = linesOf(server.out());
    expect(messages.length).toBe(commands.length + 2);
    expect(messages.every(({ jsonrpc }) => jsonrpc === "2.0")).toBe(true);
    const logged = linesOf(server.errors());
    expect(logged.length).toBeGreaterThanOrEqual(2);
    expect(logged.every(({ time, event }) => typeof time === "string" && typeof event === "string")).toBe(true);
    const audited = logged.filter(({ audit }) => audit === 1);
    expect(audited.map(({ asked }) => asked).slice(0, commands.length)).toEqual(commands);
    expect(audited.length).toBe(commands.length + 1);
    expect(JSON.stringify(logged.filter(({ audit }) => audit !== 1))).not.toMatch(/canary/);
    expect(server.errors()).not.toContain(keys.AWS_SECRET_ACCESS_KEY);
  });

  it("answers unknown methods, and goes on after lines that are no messages", async () => {
    const server = startRawServer(settings());
    await handshake(server);
    server.sendText("{canary\n\n[]\nnull\n\u0000\n");
    server.send({ jsonrpc: "2.0", id: 1, method: "no/such/method" });
    expect(await server.answer(1)).toEqual({
      jsonrpc: "2.0",
      id: 1,
      error: { code: -32601, message: "Method not found" },
    });
    server.send(pipelineCall(2, "echo still here"));
    expect(await server.answer(2)).toMatchObject({ result: { structuredContent: { output: "still here\n" } } });
    server.child.stdin.end();
    expect(await server.ended).toMatchObject({ code: 0 });
    expect(linesOf(server.errors()).length).toBeGreaterThan(0);
    expect(server.errors()).not.toMatch(/canary/);
  });

  it("cuts the output and keeps the rest for the next call", async () => {
    const server = startRawServer({ ...settings(), AWS_MCP_MAX_OUTPUT: "20" });
    await handshake(server);
    server.send(pipelineCall(1, "echo 0123456789 abcdefghij klmnop"));
    const { result } = await server.answer(1);
    expect(result).toMatchObject({
      isError: false,
      structuredContent: { status: "success", output: "0123456789 abcdefghi", dropped: { bytes: 9, exact: true } },
    });
    const { structuredContent, content } = result as {
      structuredContent: { result: { file: string } };
      content: { text: string }[];
    };
    const hint = /hint: read on with `([^`]*)`/.exec(content[0]?.text ?? "")?.[1] ?? "";
    expect(hint).toContain(structuredContent.result.file);
    server.send(pipelineCall(2, hint));
    expect(await server.answer(2)).toMatchObject({ result: { structuredContent: { output: "j klmnop\n" } } });
    server.child.stdin.end();
    await server.ended;
  });

  it.each([
    [{ AWS_MCP_TIMOUT: "5" }, /AWS_MCP_TIMOUT/],
    [{ AWS_MCP_TIMEOUT: "0" }, /AWS_MCP_TIMEOUT=0/],
    [{ AWS_MCP_TIMEOUT: "5s" }, /AWS_MCP_TIMEOUT=5s/],
    [{ AWS_MCP_MAX_OUTPUT: "-1" }, /AWS_MCP_MAX_OUTPUT/],
    [{ AWS_MCP_SECURITY_MODE: "lax" }, /AWS_MCP_SECURITY_MODE/],
    [{ AWS_MCP_SANDBOX: "on" }, /AWS_MCP_SANDBOX/],
    [{ AWS_MCP_TRANSPORT: "websocket" }, /AWS_MCP_TRANSPORT/],
    [{ AWS_MCP_AWS_CLI: "aws" }, /AWS_MCP_AWS_CLI/],
    [{ AWS_MCP_WORKDIR: "here" }, /AWS_MCP_WORKDIR/],
    [{ AWS_MCP_WORKDIR: "/no/such/directory" }, /\/no\/such\/directory/],
    [{ AWS_MCP_ALLOWED_PROFILES: "a,,b" }, /AWS_MCP_ALLOWED_PROFILES/],
    [{ AWS_MCP_ALLOW_V1: "yes" }, /AWS_MCP_ALLOW_V1/],
    [{ AWS_MCP_ALLOWED_TARGETS: "ours,--x" }, /AWS_MCP_ALLOWED_TARGETS/],
    [{ AWS_MCP_CONCURRENCY: "0" }, /AWS_MCP_CONCURRENCY/],
  ] as const)("does not start with %j and says which setting it is", async (wrong, says) => {
    const server = startRawServer({ ...settings(), ...wrong });
    expect(await server.ended).toMatchObject({ code: 1, signal: null });
    expect(server.errors()).toMatch(says);
    expect(server.out()).toBe("");
    expect(readdirSync(temporary)).toEqual([]);
  });

  it("takes no arguments", async () => {
    const server = startRawServer(settings(), ["serve", "--debug"]);
    expect(await server.ended).toMatchObject({ code: 1 });
    expect(server.out()).toBe("");
  });
});

const until = async (found: () => boolean): Promise<void> => {
  for (const deadline = Date.now() + 10_000; !found(); ) {
    if (Date.now() > deadline) throw new Error("waited in vain");
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
};
