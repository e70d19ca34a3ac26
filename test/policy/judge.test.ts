import { describe, expect, it } from "vitest";
import { check, planText } from "../../src/check.js";
import { DEFAULT_STREAMS } from "../../src/plan/streams.js";
import { judge } from "../../src/policy/judge.js";
import type { RuleBook } from "../../src/policy/rule-book.js";
import { ruleBook } from "./rule-book.js";
import { SETTINGS } from "./settings.js";

const verdict = (text: string, changes: Partial<RuleBook> = {}) => {
  const planned = planText(text, SETTINGS);
  if (!planned.ok) throw new Error(planned.error.message);
  return judge(planned.value, ruleBook(changes));
};

describe("judge", () => {
  it("gives every stage's finding and what would run", () => {
    expect(verdict("aws s3 ls --profile dev --region eu-west-1 | sort -r", { profiles: ["dev"] })).toEqual({
      decision: "allow",
      findings: [
        {
          decision: "allow",
          stage: 0,
          code: "effect",
          message: "`aws s3 ls` is `read`: lists buckets and keys",
          hint: "",
          span: { start: 7, end: 9 },
        },
        {
          decision: "allow",
          stage: 1,
          code: "utility",
          message: "`sort` is in the grammar",
          hint: "",
          span: { start: 45, end: 52 },
        },
      ],
      stages: [
        {
          kind: "aws",
          argv: ["aws", "s3", "ls", "--region=eu-west-1"],
          run: "operation",
          operation: "ls",
          profile: "dev",
          region: "eu-west-1",
          effects: ["read"],
          files: [],
          streams: DEFAULT_STREAMS,
        },
        {
          kind: "utility",
          argv: ["sort", "--reverse"],
          paths: ["/usr/bin/sort", "/bin/sort"],
          reads: [],
          scratch: true,
          files: [],
          effects: ["read"],
          streams: DEFAULT_STREAMS,
        },
      ],
      inputs: [],
      pipelines: [{ stages: [0, 1], span: { start: 0, end: 52 } }],
      steps: [{ when: "always", pipeline: 0 }],
    });
  });

  it.each([
    ["aws s3 ls | cat", "allow"],
    ["aws ecr get-login-password | cat", "ask"],
    ["aws ecr get-login-password | aws iam create-user --user-name x", "deny"],
    ["aws s3 ls | sh", "deny"],
    ["sh | aws s3 ls", "deny"],
    ["aws s3 ls | cat | aws iam delete-user --user-name x | cat", "deny"],
  ])("lets the strictest stage win: %s is %s", (text, decision) => {
    expect(verdict(text).decision).toBe(decision);
  });

  it.each([
    ["aws s3 ls", "allow", "allow", "allow"],
    ["aws help", "allow", "allow", "allow"],
    ["aws ecr get-login-password", "deny", "ask", "allow"],
    ["aws s3 mb s3://b", "deny", "allow", "allow"],
    ["aws s3 rm s3://b/k", "deny", "ask", "allow"],
    ["aws iam create-user --user-name x", "deny", "deny", "allow"],
    ["aws configure list", "deny", "deny", "deny"],
    ["aws s3 ls --debug", "deny", "deny", "deny"],
  ])("asks the mode about the effect: %s", (text, readOnly, strict, permissive) => {
    const decisions = (["read-only", "strict", "permissive"] as const).map((mode) => verdict(text, { mode }).decision);
    expect(decisions).toEqual([readOnly, strict, permissive]);
  });

  it("warns where the permissive mode lets more than a read through", () => {
    const [finding] = verdict("aws ecr get-login-password", { mode: "permissive" }).findings;
    expect(finding).toEqual({
      decision: "allow",
      stage: 0,
      code: "effect-sensitive-read",
      message: "`aws ecr get-login-password` is `sensitive-read`: answers with a registry password",
      hint: "",
      span: { start: 8, end: 26 },
    });
  });

  it.each([
    [
      "aws iam create-user --user-name x",
      "no command of this effect runs in mode `strict`; look with a read, as `aws iam help` lists them",
    ],
    ["aws s3 rm s3://b/k", "it needs a person's approval; a read needs none"],
    ["aws s3api get-object --bucket b --key k", "put it right after the operation; see `aws s3api get-object help`"],
    ["aws configure list", "ask AWS instead of the server's machine, as in `aws sts get-caller-identity`"],
  ])("says what would be let through instead of %s", (text, hint) => {
    expect(verdict(text).findings.map((finding) => finding.hint)).toEqual([hint]);
  });

  it("has no canonical form for a stage that it does not understand", () => {
    expect(verdict("aws s3 ls --debug | sort").stages[0]).toBeUndefined();
    expect(check("aws s3 ls --debug | sort", ruleBook()).canonical).toEqual([]);
  });
});

