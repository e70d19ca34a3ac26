import { describe, expect, it } from "vitest";
import { DEFAULT_STREAMS } from "../../../src/plan/streams.js";
import { UNKNOWN_OUTPUT } from "../../../src/plan/unknown.js";
import { strictest } from "../../../src/policy/decision.js";
import { NO_FILES } from "../../../src/policy/files.js";
import { judgeAws } from "../../../src/policy/judge-aws.js";
import type { RuleBook } from "../../../src/policy/rule-book.js";
import { marked } from "../../plan/marked.js";
import { ruleBook } from "../rule-book.js";

const judged = (text: string, changes: Partial<RuleBook> = {}) =>
  judgeAws(
    { arguments: marked(`aws ${text}`), span: { start: 0, end: 0 }, streams: DEFAULT_STREAMS },
    0,
    ruleBook(changes),
    NO_FILES(0),
  );

const decision = (text: string, changes: Partial<RuleBook> = {}): string => {
  const { findings, stage } = judged(text, changes);
  const worst = strictest(findings.map((finding) => finding.decision));
  const refusal = stage === undefined ? ` ${findings[0]?.code}` : "";
  return `${worst}${refusal}`;
};

describe("judging an aws stage whose values are not known yet", () => {
  it.each([
    ["ec2 describe-instances --instance-ids «»", "allow"],
    ["ec2 describe-instances --instance-ids «i-1» «i-2»", "allow"],
    ["s3api get-bucket-encryption --bucket «»", "allow"],
    ["s3api get-bucket-encryption --bucket «my-bucket»", "allow"],
    ["s3api list-objects-v2 --bucket «» --prefix «»", "allow"],
    [
      "cloudwatch get-metric-statistics --namespace AWS/EC2 --metric-name m --start-time «» --end-time «» --period «» --statistics Average",
      "allow",
    ],
    [
      "cloudwatch get-metric-statistics --namespace AWS/EC2 --metric-name m --start-time «2026-01-01T00:00:00Z» --end-time «2026-01-02T00:00:00Z» --period «300» --statistics Average",
      "allow",
    ],
    ["logs filter-log-events --log-group-name «» --start-time «»", "allow"],
    ["logs filter-log-events --log-group-name «/aws/x» --start-time «1700000000000»", "allow"],
    ["s3 ls s3://bucket/«»/", "allow"],
    ["s3 ls s3://bucket/«2026»/", "allow"],
    ["s3 cp s3://bucket/logs/«».csv -", "allow"],
    ["s3 cp s3://bucket/logs/«a».csv -", "allow"],
    ["s3 cp s3://bucket/«» report.csv", "allow"],
    ["ec2 create-tags --resources «» --tags Key=a,Value=b", "allow"],
    ["ec2 create-tags --resources «i-1» --tags Key=a,Value=b", "allow"],
    ["iam get-role --role-name «»", "allow"],
    ["kms describe-key --key-id «»", "allow"],
    ["kms describe-key --key-id «arn:aws:kms:us-east-1:111122223333:key/1»", "allow"],
    ["dynamodb describe-table --table-name «»", "allow"],
    ["s3control list-jobs --account-id «»", "allow"],
    ["neptune-graph get-graph-summary --graph-identifier «»", "allow"],
    ["ssm get-parameter --name «»", "allow"],
    ["ecs describe-services --cluster «» --services «» «»", "allow"],
    ["logs tail «»", "allow"],
    ["lambda get-function-configuration --function-name «»", "ask"],
    ["lambda get-function-configuration --function-name «f»", "ask"],
    ["ssm get-parameter --name «» --with-decryption", "ask"],
    ["secretsmanager get-secret-value --secret-id «»", "ask"],
    ["ec2 terminate-instances --instance-ids «»", "ask"],
    ["ec2 terminate-instances --instance-ids «i-1»", "ask"],
    ["s3 rm s3://bucket/«»", "ask"],
    ["s3 cp s3://bucket/«» s3://other/", "ask"],
    ["s3 presign s3://bucket/«»", "ask"],
    ["iam put-user-policy --user-name u --policy-name p --policy-document «»", "deny"],
    ["iam put-user-policy --user-name «» --policy-name p --policy-document {}", "deny"],
    ["iam create-access-key --user-name «»", "deny"],
    ["s3api put-object-acl --bucket b --key k --acl «»", "deny"],
    ["s3api put-object-acl --bucket b --key k --acl «public-read»", "deny"],
    ["ec2 authorize-security-group-ingress --group-id sg-1 --protocol tcp --port 22 --cidr «»", "deny"],
    ["ec2 describe-instance-attribute --instance-id i-1 --attribute «»", "ask"],
    ["ec2 describe-instance-attribute --instance-id i-1 --attribute «instanceType»", "allow"],
    ["athena start-query-execution --query-string «»", "ask"],
  ])("says of %s: %s", (text, expected) => expect(decision(text)).toBe(expected));

  it.each([
    ["s3api get-bucket-encryption --bucket «evil.example/x»", "deny aws-value-chooses-host"],
    ["s3control list-jobs --account-id «evil.example/»", "deny aws-value-chooses-host"],
    ["kms describe-key --key-id «arn:aws:kms:evil.example/:1:key/1»", "deny aws-value-chooses-host"],
    [
      "cloudwatch get-metric-statistics --namespace n --metric-name m --start-time a --end-time b --period «x»",
      "deny aws-option-value",
    ],
    ["ec2 describe-instances --max-items «5 6»", "deny aws-option-value"],
    ["ec2 create-tags --resources «arn:aws:ec2:us-east-1:999999999999:instance/i-1» --tags Key=a,Value=b", "ask"],
    ["ec2 create-tags --resources «arn:aws:iam::111122223333:role/x» --tags Key=a,Value=b", "ask"],
    [
      "s3api put-object-acl --bucket b --key k --acl «private»",
      decision("s3api put-object-acl --bucket b --key k --acl private"),
    ],
  ])("judges the value as soon as it is known: %s: %s", (text, expected) => expect(decision(text)).toBe(expected));

  it("puts the character of an unknown value into the canonical argv, and takes it for no file", () => {
    const { stage, inputs } = judged("s3api head-object --key=logs/«» --bucket «»");
    expect(stage).toMatchObject({
      argv: ["aws", "s3api", "head-object", `--key=logs/${UNKNOWN_OUTPUT}`, `--bucket=${UNKNOWN_OUTPUT}`],
      files: [],
      effects: ["read"],
    });
    expect(inputs).toEqual([]);
  });

  it("reads no more with an unknown value in mode read-only", () => {
    expect(decision("ec2 describe-instances --instance-ids «»", { mode: "read-only" })).toBe("allow");
    expect(decision("ec2 create-tags --resources «» --tags Key=a,Value=b", { mode: "read-only" })).toBe("deny");
  });
});
