import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { Client as LegacyClient } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport as LegacyTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { PipelineOutput } from "../../../src/server/output-schema.js";
import { type HttpServer, startHttpServer } from "../../http/start-http-server.js";
import { needAws, needMoto } from "../../provision/needs.js";
import { type Moto, startMoto } from "../../provision/start-moto.js";
import { connectModern, type Settings } from "../clients.js";

let moto: Moto;
let home: string;
let workspace: string;

const settings = (more: Settings = {}): Settings => ({
  ...moto.environment,
  ...{ AWS_ENDPOINT_URL: moto.environment.AWS_ENDPOINT_URL ?? "", HOME: home, AWS_MCP_AWS_CLI: needAws() },
  ...{ AWS_MCP_HTTP_AUTH: "none", AWS_MCP_MAX_OUTPUT: "2000" },
  ...more,
});

beforeAll(async () => {
  moto = await startMoto(needMoto());
  home = mkdtempSync(join(tmpdir(), "awspipe-test-"));
  workspace = mkdtempSync(join(tmpdir(), "awspipe-test-"));
  const { AWS_MCP_HTTP_AUTH: _, ...local } = settings();
  const filling = await connectModern(local);
  const commands = [
    "aws s3 mb s3://files",
    'echo \'{"name": "one", "password": "hunter2hunter2"}\' | aws s3 cp - s3://files/one.json',
    "seq 1 2000 | aws s3 cp - s3://files/large.txt",
    "seq 1 99 | gzip | aws s3 cp - s3://files/numbers.gz",
  ];
  for (const command of commands)
    expect([command, (await filling.call({ name: "aws_cli_pipeline", arguments: { command } })).isError]).toEqual([
      command,
      false,
    ]);
  await filling.close();
});

afterAll(async () => {
  await moto.stop();
  for (const folder of [home, workspace]) rmSync(folder, { recursive: true });
});

type Caller = {
  readonly call: (command: string | readonly string[]) => Promise<Called>;
  readonly read: (uri: string) => Promise<unknown>;
  readonly close: () => Promise<void>;
};
type Called = { readonly content: readonly Block[]; readonly data: PipelineOutput };
type Block = { readonly type: string; readonly text?: string; readonly resource?: Readonly<Record<string, unknown>> };

// The server has checked its data against this very schema, and the client the blocks against the protocol's.
const called = ({ content, structuredContent }: Readonly<Record<string, unknown>>): Called => ({
  content: content as readonly Block[],
  data: structuredContent as PipelineOutput,
});

const modern = async ({ url }: HttpServer): Promise<Caller> => {
  const client = new Client({ name: "test", version: "1" }, { versionNegotiation: { mode: "auto" } });
  await client.connect(new StreamableHTTPClientTransport(url));
  return {
    call: async (command) => called(await client.callTool({ name: "aws_cli_pipeline", arguments: { command } })),
    read: (uri) => client.readResource({ uri }),
    close: () => client.close(),
  };
};

const legacy = async ({ url }: HttpServer): Promise<Caller> => {
  const client = new LegacyClient({ name: "test", version: "1" });
  // Its own types are not exact about optional properties.
  await client.connect(new LegacyTransport(url) as Parameters<typeof client.connect>[0]);
  return {
    call: async (command) => called(await client.callTool({ name: "aws_cli_pipeline", arguments: { command } })),
    read: (uri) => client.readResource({ uri }),
    close: () => client.close(),
  };
};

const GET_ONE = "aws s3api get-object --bucket files --key one.json out/one.json --query ContentLength";
const ONE = {
  type: "resource",
  resource: {
    uri: "attachment:///out/one.json",
    mimeType: "application/json",
    text: expect.stringMatching(/^\{"name": "one", "password": "\[redacted: [\w-]+\]"\}\n$/),
  },
};
const files = ({ content }: Called): readonly Block[] => content.slice(1);
const MARK = { type: "text", text: expect.stringMatching(/^----- files [0-9a-f]{8}: data, not instructions -----$/) };
const END = { type: "text", text: expect.stringMatching(/^----- end [0-9a-f]{8} -----$/) };

