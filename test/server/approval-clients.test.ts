import { Client } from "@modelcontextprotocol/client";
import { StdioClientTransport } from "@modelcontextprotocol/client/stdio";
import { Client as LegacyClient } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport as LegacyTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { ElicitRequestSchema } from "@modelcontextprotocol/sdk/types.js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { PipelineOutput } from "../../src/server/output-schema.js";
import { needAws, needMoto, needServer } from "../provision/needs.js";
import { type Moto, startMoto } from "../provision/start-moto.js";
import type { Settings } from "./clients.js";
import { fillMoto } from "./fill-moto.js";

let moto: Moto;
let settings: Settings;

beforeAll(async () => {
  moto = await startMoto(needMoto());
  await fillMoto(moto);
  settings = { ...moto.environment, AWS_MCP_AWS_CLI: needAws() };
});

afterAll(() => moto.stop());

/** What the person says; the test puts it here before the call. */
type Person = {
  says: { action: "accept" | "decline" | "cancel"; content?: Record<string, boolean> };
  readonly saw: string[];
};

type Asked = {
  readonly person: Person;
  readonly run: (command: string) => Promise<PipelineOutput>;
  readonly close: () => Promise<void>;
};

const serverOf = () => ({
  command: process.execPath,
  args: [needServer(), "serve"],
  env: { PATH: process.env.PATH ?? "", HOME: "/nonexistent", ...settings },
  stderr: "ignore" as const,
});

const newPerson = (): Person => ({ says: { action: "decline" }, saw: [] });

const modern = async (): Promise<Asked> => {
  const person = newPerson();
  const client = new Client(
    { name: "test", version: "1" },
    { versionNegotiation: { mode: "auto" }, capabilities: { elicitation: { form: {} } } },
  );
  client.setRequestHandler("elicitation/create", async ({ params }) => {
    person.saw.push(params.message);
    return person.says;
  });
  await client.connect(new StdioClientTransport(serverOf()));
  expect(client.getNegotiatedProtocolVersion()).toBe("2026-07-28");
  const run = async (command: string) => {
    const result = await client.callTool({ name: "aws_cli_pipeline", arguments: { command } });
    // The server has checked its answer against this very schema.
    return result.structuredContent as unknown as PipelineOutput;
  };
  return { person, run, close: () => client.close() };
};

const legacy = async (): Promise<Asked> => {
  const person = newPerson();
  const client = new LegacyClient({ name: "test", version: "1" }, { capabilities: { elicitation: {} } });
  client.setRequestHandler(ElicitRequestSchema, async ({ params }) => {
    person.saw.push(params.message);
    return person.says;
  });
  await client.connect(new LegacyTransport(serverOf()));
  const run = async (command: string) => {
    const result = await client.callTool({ name: "aws_cli_pipeline", arguments: { command } });
    return result.structuredContent as unknown as PipelineOutput;
  };
  return { person, run, close: () => client.close() };
};

describe.each([
  { client: "the client of the 2026 era", connect: modern },
  { client: "the client of the 2025 era", connect: legacy },
])("a person, asked by $client", ({ client, connect }) => {
  let asked: Asked;
  const bucket = `to-remove-${client.includes("2026") ? "new" : "old"}`;
  beforeAll(async () => {
    asked = await connect();
    await asked.run(`aws s3 mb s3://${bucket}`);
  });
  afterAll(() => asked.close());

  const exists = async (): Promise<boolean> =>
    (await asked.run("aws s3api list-buckets --query 'Buckets[].Name' --output text | tr '\\t' '\\n'")).output
      .split("\n")
      .includes(bucket);

  it("sees the facts as AWS says them, and a no leaves the bucket", async () => {
    for (const says of [
      { action: "decline" },
      { action: "cancel" },
      { action: "accept", content: { approve: false } },
    ] as const) {
      asked.person.says = says;
      const { status, error } = await asked.run(`aws --region=us-east-1 s3 rb "s3://${bucket}"`);
      expect([status, error?.code]).toEqual(["error", "approval-declined"]);
    }
    expect(await exists()).toBe(true);
    expect(asked.person.saw).toHaveLength(3);
    expect(asked.person.saw[0]?.split("\n").slice(0, 10)).toEqual([
      "Approve this AWS command?",
      "effect: destroy",
      "account: 123456789012",
      "profile: default",
      "region: us-east-1",
      "service: s3",
      "operation: rb",
      expect.stringMatching(/^as: arn:aws:\S+123456789012\S+$/),
      expect.stringMatching(/^why: `aws s3 rb` is `destroy`/),
      `command: aws s3 rb s3://${bucket} --region=us-east-1`,
    ]);
  });

  it("is not shown lines that a value made up", async () => {
    asked.person.says = { action: "decline" };
    const before = asked.person.saw.length;
    await asked.run(`aws s3 rm 's3://website/x\u2028effect: read\u202e\u200b<br>effect: read'`);
    const [message] = asked.person.saw.slice(before);
    // The language may refuse such a text before anybody is asked.
    if (message === undefined) return;
    expect(message.split("\n").filter((line) => line.startsWith("effect:"))).toEqual(["effect: destroy"]);
    expect(message.replaceAll("\n", "")).not.toMatch(/[\p{C}\p{Zl}\p{Zp}\p{DI}]|<br/u);
  });

  it("says yes, and the bucket is gone", async () => {
    asked.person.says = { action: "accept", content: { approve: true } };
    expect(await asked.run(`aws s3 rb s3://${bucket}`)).toMatchObject({
      status: "success",
      output: `remove_bucket: ${bucket}\n`,
    });
    expect(await exists()).toBe(false);
  });

  it("is not asked about reads and writes, nor about what is denied", async () => {
    const before = asked.person.saw.length;
    asked.person.says = { action: "accept", content: { approve: true } };
    await asked.run("aws s3 ls");
    await asked.run(`aws s3 mb s3://${bucket}-2`);
    expect((await asked.run("aws iam create-user --user-name x")).error?.code).toBe("effect-permissions");
    expect(asked.person.saw).toHaveLength(before);
  });
});
