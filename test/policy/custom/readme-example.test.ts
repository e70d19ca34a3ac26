import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { codes, findings, policy } from "./facts-of.js";

// The example of AWS MCP Server's README, unchanged.
const example = policy(readFileSync(new URL("readme-example.yaml", import.meta.url), "utf8"), "example.yaml");

const DANGEROUS = "policy-dangerous-command";
const REGEX = "policy-regex";
const ADMIN = '{"Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}';
const PUBLIC = '{"Statement":[{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"*"}]}';

describe("the example of AWS MCP Server's README", () => {
  it("loads, and says what has no effect", () => {
    expect(example.warnings).toEqual([
      "example.yaml:24: `--help` does not begin with `aws` and a service, so that it has no effect",
      "example.yaml:25: `--dry-run` does not begin with `aws` and a service, so that it has no effect",
    ]);
  });

  it.each([
    ["aws iam create-user --user-name bob", [DANGEROUS]],
    ["aws iam attach-user-policy --user-name bob --policy-arn arn:aws:iam::aws:policy/ReadOnlyAccess", [DANGEROUS]],
    ["aws lambda delete-function --function-name f", [DANGEROUS]],
    ["aws lambda remove-permission --function-name f --statement-id s", [DANGEROUS]],
    ["aws dynamodb delete-table --table-name t", [DANGEROUS]],
    ["aws dynamodb delete-table --table-name help", [DANGEROUS]],
    ["aws s3 ls --profile root", [REGEX]],
    ["aws --profile=root s3 ls", [REGEX]],
    ["aws iam create-user --user-name the-admin", [DANGEROUS, REGEX]],
    [`aws iam create-policy --policy-name p --policy-document '${ADMIN}'`, [REGEX]],
    [`aws s3api put-bucket-policy --bucket b --policy '${PUBLIC}'`, [REGEX]],
    ["aws iam get-user", []],
    ["aws iam list-users", []],
    ["aws lambda list-functions", []],
    ["aws lambda get-function --function-name delete-function", []],
    ["aws dynamodb describe-table --table-name t", []],
    ["aws s3 ls --profile dev", []],
    ["aws iam delete-user --user-name admin", []],
    [`aws iam create-policy --policy-name p --policy-document '{"Statement":[]}'`, []],
    [`aws s3api put-bucket-policy --bucket b --policy '{"Statement":[{"Effect":"Deny","Principal":"*"}]}'`, []],
  ])("on `%s` gives %j", (command, expected) => {
    expect(codes(example, command)).toEqual(expected);
  });

  it("says the operator's message and reason", () => {
    expect(findings(example, "aws s3 ls --profile root")).toEqual([
      {
        decision: "deny",
        code: "policy-regex",
        message: "Using the root profile is not allowed for security reasons",
        hint: "the policy's reason: Prevent use of root profile; write the command without that",
        argument: 2,
      },
    ]);
    expect(findings(example, "aws dynamodb delete-table --table-name t")).toEqual([
      {
        decision: "deny",
        code: "policy-dangerous-command",
        message: "the policy lists `aws dynamodb delete-table` as a dangerous command",
        hint: "look with a read, as `aws dynamodb help` lists them, or have the operator of this server change the policy",
        argument: 2,
      },
    ]);
  });
});