describe("a refusal", () => {
  // One command for each way an aws stage is refused.
  const refused = [
    "aws",
    "aws s3",
    "aws S3 ls",
    "aws s3 ls --acl x",
    "aws s3 ls --Recursive",
    "aws s3 ls --debu",
    "aws s3 ls --region",
    "aws s3 ls --recursive=1",
    "aws s3 ls --output x",
    "aws s3 ls --cli-read-timeout x",
    "aws s3 ls --region a --region b",
    "aws ssm get-parameter --with-decryption --no-with-decryption",
    "aws s3 ls -x",
    "aws --acl x s3 ls",
    "aws s3 ls a b",
    "aws s3 ls $",
    "aws ec2 describe-vpcs x",
    "aws s3 ls --debug",
    "aws s3 ls --endpoint-url http://x",
    "aws s3 ls --profile x",
    "aws ec2 describe-vpcs --filters file:///etc/x",
    "aws ec2 describe-vpcs --filters Name=x,Values@=file://../x",
    "aws ec2 describe-vpcs --filters {",
    "aws s3 cp ~/x s3://b",
    "aws sts get-caller-identity --query 'a['",
    "aws kms describe-key",
    "aws s3api head-object --bucket a/b",
    "aws kms describe-key --key-id arn:aws:kms:x.y:z:k",
    "aws iam create-user --user-name x",
    "aws ecr get-login-password",
    "aws configure list",
    "aws s3api get-object --bucket b --key k",
    "aws ec2 describe-vpcs --cli-input-json x",
    "aws ec2 describe-vpcs --cli-input-json []",
    "aws ec2 describe-vpcs --cli-input-json file:///x",
    "aws ec2 describe-vpcs --max-items x",
    "aws --help s3 ls",
  ];

  it.each(refused)("says what is wrong with `%s`, where, and what to do", (text) => {
    const { decision, findings } = verdict(`cat | ${text}`);
    expect(decision).not.toBe("allow");
    for (const { decision: each, code, message, hint, span, stage } of findings.filter(
      (one) => one.decision !== "allow",
    )) {
      expect(each).toBe(decision);
      expect(stage).toBe(1);
      expect(code).toMatch(/^[a-z]+(-[a-z0-9]+)*$/);
      expect(message).toMatch(/^[a-z`][^\n]*[^.\n]$/);
      expect(hint).toMatch(/^[a-z`][^\n]*[^.\n]$/);
      expect(message).not.toMatch(/\b(Stage|Finding|Verdict|AwsOption|undefined|null|NaN)\b|\[object/);
      expect([span.start >= 6, span.end <= text.length + 6, span.start < span.end]).toEqual([true, true, true]);
    }
  });

  it.each(["read-only", "strict", "permissive"] as const)("has a hint in mode %s", (mode) => {
    for (const text of refused)
      for (const { decision, hint } of verdict(text, { mode }).findings)
        expect([text, decision === "allow", hint === ""]).toEqual([text, decision === "allow", decision === "allow"]);
  });
});
