import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { pipelineOutput } from "../../src/server/output-schema.js";
import { needAws, needMoto, needProgram } from "../provision/needs.js";
import { type Moto, startMoto } from "../provision/start-moto.js";
import { type Answer, type Connection, connectModern } from "./clients.js";
import { below } from "./processes.js";

let moto: Moto;
let server: Connection;

beforeAll(async () => {
  moto = await startMoto(needMoto());
  server = await connectModern({ ...moto.environment, AWS_MCP_AWS_CLI: needAws() });
});

afterAll(async () => {
  await server.close();
  await moto.stop();
});

describe("aws_cli_pipeline", () => {
  it("answers as its output schema says, whatever came of the call", async () => {
    for (const command of [
      "echo a",
      "aws s3 ls & id",
      "aws s3 ls; id",
      "$ echo a && echo b || echo c",
      "echo $(echo a); echo $(true); echo never",
      "printf 'a\\n--b\\n' | xargs -n 1 echo",
      "aws iam create-user --user-name x",
      "aws s3 ls s3://nowhere-1 | wc -l",
      "cat missing.txt",
    ]) {
      const { data } = await run(server, command);
      expect(pipelineOutput.strict().parse(data)).toEqual(data);
    }
  });

  it.each([
    ["aws ec2 describe-instances --filters Name=x,Valuess=1", 252, "aws-usage"],
    ["aws iam get-user --user-name nobody-there", 254, "aws-not-found"],
    ["aws s3 ls s3://nowhere-to-be-found", 254, "aws-not-found"],
    ["aws sts get-caller-identity --query 'abs(Arn)'", 255, "aws-query-failed"],
  ])("names the AWS CLI's error: %s ends with %i, which is %s", async (command, status, code) => {
    const { isError, text, data } = await run(server, `${command} | cat`);
    expect(isError).toBe(true);
    expect(data).toMatchObject({
      status: "error",
      stages: [{ exit_code: status }, { exit_code: 0 }],
      error: { kind: "failure", code },
    });
    expect(text).toMatch(new RegExp(`\nfailure ${code}: [^\n]+\nhint: [^\n]+$`));
  });

  it("says that there are no credentials before anything of the pipeline has started", async () => {
    const poor = await connectModern({ AWS_MCP_AWS_CLI: needAws(), AWS_EC2_METADATA_DISABLED: "true" });
    const { isError, data } = await run(poor, "aws s3 ls | cat");
    await poor.close();
    expect({ isError, data }).toMatchObject({
      isError: true,
      data: { status: "error", output: "", stages: [], error: { kind: "failure", code: "no-credentials" } },
    });
  });

  it("does not call exit 1 of grep an error", async () => {
    expect(await run(server, "aws s3 ls | grep nothing-like-that")).toMatchObject({
      isError: false,
      data: { status: "success", output: "", stages: [{ exit_code: 0 }, { name: "grep", exit_code: 1 }] },
    });
  });
});

describe("aws_cli_help", () => {
  it("gives help pages of services and commands, the second time from its cache", async () => {
    needProgram("groff");
    const first = await help(server, { service: "s3" });
    expect(first.isError).toBe(false);
    expect(first.text).toMatch(/AVAILABLE COMMANDS/i);
    expect(first.data).toEqual({ help_text: first.text, policy: expect.stringMatching(/^[0-9a-f]{64}$/) });
    const asked = performance.now();
    const page = await help(server, { service: "s3", command: "ls" });
    const fromCli = performance.now() - asked;
    expect(page.text).toMatch(/--human-readable/);
    expect(page.text).not.toMatch(/\u0008/);
    const started = performance.now();
    expect(await help(server, { service: "s3", command: "ls" })).toEqual(page);
    expect(performance.now() - started).toBeLessThan(fromCli / 2);
  });

  it.each([
    { service: "s3; id" },
    { service: "S3" },
    { service: "" },
    { service: "--debug" },
    { service: "s3", command: "ls --debug" },
    { service: "s3", command: "../ls" },
    { service: "s3", command: "ls\nid" },
  ])("refuses a name that is none without running anything: %j", async (names) => {
    const before = below(server.pid).length;
    const { isError, text } = await help(server, names);
    expect(isError).toBe(true);
    expect(text).toMatch(/^problem aws-name-malformed: `[^`]*` is no name of a service or command\nhint: /);
    expect(below(server.pid).length).toBe(before);
  });

  it("answers for a service that does not exist", async () => {
    const { isError, text } = await help(server, { service: "no-such-service" });
    expect(isError).toBe(true);
    expect(text).toMatch(/^refusal aws-service-unknown: the AWS CLI has no service `no-such-service`\n/);
  });
});

const run = (server: Connection, command: string): Promise<Answer> =>
  server.call({ name: "aws_cli_pipeline", arguments: { command } });

const help = (server: Connection, names: Readonly<Record<string, string>>): Promise<Answer> =>
  server.call({ name: "aws_cli_help", arguments: names });
