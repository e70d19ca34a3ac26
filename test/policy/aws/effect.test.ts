import { describe, expect, it } from "vitest";
import { planText } from "../../../src/check.js";
import { commandEffects } from "../../../src/policy/aws/command-effect.js";
import { modeFindings } from "../../../src/policy/aws/mode-findings.js";
import { readOperation } from "../../../src/policy/aws/read-operation.js";
import { NO_FILES } from "../../../src/policy/files.js";
import { judge } from "../../../src/policy/judge.js";
import type { RuleBook } from "../../../src/policy/rule-book.js";
import { ruleBook } from "../rule-book.js";
import { SETTINGS } from "../settings.js";
import { operation } from "./operation.js";

const book = ruleBook();

const effectOf = (text: string, changes: Partial<RuleBook> = {}) => {
  const { command, values } = operation(`aws ${text}`);
  const base = book.effects.of(command.table.service, command.table.name);
  if (base === undefined) throw new Error(`${text} is the CLI's own code`);
  return commandEffects(command, values, [{ ...base, argument: 2 }], ruleBook(changes))[0];
};

describe("commandEffects", () => {
  it.each([
    ["ec2 describe-instances", "read"],
    ["ec2 describe-instances --dry-run", "read"],
    ["ec2 run-instances --image-id ami-1 --instance-type t3.micro --dry-run", "write"],
    ["ec2 terminate-instances --instance-ids i-1 --dry-run", "destroy"],
    ["ec2 terminate-instances --generate-cli-skeleton", "destroy"],
    ["ssm get-parameter --name x", "read"],
    ["ssm get-parameter --name x --no-with-decryption", "read"],
    ["ssm get-parameter --name x --with-decryption", "sensitive-read"],
    [`ssm get-parameter --cli-input-json '{"Name":"x","WithDecryption":true}'`, "sensitive-read"],
    ["iam create-access-key --user-name x", "permissions"],
    ["cloudtrail stop-logging --name t", "disarm"],
    ["ssm send-command --document-name d", "execute"],
    ["ec2 authorize-security-group-ingress --group-id sg-1 --protocol tcp --port 22 --cidr 10.0.0.0/8", "write"],
    ["ec2 authorize-security-group-ingress --group-id sg-1 --protocol tcp --port 22 --cidr 0.0.0.0/0", "permissions"],
    [
      "ec2 authorize-security-group-ingress --group-id sg-1 --ip-permissions 'IpProtocol=tcp,IpRanges=[{CidrIp=0.0.0.0/0}]'",
      "permissions",
    ],
    [
      `ec2 authorize-security-group-ingress --group-id sg-1 --ip-permissions '[{"Ipv6Ranges":[{"CidrIpv6":"::/0"}]}]'`,
      "permissions",
    ],
    ["ec2 authorize-security-group-ingress --group-id sg-1 --ip-permissions file://x.json", "permissions"],
  ])("is the worst of operation and arguments: %s is %s", (text, effect) => {
    expect(effectOf(text).effect).toBe(effect);
  });

  it("says which option passes a role, alone or inside a structure", () => {
    const passed = effectOf("datasync create-location-s3 --s3-bucket-arn a --s3-config BucketAccessRoleArn=r");
    expect(passed).toEqual({
      effect: "execute",
      because: "`--s3-config` passes a role to something that acts with it",
      argument: 5,
    });
    expect(
      effectOf("ecs register-task-definition --family f --container-definitions '[]' --task-role-arn r").effect,
    ).toBe("execute");
    expect(
      effectOf(`ec2 request-spot-instances --launch-specification '{"IamInstanceProfile":{"Name":"a"}}'`).effect,
    ).toBe("execute");
    expect(effectOf("ec2 request-spot-instances --launch-specification file://x.json").effect).toBe("execute");
    expect(effectOf("iam list-entities-for-policy --policy-arn arn:aws:iam::111122223333:policy/x").effect).toBe(
      "read",
    );
  });

  it("calls what names a foreign account egress, but not where it is ours or only reads", () => {
    const text = "sqs tag-queue --queue-url q --tags a=arn:aws:sns:us-east-1:111122223333:x";
    expect(effectOf(text)).toMatchObject({
      effect: "egress",
      because: "it names the account `111122223333`, which AWS_MCP_ALLOWED_TARGETS does not",
    });
    expect(effectOf(text, { targets: new Set(["111122223333"]) }).effect).toBe("write");
    expect(effectOf("sqs list-queue-tags --queue-url arn:aws:sqs:us-east-1:111122223333:q").effect).toBe("read");
  });
});

describe("the effects of a command", () => {
  it("are all that its parts have, each once, the worst first", () => {
    const { command, values } = operation(
      "aws lambda create-function --function-name f --runtime r --code S3Bucket=b --role arn:aws:iam::111122223333:role/x --tags a=111122223333",
    );
    const base = { effect: "write", because: "x", argument: 2 } as const;
    const found = commandEffects(command, values, [base], book).map(({ effect }) => effect);
    expect(found).toEqual(["execute", "egress", "write"]);
  });
});

describe("modeFindings", () => {
  const finding = (text: string, changes: Partial<RuleBook> = {}) => {
    const planned = planText(text, SETTINGS);
    if (!planned.ok) throw new Error(planned.error.message);
    const rules = ruleBook(changes);
    const { read } = readOperation(operation(text).command, rules, NO_FILES(0));
    if (!read.ok) throw new Error(read.error.message);
    return modeFindings(planned.value.stages[0], 0, read.value, rules)[0];
  };

  it("names the operation, its effect and the reason", () => {
    expect(finding("aws ec2 terminate-instances --instance-ids i-1")).toEqual({
      decision: "ask",
      stage: 0,
      code: "effect-destroy",
      message: "`aws ec2 terminate-instances` is `destroy`: ends machines, jobs or sessions with what they hold",
      hint: "it needs a person's approval; a read needs none",
      span: { start: 8, end: 27 },
    });
  });

  it("points at the option that makes it worse", () => {
    const text = "aws datasync create-location-s3 --s3-bucket-arn a --s3-config BucketAccessRoleArn=r";
    expect(finding(text)?.span).toEqual({ start: 50, end: 61 });
  });

  it.each([
    ["aws ec2 describe-vpcs", "strict", "allow", "effect"],
    ["aws ec2 create-vpc", "strict", "allow", "effect"],
    ["aws ec2 create-vpc", "read-only", "deny", "effect-write"],
    ["aws iam create-user --user-name x", "strict", "deny", "effect-permissions"],
    ["aws iam create-user --user-name x", "permissive", "allow", "effect-permissions"],
  ] as const)("asks the mode: %s in %s is %s", (text, mode, decision, code) => {
    expect(finding(text, { mode })).toMatchObject({ decision, code });
  });
});

describe("judging an aws stage", () => {
  it("hands over the files with the canonical argv", () => {
    const planned = planText("aws s3 cp s3://b/x.csv . --region eu-west-1", SETTINGS);
    expect(planned.ok && judge(planned.value, book).stages).toEqual([
      {
        kind: "aws",
        argv: ["aws", "s3", "cp", "s3://b/x.csv", "x.csv", "--region=eu-west-1"],
        run: "operation",
        operation: "cp",
        profile: undefined,
        region: "eu-west-1",
        effects: ["read"],
        files: [{ path: "/workspace/x.csv", how: "write", sha256: undefined }],
        streams: { stdin: "pipe", stdout: "output", stderr: "errors" },
      },
    ]);
  });
});
