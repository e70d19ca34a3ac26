import { describe, expect, it } from "vitest";
import { canonicalArgv } from "../../../src/catalogue/command/canonical.js";
import { isName, readCommand } from "../../../src/catalogue/command/read-command.js";
import { catalogue } from "../effects/committed.js";

/** What runs, or the refusal's code and the word it points at. Blanks part words; `·` stands for a blank in one. */
const outcome = (words: string): string => {
  const argv = words.split(" ").map((word) => word.replaceAll("·", " "));
  const result = readCommand(catalogue, argv);
  return result.ok
    ? canonicalArgv(result.value).join(" ")
    : `${result.error.code} at ${argv[result.error.argument] ?? "?"}`;
};

const hint = (words: string): string => {
  const result = readCommand(catalogue, words.split(" "));
  return result.ok ? "" : result.error.hint;
};

describe("readCommand", () => {
  it("reads names, options with their values, and global options", () => {
    const argv = "aws --region eu-west-1 ec2 describe-instances --instance-ids i-1 i-2 --output=json --dry-run".split(
      " ",
    );
    const table = catalogue.service("ec2")?.operation("describe-instances");
    expect(readCommand(catalogue, argv)).toEqual({
      ok: true,
      value: {
        kind: "operation",
        service: { text: "ec2", argument: 3 },
        path: [{ text: "describe-instances", argument: 4 }],
        table,
        globals: [
          {
            option: catalogue.globals.options.get("region"),
            argument: 1,
            words: [{ text: "eu-west-1", argument: 2 }],
          },
          { option: catalogue.globals.options.get("output"), argument: 8, words: [{ text: "json", argument: 8 }] },
        ],
        options: [
          {
            option: table?.options.get("instance-ids"),
            argument: 5,
            words: [
              { text: "i-1", argument: 6 },
              { text: "i-2", argument: 7 },
            ],
          },
          { option: table?.options.get("dry-run"), argument: 9, words: [] },
        ],
        operands: [],
      },
    });
  });

  it.each([
    ["aws --output json s3 ls", "aws s3 ls --output=json"],
    ["aws s3 --output json ls", "aws s3 ls --output=json"],
    ["aws s3 ls --output=json s3://b", "aws s3 ls s3://b --output=json"],
    ["aws s3 ls --recursive --output json s3://b", "aws s3 ls s3://b --recursive --output=json"],
    ["aws --no-paginate --color off sts get-caller-identity", "aws sts get-caller-identity --no-paginate --color=off"],
    ["aws ec2 --region us-east-1 wait instance-running", "aws ec2 wait instance-running --region=us-east-1"],
    ["aws ec2 wait --region us-east-1 instance-running", "aws ec2 wait instance-running --region=us-east-1"],
  ])("takes global options anywhere: %s", (words, canonical) => {
    expect(outcome(words)).toBe(canonical);
  });

  it.each([
    ["aws s3 ls --out json", "aws s3 ls --output=json"],
    ["aws s3 ls --d", "aws s3 ls --debug"],
    ["aws s3 ls --end http://x", "aws s3 ls --endpoint-url=http://x"],
    ["aws s3 ls --prof x", "aws s3 ls "],
    ["aws s3 ls --no-ver", "aws s3 ls --no-verify-ssl"],
    ["aws ssm get-parameter --name x --with-dec", "aws ssm get-parameter --name=x --with-decryption"],
    ["aws ec2 describe-instances --inst i-1 i-2", "aws ec2 describe-instances --instance-ids i-1 i-2"],
    ["aws s3 ls --page 5", "aws s3 ls --page-size=5"],
    ["aws s3api list-objects-v2 --bucket b --max 5", "aws-option-ambiguous at --max"],
    ["aws s3 ls --no", "aws-option-ambiguous at --no"],
    ["aws s3 ls --cli-", "aws-option-ambiguous at --cli-"],
    // A beginning of a global name is the global option, whatever the operation has.
    ["aws rds describe-db-instances --reg x", "aws rds describe-db-instances --region=x"],
  ])("spells an abbreviation out where one option alone has it: %s", (words, expected) => {
    expect(outcome(words)).toBe(expected.trimEnd());
  });

  it.each([
    [
      "aws ec2 describe-instances --instance-ids i-1 --output json i-2",
      "aws ec2 describe-instances --instance-ids i-1 i-2 --output=json",
    ],
    ["aws s3 ls --page-size --output json 5", "aws s3 ls --page-size=5 --output=json"],
    ["aws s3 ls --page-size --output json", "aws-option-value at --page-size"],
  ])("joins what stands before and after a global option: %s", (words, expected) => {
    expect(outcome(words)).toBe(expected);
  });

  it.each([
    ["aws s3 ls --output json --output text", "aws-option-repeated at --output"],
    ["aws s3 ls --output json --out text", "aws-option-repeated at --out"],
    ["aws s3api head-object --bucket a --bucket=b --key k", "aws-option-repeated at --bucket=b"],
    [
      "aws ssm get-parameter --name n --no-with-decryption --with-decryption",
      "aws-option-repeated at --with-decryption",
    ],
    ["aws ec2 describe-instances --dry-run --no-dry-run", "aws-option-repeated at --no-dry-run"],
    [
      "aws s3 cp a s3://b --recursive --exclude x --include y --exclude z",
      "aws s3 cp a s3://b --recursive --exclude=x --include=y --exclude=z",
    ],
    ["aws s3 mb s3://b --tags a b --tags c d", "aws s3 mb s3://b --tags a b --tags c d"],
  ])("refuses an option that is given twice, but for those that add up: %s", (words, expected) => {
    expect(outcome(words)).toBe(expected);
  });

  it.each([
    ["aws s3api head-object --key k", "aws-option-missing at head-object"],
    ["aws s3api head-object", "aws-option-missing at head-object"],
    ["aws s3api head-object --generate-cli-skeleton", "aws s3api head-object --generate-cli-skeleton"],
    ["aws s3api head-object --cli-input-json {}", "aws s3api head-object --cli-input-json {}"],
    ["aws s3 cp a", "aws-operand-missing at cp"],
    ["aws s3api get-object --bucket b --key k", "aws-operand-missing at get-object"],
    ["aws s3 cp a s3://b c", "aws-operand-extra at c"],
    ["aws ec2 describe-instances i-1", "aws-operand-extra at i-1"],
  ])("wants what is required and no more: %s", (words, expected) => {
    expect(outcome(words)).toBe(expected);
  });

  it("counts `--no-x` for a required `x`", () => {
    // The option is required in the model, and a flag.
    expect(outcome("aws ec2 modify-vpc-attribute --vpc-id v --no-enable-dns-support")).toBe(
      "aws ec2 modify-vpc-attribute --vpc-id=v --no-enable-dns-support",
    );
    expect(outcome("aws guardduty create-detector --no-enable")).toBe("aws guardduty create-detector --no-enable");
    expect(outcome("aws guardduty create-detector")).toBe("aws-option-missing at create-detector");
  });

  it.each([
    ["aws ec2 describe-instances --max-items x", "aws-option-value at x"],
    ["aws ec2 describe-instances --max-items -5", "aws ec2 describe-instances --max-items=-5"],
    ["aws ec2 describe-instances --output x", "aws-option-value at x"],
    ["aws ec2 describe-instances --output=JSON", "aws-option-value at --output=JSON"],
    ["aws s3 cp a s3://b --acl public", "aws-option-value at public"],
    ["aws ec2 describe-instances --color always", "aws-option-value at always"],
    ["aws ec2 describe-instances --cli-read-timeout 1e3", "aws-option-value at 1e3"],
    ["aws cloudwatch describe-alarms-for-metric --metric-name m --namespace n --period 1.5", "aws-option-value at 1.5"],
  ])("takes only values that the CLI takes: %s", (words, expected) => {
    expect(outcome(words)).toBe(expected);
  });

  it.each([
    ["aws help", "aws help"],
    ["aws s3 help", "aws s3 help"],
    ["aws s3 ls help", "aws s3 ls help"],
    ["aws ec2 wait instance-running help", "aws ec2 wait instance-running help"],
    ["aws s3 ls --help", "aws s3 ls help"],
    ["aws --help", "aws help"],
    ["aws --version", "aws --version"],
  ])("reads `help` as help directly after names: %s", (words, expected) => {
    expect(outcome(words)).toBe(expected);
  });

  it.each([
    ["aws cloudwatch delete-alarms --alarm-names prod help", "aws cloudwatch delete-alarms --alarm-names prod help"],
    ["aws iam create-user --user-name help", "aws iam create-user --user-name=help"],
    ["aws s3 ls s3://b help", "aws-operand-extra at help"],
    ["aws help s3", "aws-service-unknown at help"],
    ["aws s3 rm --recursive help", "aws s3 rm help --recursive"],
    ["aws iam create-user --user-name x --help", "aws-help-misplaced at --help"],
    ["aws --version s3", "aws-help-misplaced at --version"],
    ["aws --region x help", "aws-service-unknown at help"],
  ])("does not take `help` for help elsewhere: %s", (words, expected) => {
    expect(outcome(words)).toBe(expected);
  });

  it.each([
    ["aws", "aws-no-service at aws"],
    ["aws s3", "aws-no-operation at s3"],
    ["aws ec2 wait", "aws-operation-unknown at wait"],
    ["aws --output json", "aws-no-service at aws"],
    ["aws S3 ls", "aws-service-unknown at S3"],
    ["aws __proto__ x", "aws-service-unknown at __proto__"],
    ["aws ec2 DescribeInstances", "aws-operation-unknown at DescribeInstances"],
    ["aws ec2 describe-instance", "aws-operation-unknown at describe-instance"],
    ["aws ec2 wait·instance-running", "aws-operation-unknown at wait instance-running"],
    ["aws ec2 wait instance-runnin", "aws-operation-unknown at instance-runnin"],
    ["aws -s3 ls", "aws-option-early at -s3"],
    ["aws -- s3 ls", "aws-option-early at --"],
    ["aws s3 ls --", "aws-word-unclear at --"],
    ["aws s3 ls ---recursive", "aws-word-unclear at ---recursive"],
    ["aws s3 ls -r", "aws-word-unclear at -r"],
    ["aws s3 ls --·x", "aws-word-unclear at -- x"],
    ["aws s3 ls --Recursive", "aws-option-unknown at --Recursive"],
    ["aws s3 ls --acl public-read", "aws-option-unknown at --acl"],
    ["aws s3 ls --recursive=yes", "aws-option-value at --recursive=yes"],
    ["aws s3 ls --no-paginate=1", "aws-option-value at --no-paginate=1"],
    ["aws s3 ls --region", "aws-option-value at --region"],
    ["aws s3 ls --region --output json", "aws-option-value at --region"],
    ["aws --filters x ec2 describe-instances", "aws-option-early at --filters"],
    ["aws ec2 --filters x describe-instances", "aws-option-early at --filters"],
  ])("refuses %s: %s", (words, expected) => {
    expect(outcome(words)).toBe(expected);
  });

  it.each([
    ["aws ecc describe-instances", "did you mean `ec2`"],
    ["aws ec2 describe-instance", "did you mean `describe-instances`"],
    ["aws ec2 wait instance-runing", "did you mean `wait instance-running`"],
    ["aws ec2 describe-instances --instance-id5 x", "did you mean `--instance-ids`"],
    ["aws s3api list-objects-v2 --bucket b --max 5", "spell it in full: `--max-items` or `--max-keys`"],
    ["aws s3api head-object --key k", "add `--bucket VALUE`"],
  ])("says what comes nearest: %s", (words, expected) => {
    expect(hint(words).slice(0, expected.length)).toBe(expected);
  });

  it("finds a required option's abbreviation given", () => {
    expect(outcome("aws kms describe-key --key k")).toBe("aws kms describe-key --key-id=k");
  });
});

