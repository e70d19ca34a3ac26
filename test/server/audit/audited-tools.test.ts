import { Client } from "@modelcontextprotocol/client";
import { InMemoryTransport } from "@modelcontextprotocol/server";
import { serveStdio } from "@modelcontextprotocol/server/stdio";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { refusedCalls } from "../../../src/server/audit/refused-calls.js";
import { createServer } from "../../../src/server/create-server.js";
import { serverParts } from "../../../src/server/server-parts.js";
import { readSettings } from "../../../src/settings.js";
import { needAws, needMoto } from "../../provision/needs.js";
import { type Moto, startMoto } from "../../provision/start-moto.js";
import { type AuditBench, auditBench, type Line } from "./audit-bench.js";

let moto: Moto;
let audit: AuditBench;
let client: Client;
const BOB = { name: "token:bob", access: "write" } as const;

/** A client of a server with every tool and resource, whose calls are written down. */
beforeAll(async () => {
  moto = await startMoto(needMoto());
  audit = auditBench({ cli: needAws(), operator: moto.environment });
  const { bench, log } = audit;
  const engine = audit.audited(bench.engine, BOB);
  const note = { audit: log, principal: BOB, book: bench.book, policy: engine.policy, now: Date.now };
  const parts = {
    ...serverParts({ ...bench, engine }, readSettings({ AWS_MCP_MAX_FAN_OUT: "4" }), bench.machine.operator),
    noteRefused: refusedCalls(note),
  };
  const [mine, its] = InMemoryTransport.createLinkedPair();
  serveStdio(() => createServer(parts), { transport: its });
  client = new Client({ name: "test", version: "1" }, { versionNegotiation: { mode: "auto" } });
  await client.connect(mine);
});

afterAll(async () => {
  await client.close();
  audit.remove();
  await moto.stop();
});

beforeEach(() => void audit.newLines());

const tool = (name: string, args: Readonly<Record<string, unknown>>) =>
  client.callTool({ name, arguments: { ...args } });

const brief = ({ kind, request, status, code, asked, profiles, regions }: Line) => ({
  ...{ kind, status, code, asked, hasRequest: typeof request === "string" && request !== "" },
  ...(profiles === undefined ? {} : { profiles }),
  ...(regions === undefined ? {} : { regions }),
});

const lines = () => audit.newLines().map(brief);

const ok = { status: "ok", code: "", hasRequest: true };
const refused = { kind: "tool", status: "refused", hasRequest: true };

describe("the tools of a server that is audited", () => {
  it("leave the secret that they store in AWS and nowhere else", async () => {
    const command = "aws secretsmanager create-secret --name app/db --secret-string 'Tr0ub4dor&3x' --query Name";
    await tool("aws_cli_pipeline", { command });
    const [line, ...more] = audit.newLines();
    expect(more).toEqual([]);
    expect(line).toMatchObject({
      ...{ kind: "run", status: "ok", effects: ["write"], exits: [[0]], principal: "token:bob" },
      asked: "aws secretsmanager create-secret --name app/db --secret-string *** --query Name",
      canonical: [["aws", "secretsmanager", "create-secret", "--name=app/db", "--secret-string=***", "--query=Name"]],
      identities: [{ profile: "default", account: "123456789012", arn: expect.stringMatching(/^arn:aws:/) }],
    });
  });

  it("write down that AWS said no, as the answer does", async () => {
    await tool("aws_cli_read", { command: "aws s3api get-bucket-location --bucket no-such-bucket" });
    const [line] = audit.newLines();
    expect(line).toMatchObject({ status: "failed", code: "aws-not-found", read_only: true, exits: [[254]] });
  });

  it("write down a refusal where the client can show no question", async () => {
    await tool("aws_cli_pipeline", { command: "aws s3 rb s3://b" });
    const [line] = audit.newLines();
    expect(line).toMatchObject({ verdict: "ask", rule: "effect-destroy", status: "refused", code: "effect-destroy" });
  });

  it("write down a check, a help page when it is asked for first, and a name that is none", async () => {
    await tool("aws_cli_check", { command: "aws s3 rb s3://b" });
    expect(lines()).toEqual([
      { kind: "check", status: "checked", code: "effect-destroy", asked: "aws s3 rb s3://b", hasRequest: true },
    ]);
    await tool("aws_cli_help", { service: "s3", command: "ls" });
    await tool("aws_cli_help", { service: "s3", command: "ls" });
    await tool("aws_cli_help", { service: "s3", command: "LS --password=Tr0ub4dor" });
    expect(lines()).toEqual([
      { kind: "argv", asked: "aws s3 ls help", ...ok },
      { ...refused, code: "aws-name-malformed", asked: "aws s3 LS --password=*** ***" },
    ]);
  });

  it("write down each run of a call with several, by one request", async () => {
    await tool("aws_cli_read", { command: "aws s3 ls", regions: ["us-east-1", "eu-west-1"] });
    const written = audit.newLines();
    const one = { kind: "run", asked: "aws s3 ls", ...ok };
    expect(written.map(brief).sort((a, b) => String(a.regions).localeCompare(String(b.regions)))).toEqual([
      { ...one, regions: ["eu-west-1"] },
      { ...one, regions: ["us-east-1"] },
    ]);
    expect(new Set(written.map(({ request }) => request)).size).toBe(1);
  });

  it("write down a call that is refused before any of its commands is judged", async () => {
    await tool("aws_cli_pipeline", {
      command: ["aws s3 ls", "aws iam create-login-profile --user-name b --password Tr0ub4dor"],
      regions: ["us-east-1", "eu-west-1", "eu-north-1"],
    });
    await tool("aws_cli_pipeline", { command: "aws s3 ls", profiles: ["nobody"] });
    expect(lines()).toEqual([
      {
        ...{ ...refused, code: "fan-out-too-wide", regions: ["us-east-1", "eu-west-1", "eu-north-1"] },
        asked: "aws s3 ls\naws iam create-login-profile --user-name b --password ***",
      },
      { ...refused, code: "aws-profile-refused", asked: "aws s3 ls", profiles: ["nobody"] },
    ]);
  });

  it("write down what a resource asks AWS, when it asks", async () => {
    await client.readResource({ uri: "aws://config/account" });
    await client.readResource({ uri: "aws://config/account" });
    expect(lines().map(({ asked }) => asked)).toEqual([
      expect.stringMatching(/^aws (?:iam list-account-aliases|organizations describe-organization) /),
      expect.stringMatching(/^aws (?:iam list-account-aliases|organizations describe-organization) /),
    ]);
    await client.readResource({ uri: "aws://config/regions" });
    await client.readResource({ uri: "aws://config/regions" });
    expect(lines()).toEqual([
      { kind: "argv", ...ok, asked: expect.stringMatching(/^aws ec2 describe-regions --query /) },
    ]);
  });
});
