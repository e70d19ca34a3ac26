import { spawn } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { once } from "node:events";
import { closeSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { pipelineOutput } from "../../src/server/output-schema.js";
import { needAws, needMoto, needServer } from "../provision/needs.js";
import { type Moto, startMoto } from "../provision/start-moto.js";
import { makeSlowAws } from "../server/slow-aws.js";
import { UNCONFINED } from "../unconfined.js";
import { runAwspipe } from "./run-awspipe.js";

let workspace: string;
let slowAws: string;
const binary = Buffer.concat([Buffer.from([0, 255, 10, 13, 128, 0xed, 0xa0, 0x80]), randomBytes(3_000_000)]);

beforeAll(() => {
  workspace = mkdtempSync(join(tmpdir(), "run-test-"));
  writeFileSync(join(workspace, "bytes.bin"), binary);
  slowAws = makeSlowAws();
});

afterAll(() => {
  for (const folder of [workspace, dirname(slowAws)]) rmSync(folder, { recursive: true, force: true });
});

const run = (command: string, environment: Record<string, string> = {}) =>
  runAwspipe(["run", command], { environment: { AWS_MCP_WORKDIR: workspace, ...environment } });

describe("awspipe run", () => {
  it("prints the output and nothing else to stdout", async () => {
    expect(await run("echo b a | tr ' ' '\\n' | sort")).toMatchObject({
      code: 0,
      signal: null,
      out: "a\nb\n",
      errors: "",
    });
  });

  it("passes bytes through untouched", async () => {
    const { code, bytes } = await run("cat bytes.bin | cat");
    expect(code).toBe(0);
    expect(hash(bytes)).toBe(hash(binary));
  });

  it.each([
    ["echo a | grep b", 1],
    ["echo a | grep b | cat", 0],
    ["cat missing.txt", 1],
    ["echo 1 | jq .a", 5],
    ["aws s3 ls; id", 2],
    ["aws ecr get-login-password", 3],
    ["aws iam create-user --user-name x", 4],
  ])("ends as the last stage did, or by the verdict: `%s` with %i", async (command, code) => {
    const ended = await run(command);
    expect({ code: ended.code, out: ended.out }).toEqual({ code, out: "" });
  });

  it("prints error streams and refusals to stderr", async () => {
    expect((await run("echo '{' | jq .")).errors).toMatch(/parse error/);
    expect((await run("aws s3 ls | sort --reverce")).errors).toMatch(
      /^refusal unknown-option: `sort` has no option `--reverce`\naws s3 ls \| sort --reverce\n {17}\^{9}\nhint: did you mean `--reverse`\?\npolicy: [0-9a-f]{12}\n$/,
    );
  });

  it("prints the whole result as JSON when asked", async () => {
    const { code, out, errors } = await runAwspipe(["run", "--json", "echo a | grep -c a"]);
    expect({ code, errors }).toEqual({ code: 0, errors: "" });
    expect(pipelineOutput.strict().parse(JSON.parse(out))).toMatchObject({
      status: "success",
      output: "1\n",
      stages: [
        { name: "echo", exit_code: 0 },
        { name: "grep", exit_code: 0 },
      ],
    });
    const refused = await runAwspipe(["run", "--json", "aws s3 ls; id"]);
    expect(refused.code).toBe(2);
    expect(JSON.parse(refused.out)).toMatchObject({ status: "error", error: { kind: "problem", code: "semicolon" } });
  });

  it("ends with 124 at the deadline", async () => {
    const settings = { AWS_MCP_AWS_CLI: slowAws, ...UNCONFINED, AWS_MCP_TIMEOUT: "1", ...keys };
    expect(await run("aws ec2 describe-regions", settings)).toMatchObject({
      code: 124,
      out: "started\n",
      errors: "awspipe: deadline\n",
    });
  });

  it("ends its processes and itself at SIGTERM", async () => {
    const environment = { AWS_MCP_AWS_CLI: slowAws, ...UNCONFINED, TMPDIR: workspace, ...keys };
    const started = Date.now();
    const { code } = await runAwspipe(["run", "aws ec2 describe-regions"], { environment, stopAfter: 1000 });
    expect(code).toBe(128 + 15);
    expect(Date.now() - started).toBeLessThan(5000);
    expect(readdirSync(workspace)).toEqual(["bytes.bin"]);
  });

  it.each([[["run"]], [["run", "aws", "s3", "ls"]], [["run", "--json"]]])(
    "says how it is called where it is called wrongly: %j",
    async (args) => {
      const { code, out, errors } = await runAwspipe(args);
      expect({ code, out }).toEqual({ code: 1, out: "" });
      expect(errors).toBe("awspipe: give the command as one argument: awspipe run 'aws s3 ls | wc -l'\n");
    },
  );

  describe("with the real AWS CLI", () => {
    let moto: Moto;
    beforeAll(async () => {
      moto = await startMoto(needMoto());
    });
    afterAll(() => moto.stop());

    it("writes an outfile `-` to stdout, whatever that is", async () => {
      const settings = { ...moto.environment, AWS_MCP_AWS_CLI: needAws() };
      await run("aws s3 mb s3://outfiles", settings);
      await run("aws s3 cp bytes.bin s3://outfiles/ --quiet", settings);
      const command = "aws s3api get-object --bucket outfiles --key bytes.bin -";
      const streamed = await run(command, settings);
      expect({ code: streamed.code, errors: streamed.errors }).toEqual({ code: 0, errors: "" });
      const file = join(workspace, "..", `run-test-${process.pid}.out`);
      const descriptor = openSync(file, "w");
      await runInto(descriptor, command, { AWS_MCP_WORKDIR: workspace, ...settings });
      const kept = readFileSync(file);
      rmSync(file);
      for (const bytes of [streamed.bytes, kept]) {
        expect(hash(bytes)).toBe(hash(binary));
      }
    });

    it("gives the pipeline's exit code and output", async () => {
      const settings = { ...moto.environment, AWS_MCP_AWS_CLI: needAws() };
      expect(await run("aws sts get-caller-identity --query Account --output text", settings)).toMatchObject({
        code: 0,
        out: "123456789012\n",
        errors: "",
      });
      const failed = await run("aws iam get-user --user-name nobody", settings);
      expect(failed).toMatchObject({ code: 254, out: "" });
      expect(failed.errors).toMatch(/NoSuchEntity/);
    });
  });
});

const runInto = async (descriptor: number, command: string, environment: Record<string, string>): Promise<void> => {
  const env = { PATH: process.env.PATH ?? "", HOME: "/nonexistent", ...environment };
  const child = spawn(process.execPath, [needServer(), "run", command], {
    env,
    stdio: ["ignore", descriptor, "ignore"],
  });
  closeSync(descriptor);
  await once(child, "close");
};

const keys = { AWS_ACCESS_KEY_ID: "testing", AWS_SECRET_ACCESS_KEY: "testing" };

const hash = (bytes: Buffer): string => createHash("sha256").update(bytes).digest("hex");
