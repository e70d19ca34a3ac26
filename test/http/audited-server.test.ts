import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hashToken } from "../../src/http/auth/tokens/hash-token.js";
import { newToken } from "../../src/http/auth/tokens/new-token.js";
import { tokenLine } from "../../src/http/auth/tokens/token-entry.js";
import { runAwspipe } from "../commands/run-awspipe.js";
import { needAws, needMoto } from "../provision/needs.js";
import { type Moto, startMoto } from "../provision/start-moto.js";
import type { Connected } from "../server/clients.js";
import { modernHttp } from "./http-clients.js";
import { type HttpServer, startHttpServer } from "./start-http-server.js";

// What the whole of a server writes down and counts, of two principals, one of whom may only read.
const TOKENS = { ci: newToken(), triage: newToken() };

let folder: string;
let moto: Moto;
let server: HttpServer;
let ci: Connected;
let triage: Connected;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "awspipe-test-"));
  const tokens = join(folder, "tokens");
  const line = (name: string, access: "read" | "write", token: string) =>
    `${tokenLine(name, access, hashToken(token))}\n`;
  writeFileSync(tokens, line("ci", "write", TOKENS.ci) + line("triage", "read", TOKENS.triage), { mode: 0o600 });
  moto = await startMoto(needMoto());
  server = await startHttpServer({
    ...moto.environment,
    HOME: folder,
    AWS_MCP_AWS_CLI: needAws(),
    AWS_MCP_TOKEN_FILE: tokens,
    AWS_MCP_AUDIT_LOG: join(folder, "audit.jsonl"),
    AWS_MCP_CALLS_PER_MINUTE: "6",
    AWS_MCP_MAX_WRITES: "1",
    AWS_MCP_MAX_FAN_OUT: "2",
  });
  ci = await modernHttp({ url: server.url, token: TOKENS.ci });
  triage = await modernHttp({ url: server.url, token: TOKENS.triage });
});

afterAll(async () => {
  await ci.close();
  await triage.close();
  await server.stop();
  await moto.stop();
  rmSync(folder, { recursive: true });
});

const codeOf = async (client: Connected, command: string | readonly string[], more: object = {}): Promise<string> => {
  const { isError, text } = await client.call({ name: "aws_cli_pipeline", arguments: { command, ...more } });
  return isError ? (/^(?:problem|refusal|failure) ([a-z-]+):/m.exec(text)?.[1] ?? text) : "ok";
};

const records = (): readonly Record<string, unknown>[] =>
  readFileSync(join(folder, "audit.jsonl"), "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, unknown>);

describe("a server of several principals", () => {
  it("lets each do what it may, within its own limits", async () => {
    expect(await codeOf(triage, "aws s3 mb s3://of-triage")).toBe("effect-write");
    expect(await codeOf(triage, "aws sts get-caller-identity | jq -r .Account")).toBe("ok");
    expect(await codeOf(ci, "aws s3 mb s3://of-ci --region us-east-1")).toBe("ok");
    expect(await codeOf(ci, "aws s3 mb s3://of-ci-too --region us-east-1")).toBe("writes-exhausted");
    expect(await codeOf(ci, ["echo 1", "echo 2", "echo 3"])).toBe("fan-out-too-wide");
    const secret = "aws secretsmanager create-secret --name of-ci --secret-string correct-horse-battery";
    expect(await codeOf(ci, secret)).toBe("writes-exhausted");
    for (let sent = 4; sent < 6; sent++) expect(await codeOf(ci, "echo hello")).toBe("ok");
    expect(await codeOf(ci, "echo hello")).toBe("calls-exhausted");
    expect(await codeOf(triage, "echo hello")).toBe("ok");
  });

  it("writes down each command, whose it is and what became of it, and no secret", async () => {
    const { text } = await ci.call({ name: "aws_cli_check", arguments: { command: "echo more" } });
    expect(text).toContain("calls-exhausted");
    // Of a principal's refusals by a limit there is one line a second.
    while (records().length < 11) await new Promise((resolve) => setTimeout(resolve, 50));
    const lines = records();
    const told = lines.map(({ principal, access, kind, status, code }) => [principal, access, kind, status, code]);
    expect(told).toEqual([
      ["token:triage", "read", "run", "refused", "effect-write"],
      ["token:triage", "read", "run", "ok", ""],
      ["token:ci", "write", "run", "ok", ""],
      ["token:ci", "write", "run", "refused", "writes-exhausted"],
      ["token:ci", "write", "tool", "refused", "fan-out-too-wide"],
      ["token:ci", "write", "run", "refused", "writes-exhausted"],
      ["token:ci", "write", "run", "ok", ""],
      ["token:ci", "write", "run", "ok", ""],
      ["token:ci", "write", "run", "refused", "calls-exhausted"],
      ["token:triage", "read", "run", "ok", ""],
      ["token:ci", "write", "check", "refused", "calls-exhausted"],
    ]);
    expect(lines[1]).toMatchObject({
      canonical: [["aws", "sts", "get-caller-identity"], expect.anything()],
      identities: [{ account: "123456789012", region: "us-east-1" }],
      exits: [[0, 0]],
    });
    const written = readFileSync(join(folder, "audit.jsonl"), "utf8") + JSON.stringify(server.events());
    for (const secret of ["correct-horse-battery", TOKENS.ci, TOKENS.triage]) expect(written).not.toContain(secret);
  });

  it("has a log that verifies, and no call without it", async () => {
    const file = join(folder, "audit.jsonl");
    const { code, out } = await runAwspipe(["audit", "verify", file]);
    expect([code, out.split("\n").slice(0, 2)]).toEqual([0, ["intact", `audit lines: ${records().length}`]]);
    const before = readFileSync(file);
    rmSync(file);
    expect(await codeOf(triage, "aws s3 ls")).toBe("audit-lost");
    writeFileSync(file, before.toString().replace("of-triage", "of-nobody"), { mode: 0o600 });
    expect(await runAwspipe(["audit", "verify", file])).toMatchObject({
      code: 1,
      out: expect.stringContaining("line 1"),
    });
  });
});
