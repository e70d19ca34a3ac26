import { describe, expect, it } from "vitest";
import { planText } from "../../src/check.js";
import { judge } from "../../src/policy/judge.js";
import { changes } from "../../src/steps/changes.js";
import { ruleBook } from "../policy/rule-book.js";

const book = ruleBook({ mode: "permissive" });

/** For each stage of a text whether it changes something. */
const changing = (text: string): readonly unknown[] => {
  const plan = planText(text, book);
  if (!plan.ok) throw new Error(plan.error.message);
  return judge(plan.value, book).stages.map((stage) => stage !== undefined && changes(stage, book.catalogue));
};

describe("changes", () => {
  it.each([
    "aws s3 ls",
    "aws ec2 describe-instances --query 'Reservations[]'",
    "aws s3 help",
    "aws --version",
    "aws secretsmanager get-secret-value --secret-id s",
    "aws ssm get-parameter --name n --with-decryption",
    "aws lambda get-function-configuration --function-name f",
    "aws s3 presign s3://b/k",
    "aws ecr get-login-password",
    "aws s3 cp s3://b/k report.csv",
    "tee aws.txt",
    "xargs aws sqs get-queue-url --queue-name",
    "xargs echo aws s3 mb",
  ])("is not said of what reads, secrets too: %s", (text) => {
    expect(changing(text)).toEqual([false]);
  });

  it.each([
    "aws s3 mb s3://b",
    "aws s3 rm s3://b/k",
    "aws s3 cp s3://a/k s3://b/k",
    "aws ec2 create-tags --resources i-0 --tags Key=a,Value=b",
    "aws ec2 create-vpc --cidr-block 10.0.0.0/16 --dry-run",
    "aws iam create-access-key",
    "aws kms schedule-key-deletion --key-id k",
    "aws ssm send-command --document-name AWS-RunShellScript --parameters commands=ls",
    "xargs -n 1 aws sqs create-queue --queue-name",
    "aws sqs create-queue --queue-name $(cat)",
  ])("is said of every other effect: %s", (text) => {
    expect(changing(text)).toContain(true);
  });

  it.each([
    "aws ec2 create-key-pair --key-name k",
    "aws cognito-idp create-user-pool-client --user-pool-id p --client-name c",
    "aws apigateway create-api-key",
    "xargs -n 1 aws ec2 create-key-pair --key-name",
    "aws sts assume-role --role-arn arn:aws:iam::123456789012:role/r --role-session-name s",
    // AWS has no level for it.
    "aws sso-oidc start-device-authorization --client-id a --client-secret b --start-url https://d-1.awsapps.com/start",
  ])("is said of what makes the secret that it answers with, as AWS's level has it: %s", (text) => {
    expect(changing(text)).toEqual([true]);
  });
});