describe("canonicalArgv", () => {
  it.each([
    [
      "aws ec2 describe-instances --max-items \ud800 --instance-ids i-1 \ud801 --output text",
      ["aws", "ec2", "describe-instances", "--max-items=\ud800", "--instance-ids", "i-1", "\ud801", "--output=text"],
    ],
    [
      "aws --output json ec2 describe-tags --filters a b --max-items 5 --dry-run",
      ["aws", "ec2", "describe-tags", "--filters", "a", "b", "--max-items=5", "--dry-run", "--output=json"],
    ],
    ["aws s3 ls --recursive s3://b --request-payer", ["aws", "s3", "ls", "s3://b", "--recursive", "--request-payer"]],
    ["aws --profile dev s3 ls", ["aws", "s3", "ls"]],
    ["aws s3api list-objects-v2 --prefix= --bucket b", ["aws", "s3api", "list-objects-v2", "--prefix=", "--bucket=b"]],
    [
      "aws s3api list-objects-v2 --prefix=--x --bucket b",
      ["aws", "s3api", "list-objects-v2", "--prefix=--x", "--bucket=b"],
    ],
    ["aws ec2 describe-tags --filters ·a=b·'c'·$d", ["aws", "ec2", "describe-tags", "--filters= a=b 'c' $d"]],
  ])("writes %s in one spelling", (words, canonical) => {
    const read = readCommand(
      catalogue,
      words.split(" ").map((word) => word.replaceAll("·", " ")),
    );
    expect(read.ok && canonicalArgv(read.value)).toEqual(canonical);
  });
});

describe("isName", () => {
  it("is true for lower-case words joined by hyphens", () => {
    const names = ["s3", "describe-instances", "get-ec2-x", "a", "", "S3", "-a", "a-", "a--b", "3s", "a b", "a\n", "á"];
    expect(names.filter(isName)).toEqual(["s3", "describe-instances", "get-ec2-x", "a"]);
  });
});
