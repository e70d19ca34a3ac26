import { describe, expect, it } from "vitest";
import { newResourceOf } from "../../../src/server/prompts/new-resources.js";

describe("newResourceOf", () => {
  it.each([
    ["s3-bucket", "s3-bucket"],
    ["AWS::S3::Bucket", "s3-bucket"],
    ["EC2 instance", "ec2-instance"],
    ["AWS::SQS::Queue", "sqs-queue"],
    ["Amazon RDS database", "rds-instance"],
    ["secret", "secret"],
    ["AWS::Logs::LogGroup", "log-group"],
    ["security-group", undefined],
    ["iam-role", undefined],
    ["", undefined],
    ["!", undefined],
  ])("takes %j for %s", (text, title) => {
    expect(newResourceOf(text)?.title).toBe(title);
  });
});
