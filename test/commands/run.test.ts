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
import { plainAnswer } from "../server/plain-answer.js";
import { withCommand } from "../server/processes.js";
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
    ["aws s3 ls & id", 2],
    ["aws s3 ls; id", 4],
    ["echo a >/dev/null; grep b", 1],
    ["grep b && echo a", 1],
    ["grep b || grep c >/dev/null || true", 0],
    ["cat missing.txt && echo a", 1],
    ["echo $(true)", 4],
    ["true | xargs -I {} echo {}", 0],
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
    const refused = await runAwspipe(["run", "--json", "aws s3 ls & id"]);
    expect(refused.code).toBe(2);
    expect(JSON.parse(refused.out)).toMatchObject({ status: "error", error: { kind: "problem", code: "background" } });
  });

  it("prints what a list has printed, with the words of each that failed, and ends as its last", async () => {
    const command = "echo a; cat missing.txt; echo '{' | jq . || echo b >/dev/null && seq 2 | xargs -t -n 1 echo";
    const { code, out, errors } = await run(command);
    expect({ code, out }).toEqual({ code: 0, out: "a\n1\n2\n" });
    expect(errors.split("\n")).toEqual([
      "failure file-missing: there is no file `missing.txt` in the workspace",
      "hint: pipe the data in, or name a file that an earlier call has left in the workspace",
      expect.stringMatching(/parse error: /),
      "echo 1",
      "echo 2",
      "",
    ]);
  });

  it("says what was left out before the text was read, on stderr", async () => {
    expect(await run("```\n$ echo a\n```")).toMatchObject({
      code: 0,
      out: "a\n",
      errors:
        "note: a Markdown fence around the command was left out\nnote: the prompt `$` before the command was left out\n",
    });
  });

  it("ends with 4 where data may not stand where it would, says why, and runs nothing behind it", async () => {
    expect(await run("echo a; echo b $(printf 'x y\\n' | cut -d' ' -f3); echo never")).toMatchObject({
      code: 4,
      out: "a\n",
      errors: [
        "refusal expansion-empty: the command in `$(…)` gave no output, and nothing in its place could mean everything",
        "echo a; echo b $(printf 'x y\\n' | cut -d' ' -f3); echo never",
        "               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^",
        "hint: run the inner command in a call of its own to see what it gives",
        "",
      ].join("\n"),
    });
    expect(await run("printf 'a\\n--b\\nc\\n' | xargs -n 1 echo")).toMatchObject({
      code: 1,
      out: "a\n",
      errors: [
        "xargs: the data `--b` begins with `-`, and could be taken for an option",
        "refusal expansion-dash: xargs stopped at `echo --b`: the data `--b` begins with `-`, and could be taken for an option",
        "hint: run the inner command in a call of its own and write the value out, as in `--name=-value`",
        "",
      ].join("\n"),
    });
  });

  it("prints each pipeline's result in the JSON of a list", async () => {
    const { code, out, errors } = await runAwspipe(["run", "--json", "$ echo a || echo b; grep -q $(echo x)"]);
    expect({ code, errors }).toEqual({ code: 1, errors: "" });
    const result = JSON.parse(out);
    expect(pipelineOutput.strict().parse(result)).toEqual(result);
    const done = (name: string, exit_code = 0) => ({ name, exit_code });
    expect(plainAnswer(result)).toEqual({
      status: "success",
      output: "a\n",
      stages: [done("echo"), done("echo"), done("grep", 1)],
      pipelines: [
        { command: "echo a", status: "success", exit_code: 0, output: "a\n", stages: [done("echo")] },
        { command: "echo b", status: "skipped", output: "", stages: [] },
        {
          command: "echo x",
          substitution: true,
          status: "success",
          exit_code: 0,
          output: "",
          stages: [done("echo")],
        },
        { command: "grep --quiet -- x", status: "success", exit_code: 1, output: "", stages: [done("grep", 1)] },
      ],
      notes: ["the prompt `$` before the command was left out"],
    });
  });

  it("ends with 124 at the deadline", async () => {
    const settings = { AWS_MCP_AWS_CLI: slowAws, ...UNCONFINED, AWS_MCP_TIMEOUT: "1", ...keys };
    expect(await run("aws ec2 describe-regions", settings)).toMatchObject({
      code: 124,
      out: "started\n",
      errors: "awspipe: deadline\n",
    });
    expect(await run("echo a; echo $(aws ec2 describe-regions); echo never", settings)).toMatchObject({
      code: 124,
      out: "a\n",
      errors: "awspipe: deadline\n",
    });
  });

  it("ends its processes and itself at SIGTERM", async () => {
    const environment = { AWS_MCP_AWS_CLI: slowAws, ...UNCONFINED, TMPDIR: workspace, ...keys };
    for (const command of ["aws ec2 describe-regions", "aws ec2 describe-regions; echo never"]) {
      const stopWhen = () => withCommand(slowAws).some(({ command: run }) => run.includes("describe-regions"));
      const { code, out, errors } = await runAwspipe(["run", command], { environment, stopWhen });
      expect({ code, out: out.replace("started\n", ""), errors }).toEqual({
        code: 128 + 15,
        out: "",
        errors: "awspipe: cancelled\n",
      });
      expect(withCommand(slowAws)).toEqual([]);
      expect(readdirSync(workspace)).toEqual(["bytes.bin"]);
    }
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
