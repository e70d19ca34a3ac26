import { describe, expect, it } from "vitest";
import { findService, nearestServices, serviceNames } from "../../../src/server/prompts/find-service.js";
import { FREQUENT, SERVICE_NAMES } from "../../../src/server/prompts/service-names.js";
import { catalogue } from "../../catalogue/effects/committed.js";

const name = (text: string): string | undefined => findService(text, catalogue)?.name;

describe("findService", () => {
  it.each([
    ["s3", "s3"],
    ["S3", "s3"],
    ["s3api", "s3"],
    ["EC2", "ec2"],
    ["Amazon EC2", "ec2"],
    ["AWS Config", "configservice"],
    ["config", "configservice"],
    ["cloudwatch logs", "logs"],
    ["cloudwatch", "cloudwatch"],
    ["elb", "elbv2"],
    ["Application Load Balancer", "elbv2"],
    ["s3-bucket", "s3"],
    ["s3_buckets", "s3"],
    ["ec2 instances", "ec2"],
    ["lambda functions", "lambda"],
    ["queues", "sqs"],
    ["AWS::DynamoDB::Table", "dynamodb"],
    ["Step Functions", "stepfunctions"],
    ["Secrets Manager", "secretsmanager"],
    ["guard duty", "guardduty"],
    ["EventBridge", "events"],
    ["ec2-instance-connect", "ec2-instance-connect"],
    ["vpc", "vpc"],
    ["ebs", "ebs"],
    ["  rds", "rds"],
  ])("takes %j for %s", (text, service) => {
    expect(name(text)).toBe(service);
  });

  it.each([
    "",
    "x",
    "constructor",
    "__proto__",
    "aws",
    "--s3",
    "s3; ls",
    "configure",
    "login",
    "s3\n",
    "é",
    "s".repeat(65),
  ])("finds nothing in %j", (text) => {
    expect(name(text)).toBeUndefined();
  });

  it("knows the word after `aws` and what the service signs for", () => {
    const found = (text: string) => {
      const service = findService(text, catalogue);
      return [service?.name, service?.word, service?.model.signingName];
    };
    expect(found("s3")).toEqual(["s3", "s3api", "s3"]);
    expect(found("vpc")).toEqual(["vpc", "ec2", "ec2"]);
    expect(found("elb")).toEqual(["elbv2", "elbv2", "elasticloadbalancing"]);
    expect(found("stepfunctions")).toEqual(["stepfunctions", "stepfunctions", "states"]);
  });

  it("has an API behind every name that it offers and every name that people use", () => {
    const offered = serviceNames(catalogue);
    expect(new Set(offered).size).toBe(offered.length);
    expect(offered.filter((each) => name(each) === undefined)).toEqual([]);
    expect(FREQUENT.filter((each) => name(each) !== each)).toEqual([]);
    expect(Object.entries(SERVICE_NAMES).filter(([alias, service]) => name(alias) !== service)).toEqual([]);
  });
});

describe("nearestServices", () => {
  it("names what a mistyped name may have been", () => {
    expect(nearestServices("lamda", catalogue)).toEqual(["lambda"]);
    expect(nearestServices("Dynamo", catalogue)).toEqual(["dynamodb", "dynamodbstreams"]);
    expect(nearestServices("zzzzzzzz", catalogue)).toEqual([]);
  });
});