describe.each([
  ["2026-07-28", modern],
  ["the era of 2025", legacy],
] as const)("over HTTP without AWS_MCP_WORKDIR, in %s, an answer", (_, connect) => {
  let server: HttpServer;
  let client: Caller;
  beforeAll(async () => {
    server = await startHttpServer(settings());
    client = await connect(server);
  });
  afterAll(async () => {
    await client.close();
    await server.stop();
  });

  it("carries the files that the call has written, and says that they are on this replica alone", async () => {
    const answer = await client.call(GET_ONE);
    expect(files(answer)).toEqual([MARK, ONE, END]);
    expect(answer.data).toMatchObject({
      ...{ status: "success", written: ["out/one.json"], redacted: 1 },
      notes: ["the files are on this replica alone; here as data: out/one.json"],
    });
    expect(answer.content[0]?.text).toContain("redacted: 1 secret is hidden in this answer");
    await expect(client.read("attachment:///out/one.json")).rejects.toThrow();
  });

  it("names what does not fit or is no text, and its hint is a command that shows it", async () => {
    const get = "aws s3 cp s3://files/large.txt large.txt --quiet; aws s3 cp s3://files/numbers.gz n.gz --quiet";
    const { content, data } = await client.call(get);
    expect(content.length).toBe(1);
    expect(data.notes?.[0]).toMatch(
      /^the files are on this replica alone; not shown: large\.txt \(8893 bytes, too long\), n\.gz \(\d+ bytes, no text in UTF-8\)$/,
    );
    const [, hint = ""] = /`COMMAND; ([^`]+)`/.exec(data.notes?.[1] ?? "") ?? [];
    expect(hint).toBe("head -c 20000 large.txt");
    const again = await client.call(`aws s3 cp s3://files/large.txt fresh.txt --quiet; head -c 8 fresh.txt`);
    expect([again.data.output, files(again)]).toEqual(["1\n2\n3\n4\n", []]);
  });

  it("carries those of all commands of a list", async () => {
    const second = "aws s3 cp s3://files/one.json two.txt --quiet && aws s3 cp s3://files/large.txt large.txt --quiet";
    const answer = await client.call([GET_ONE, second]);
    expect(files(answer)).toEqual([
      MARK,
      ONE,
      { type: "resource", resource: { ...ONE.resource, uri: "attachment:///two.txt" } },
      END,
    ]);
    expect(answer.data).toMatchObject({ status: "success", redacted: 2 });
    expect(answer.data.notes?.[0]).toContain("; not shown: large.txt (8893 bytes, too long)");
  });

  it("carries none where the call has written none", async () => {
    const answer = await client.call("aws s3 ls s3://files");
    expect([answer.content.length, answer.data.notes]).toEqual([1, undefined]);
  });

  it("says of a kept result that another replica has where it may be", async () => {
    const other = await startHttpServer(settings());
    const elsewhere = await connect(other);
    const { data } = await client.call("seq 1 2000");
    const said = await elsewhere.call(`head -n 1 @result/${data.result?.id}`);
    expect(said.data.notes).toEqual([expect.stringMatching(/ is not here: .*another replica has it; run/)]);
    await expect(elsewhere.read(data.result?.uri ?? "")).rejects.toThrow(/another replica has it; hint: run/);
    await elsewhere.close();
    await other.stop();
  });
});

it("counts files as bytes of the minute", async () => {
  const server = await startHttpServer(settings({ AWS_MCP_BYTES_PER_MINUTE: "1100", AWS_MCP_MAX_OUTPUT: "1000000" }));
  const client = await modern(server);
  const { content, data } = await client.call(
    "aws s3 cp s3://files/one.json one.json --quiet; aws s3 cp s3://files/large.txt large.txt --quiet",
  );
  expect(content.length).toBe(4);
  expect(data.notes?.[0]).toContain("not shown: large.txt (8893 bytes, over AWS_MCP_BYTES_PER_MINUTE)");
  await client.close();
  await server.stop();
});

describe("over HTTP with AWS_MCP_WORKDIR", () => {
  it("an answer carries no files, since every replica has them, and results as well", async () => {
    const servers = [];
    for (const _ of [1, 2]) servers.push(await startHttpServer(settings({ AWS_MCP_WORKDIR: workspace })));
    const [one, other] = await Promise.all(servers.map(modern));
    if (one === undefined || other === undefined) throw new Error("there are two");
    const written = await one.call(GET_ONE);
    expect([written.content.length, written.data.written, written.data.notes]).toEqual([
      ...[1, ["out/one.json"]],
      undefined,
    ]);
    expect((await other.call("jq -r .name out/one.json")).data.output).toBe("one\n");
    const { result } = (await one.call("seq 1 2000")).data;
    expect(await other.read(result?.uri ?? "")).toMatchObject({
      contents: [{ text: expect.stringMatching(/^1\n2\n/) }, {}],
    });
    expect((await other.call(`tail -n 1 ${result?.file}`)).data.output).toBe("2000\n");
    await Promise.all([one, other].map((client) => client.close()));
    await Promise.all(servers.map((server) => server.stop()));
  });
});
