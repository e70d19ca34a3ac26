import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { planText, type Target } from "../../../src/check.js";
import { judge } from "../../../src/policy/judge.js";
import { writtenOut } from "../../../src/server/fan-out/written-out.js";
import { withTarget } from "../../../src/with-target.js";
import { ruleBook } from "../../policy/rule-book.js";
import { arbitraryText } from "../../shell/arbitrary-text.js";

const book = ruleBook({ profiles: ["default", "dev", "it's me"] });
const DEV: Target = { profile: "dev", region: "eu-west-1" };

describe("writtenOut", () => {
  it.each([
    ["aws s3 rm s3://b/k", DEV, "aws --profile=dev --region=eu-west-1 s3 rm s3://b/k"],
    ["aws s3 rm s3://b/k", { region: "eu-west-1" }, "aws --region=eu-west-1 s3 rm s3://b/k"],
    [
      "aws s3 rm 's3://b/a b' 2>&1 | grep x",
      DEV,
      "aws --profile=dev --region=eu-west-1 s3 rm 's3://b/a b' 2>&1 | grep x",
    ],
    ["aws s3 rm s3://b-$AWS_REGION/k", DEV, "aws --profile=dev --region=eu-west-1 s3 rm s3://b-eu-west-1/k"],
    ["aws s3 rm s3://b/k", { profile: "it's me" }, `aws "--profile=it's me" s3 rm s3://b/k`],
    ["```\n$ aws s3 rm s3://b/k # away\n```", { profile: "dev" }, "aws --profile=dev s3 rm s3://b/k"],
    [
      "aws ec2 describe-vpcs\naws s3 ls",
      { profile: "dev" },
      "aws --profile=dev ec2 describe-vpcs; aws --profile=dev s3 ls",
    ],
  ] as const)("writes %s with its target", (text, target, expected) => {
    expect(writtenOut(text, target, book)).toBe(expected);
  });

  it.each(["aws s3 rm s3://$(echo b)/k", "aws s3 rm 's3://b", "aws s3 rm s3://b/k --region us-east-1"])(
    "has no other way to write %s",
    (text) => {
      expect(writtenOut(text, DEV, book)).toBeUndefined();
    },
  );

  it("means by itself what the command means with its target", () => {
    const aws = fc.constantFrom(
      "aws s3 rm s3://b/k",
      "aws ec2 terminate-instances --instance-ids i-1 $'i-\\x32'",
      "aws s3api delete-object --bucket=b --key 'a \"b\" $c'",
      'aws sqs send-message --queue-url $AWS_REGION --message-body "it\'s\n$AWS_PROFILE"',
      "echo b | xargs -I {} aws s3 rm s3://{}/k",
    );
    fc.assert(
      fc.property(aws, fc.constantFrom("; ", " && ", " | "), arbitraryText(0), (command, joint, rest) => {
        const text = `${command}${joint}${rest}`;
        const written = writtenOut(text, DEV, book);
        fc.pre(written !== undefined);
        const plain = planText(text, book, DEV);
        const again = planText(written ?? "", book);
        const one = plain.ok ? withTarget(plain.value, DEV, book.catalogue) : plain;
        if (!one.ok || !again.ok) throw new Error(`${written}: has a problem`);
        expect(meaning(again.value)).toEqual(meaning(one.value));
      }),
      { numRuns: 200 },
    );
  });
});

const meaning = (plan: Parameters<typeof judge>[0]): unknown => {
  const { decision, findings, stages } = judge(plan, book);
  return {
    words: plan.stages.map((stage) => [stage.arguments.map(({ text }) => text), stage.streams]),
    decision,
    codes: findings.map(({ code }) => code),
    stages: stages.map((stage) => [stage?.argv, stage?.kind === "aws" ? stage.profile : undefined]),
  };
};
