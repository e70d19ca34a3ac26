import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { needAws, needMoto } from "../../provision/needs.js";
import { type Moto, startMoto } from "../../provision/start-moto.js";
import { type FanOutBench, fanOutBench, type Ran, targetsOf } from "./fan-out-bench.js";

const REGIONS = ["us-east-1", "us-west-2", "eu-west-1", "eu-west-2", "ap-east-1"];
const ACCOUNTS = { one: "111111111111", two: "222222222222" } as const;

let moto: Moto;
let server: FanOutBench;

// The accounts are those of the roles whose keys the profiles have.
beforeAll(async () => {
  moto = await startMoto(needMoto());
  server = fanOutBench(
    { cli: needAws(), operator: moto.environment, profiles: ["default", "one", "two", "empty"], concurrency: 2 },
    { limits: { regions: ["us-*", "eu-*", "ap-*"] } },
  );
  const sections = await Promise.all(Object.entries(ACCOUNTS).map(([name, account]) => section(name, account)));
  writeFileSync(
    join(server.bench.home, ".aws", "config"),
    [...sections, "[profile empty]\nregion = us-west-1\n"].join(""),
  );
});

afterAll(async () => {
  server.bench.remove();
  await moto.stop();
});

const section = async (name: string, account: string): Promise<string> => {
  const role = encodeURIComponent(`arn:aws:iam::${account}:role/tests`);
  const response = await fetch(moto.endpoint, {
    method: "POST",
    headers: {
      authorization:
        "AWS4-HMAC-SHA256 Credential=testing/20260101/us-east-1/sts/aws4_request, SignedHeaders=host, Signature=none",
      "content-type": "application/x-www-form-urlencoded",
    },
    body: `Action=AssumeRole&Version=2011-06-15&RoleSessionName=tests&RoleArn=${role}`,
  });
  const text = await response.text();
  const of = (tag: string): string => new RegExp(`<${tag}>([^<]*)</${tag}>`).exec(text)?.[1] ?? "";
  const keys = `aws_access_key_id = ${of("AccessKeyId")}\naws_secret_access_key = ${of("SecretAccessKey")}\n`;
  return `[profile ${name}]\nregion = eu-west-2\n${keys}aws_session_token = ${of("SessionToken")}\n`;
};

const outcomes = ({ answer }: Ran): readonly unknown[] =>
  targetsOf(answer).map(({ profile, region, status, exit_code, error }) => [
    ...[profile, region].filter((name) => name !== undefined),
    ...[status, exit_code, error?.code],
  ]);

describe("a call at several places, with the AWS CLI", () => {
  it("gives what four regions have, and why the fifth has nothing", async () => {
    const made = await server.run({ commands: ["aws sqs create-queue --queue-name q"], regions: REGIONS.slice(0, 4) });
    expect(made.answer.structured.status).toBe("success");
    const ran = await server.run({
      commands: ["aws sqs get-queue-url --queue-name q --query QueueUrl --output text | cut -d/ -f4-"],
      regions: REGIONS,
    });
    expect(ran.answer.isError).toBe(false);
    expect(ran.answer.text.split("\n")[0]).toBe("4 of 5 succeeded; failed: ap-east-1 (aws-not-found)");
    expect(outcomes(ran)).toEqual([
      ...REGIONS.slice(0, 4).map((region) => [region, "success", 0, undefined]),
      ["ap-east-1", "error", 0, "aws-not-found"],
    ]);
    expect(targetsOf(ran.answer)[0]?.output).toBe("123456789012/q\n");
    expect(targetsOf(ran.answer)[4]?.error?.message).toContain("NonExistentQueue");
  });

  it("refuses the region that the operator does not allow, and runs in the others", async () => {
    const regions = [...REGIONS.slice(0, 2), "me-south-1"];
    const ran = await server.run({
      commands: ["aws ec2 describe-vpcs --query Vpcs[].IsDefault --output text"],
      regions,
    });
    expect(outcomes(ran)).toEqual([
      ["us-east-1", "success", 0, undefined],
      ["us-west-2", "success", 0, undefined],
      ["me-south-1", "error", undefined, "region-refused"],
    ]);
    expect(targetsOf(ran.answer)[2]?.error?.hint).toBe(
      "leave `me-south-1` out of `regions`: AWS_MCP_ALLOWED_REGIONS allows `us-*`, `eu-*`, `ap-*`",
    );
    const arn = "arn:aws:lambda:me-south-1:123456789012:function:f";
    const named = await server.run({
      commands: [`aws lambda get-function --function-name ${arn}`],
      regions: REGIONS.slice(0, 2),
    });
    expect(targetsOf(named.answer).map(({ error }) => [error?.code, error?.hint])).toEqual(
      REGIONS.slice(0, 2).map(() => [
        "region-refused",
        "AWS_MCP_ALLOWED_REGIONS allows `us-*`, `eu-*`, `ap-*`; name one with `--region`",
      ]),
    );
  });

  it("runs as each profile, and says which has no keys", async () => {
    const command = "aws sts get-caller-identity --query Account --output text; echo $AWS_PROFILE";
    const ran = await server.run({ commands: [command], profiles: ["one", "two", "empty"] });
    expect(targetsOf(ran.answer).map(({ profile, output }) => [profile, output])).toEqual([
      ["one", `${ACCOUNTS.one}\none\n`],
      ["two", `${ACCOUNTS.two}\ntwo\n`],
      ["empty", "empty\n"],
    ]);
    expect(targetsOf(ran.answer).map(({ status }) => status)).toEqual(["success", "success", "error"]);
  });

  it("runs as each profile in each region", async () => {
    const ran = await server.run({
      commands: ["aws sqs create-queue --queue-name r --query QueueUrl --output text | cut -d/ -f3-"],
      profiles: ["one", "two"],
      regions: ["us-east-1", "eu-west-1"],
    });
    expect(targetsOf(ran.answer).map(({ profile, region, output }) => [profile, region, output.split("/")[1]])).toEqual(
      (["one", "two"] as const).flatMap((profile) =>
        ["us-east-1", "eu-west-1"].map((region) => [profile, region, ACCOUNTS[profile]]),
      ),
    );
  });

  it("runs a list of commands in its order, whatever fails between them", async () => {
    const ran = await server.run({
      commands: [
        "aws s3 mb s3://batch",
        "aws s3 ls s3://missing",
        "echo hello | aws s3 cp - s3://batch/a.txt",
        "aws s3 rb s3://batch",
        "aws s3 ls s3://batch | cut -c 32-",
      ],
    });
    expect(outcomes(ran)).toEqual([
      ["success", 0, undefined],
      ["error", 254, "aws-not-found"],
      ["success", 0, undefined],
      ["error", undefined, "ask-in-fan-out"],
      ["success", 0, undefined],
    ]);
    expect(targetsOf(ran.answer)[4]?.output).toBe("a.txt\n");
  });
});
