import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type HttpServer, startHttpServer } from "../http/start-http-server.js";
import { needAws, needMoto } from "../provision/needs.js";
import { type Moto, startMoto } from "../provision/start-moto.js";
import type { Settings } from "../server/clients.js";
import { type Era, inspect, overHttp, overStdio, type Target } from "./inspector.js";

let moto: Moto;
let settings: Settings = {};
let http: HttpServer;
let sse: HttpServer;
beforeAll(async () => {
  moto = await startMoto(needMoto());
  settings = { ...moto.environment, AWS_MCP_AWS_CLI: needAws() };
  [http, sse] = await Promise.all([
    startHttpServer(settings),
    startHttpServer({ ...settings, AWS_MCP_TRANSPORT: "sse" }),
  ]);
});
afterAll(() => Promise.all([http.stop(), sse.stop(), moto.stop()]));

type Way = { readonly transport: string; readonly era: Era; readonly target: () => Target };

const overStreamableHttp = (): Target => overHttp("http", http.url, http.token);

const ways: readonly Way[] = [
  { transport: "stdio", era: "legacy", target: () => overStdio(settings) },
  { transport: "streamable-http", era: "legacy", target: overStreamableHttp },
  { transport: "streamable-http", era: "modern", target: overStreamableHttp },
  { transport: "sse", era: "legacy", target: () => overHttp("sse", sse.url, sse.token) },
];

const command = (text: string): string => JSON.stringify({ command: text });

describe.each(ways)("the inspector over $transport, $era era", ({ era, target }) => {
  it("lists the tools and finds no schema that clients cannot use", async () => {
    expect(await inspect(target(), era, "tools/list", "--strict")).toMatchObject({
      tools: ["aws_cli_help", "aws_cli_pipeline", "aws_cli_read", "aws_cli_check"].map((name) => ({ name })),
    });
  });

  it("lists the resources and the templates, and reads one", async () => {
    expect(await inspect(target(), era, "resources/list")).toMatchObject({
      resources: expect.arrayContaining([expect.objectContaining({ uri: "awspipe://policy" })]),
    });
    expect(await inspect(target(), era, "resources/templates/list")).toMatchObject({
      resourceTemplates: expect.arrayContaining([expect.objectContaining({ uriTemplate: "awspipe://result/{id}" })]),
    });
    expect(await inspect(target(), era, "resources/read", "--uri", "awspipe://policy")).toMatchObject({
      contents: [{ uri: "awspipe://policy", mimeType: "application/json", text: expect.stringContaining('"strict"') }],
    });
  });

  it("lists the prompts and gets one", async () => {
    expect(await inspect(target(), era, "prompts/list")).toMatchObject({
      prompts: expect.arrayContaining([expect.objectContaining({ name: "security_audit" })]),
    });
    const prompt = ["--prompt-name", "security_audit", "--prompt-args", "service=s3"];
    expect(await inspect(target(), era, "prompts/get", ...prompt)).toMatchObject({
      messages: [{ role: "user", content: { type: "text", text: expect.stringContaining("`s3`") } }],
    });
  });

  it("has a command checked", async () => {
    const call = ["--tool-name", "aws_cli_check", "--tool-args-json", command("aws s3 ls | head -3")];
    expect(await inspect(target(), era, "tools/call", ...call)).toMatchObject({
      structuredContent: {
        verdict: "allow",
        canonical: [
          ["aws", "s3", "ls"],
          ["head", "--lines=3"],
        ],
      },
    });
  });

  it("runs a pipeline", async () => {
    const text = "aws sts get-caller-identity | jq -r .Account";
    const call = ["--tool-name", "aws_cli_pipeline", "--tool-args-json", command(text)];
    expect(await inspect(target(), era, "tools/call", ...call)).toMatchObject({
      isError: false,
      structuredContent: { status: "success", output: "123456789012\n" },
    });
  });

  it("gets a refusal as the tool's own error", async () => {
    const call = ["--tool-name", "aws_cli_pipeline", "--tool-args-json", command("rm -rf /")];
    expect(await inspect(target(), era, "tools/call", ...call)).toMatchObject({
      isError: true,
      structuredContent: { status: "error", error: { kind: "refusal", code: "unknown-utility" } },
    });
  });
});

describe.each([
  { transport: "http", era: "legacy", server: () => http },
  { transport: "http", era: "modern", server: () => http },
  { transport: "sse", era: "legacy", server: () => sse },
] as const)("the inspector over $transport, $era era, without a valid token", ({ transport, era, server }) => {
  it.each([
    { sent: "no token", token: undefined },
    { sent: "another's token", token: "x".repeat(43) },
  ])("is told to authenticate when it sends $sent", async ({ token }) => {
    const target = overHttp(transport, server().url, token);
    expect(await inspect(target, era, "tools/list")).toEqual({ error: { code: "auth_required" } });
  });
});
