import { describe, expect, it } from "vitest";
import { readCommand } from "../../../src/catalogue/command/read-command.js";
import { UNKNOWN_ITEM, UNKNOWN_OUTPUT } from "../../../src/plan/unknown.js";
import { expandedRefusal } from "../../../src/policy/aws/expanded-refusal.js";
import { misreadExpansion } from "../../../src/policy/aws/misread-expansion.js";
import { catalogue } from "../../catalogue/effects/committed.js";
import { marked, markedWord } from "../../plan/marked.js";

const refusal = (words: ReturnType<typeof marked>) => {
  const read = readCommand(
    catalogue,
    words.map(({ text }) => text),
  );
  return read.ok ? expandedRefusal(read.value, words) : misreadExpansion(read.error, words);
};

const code = (text: string): string => refusal(marked(`aws ${text}`))?.code ?? "pass";

describe("expandedRefusal", () => {
  it.each([
    "ec2 describe-instances --instance-ids «»",
    "ec2 describe-instances --instance-ids «i-1» «i-2»",
    "ec2 describe-instances --instance-ids i-1 «»",
    "ec2 describe-instances --instance-ids=«»",
    "ec2 describe-instances --instance-ids i-«»",
    "ec2 describe-instances --instance-id «»",
    "s3api head-object --bucket «» --key logs/«»/x.csv",
    "s3api head-object --bucket=«» --key=«a=b»",
    "cloudwatch get-metric-statistics --namespace n --metric-name m --start-time «» --end-time «» --period «»",
    "ec2 describe-volumes --max-items «» --page-size=«5» --starting-token «»",
    "iam put-user-policy --user-name u --policy-name p --policy-document «»",
    'logs filter-log-events --log-group-name «» --filter-pattern {$.id="«»"}',
    "logs start-query --log-group-name g --start-time «1» --end-time «2» --query-string «fields»",
    "ec2 create-tags --resources «» --tags Key=a,Value=b",
    "logs tail «»",
    "logs tail /aws/«» --since «»",
    "kms encrypt --key-id k --plaintext «aGk=»",
    "s3 ls s3://bucket/«»",
    "s3 ls s3://bucket/«»/",
    "s3 cp s3://bucket/logs/«».csv -",
    "s3 cp s3://bucket/«» report.csv",
    "s3 cp s3://bucket/«»/a.csv .",
    "s3 cp s3://bucket/«» . --recursive",
    "s3 cp s3://bucket/«» s3://bucket/copies/",
    "s3 sync s3://bucket/«»/ .",
    "s3 cp notes.txt s3://bucket/«»/notes.txt --content-type «»",
    "s3 cp . s3://bucket/ --recursive --exclude «» --include=«»",
    "s3 rm s3://bucket/«»",
  ])("takes data: %s", (text) => expect(code(text)).toBe("pass"));

  it.each([
    ["«» describe-instances", "expansion-program"],
    ["«ec2» describe-instances", "expansion-program"],
    ["e«c2» describe-instances", "expansion-program"],
    ["ec2 «»", "expansion-program"],
    ["ec2 «describe-instances»", "expansion-program"],
    ["ec2 describe-«»", "expansion-program"],
    ["ec2 describe-«instances»", "expansion-program"],
    ["ec2 wait «»", "expansion-program"],
    ["ec2 wait «instance-running» --instance-ids i-1", "expansion-program"],
    ["«ec2» wait instance-running", "expansion-program"],
    ["s3 «help»", "expansion-program"],
    ["«help»", "expansion-program"],
    ["«--version»", "expansion-program"],
    ["ec2 describe-instances «»", "aws-operand-extra"],
    ["ec2 describe-instances «help»", "expansion-program"],
    ["ec2 describe-instances «--help» --dry-run", "expansion-option"],
    ["ec2 describe-instances --«»", "expansion-option"],
    ["ec2 describe-instances -«»", "expansion-option"],
    ["ec2 describe-instances «--instance-ids» i-1", "expansion-option"],
    ["ec2 describe-instances --«instance-ids» i-1", "expansion-option"],
    ["ec2 describe-instances --instance-«ids» i-1", "expansion-option"],
    ["ec2 describe-instances --instance-«» i-1", "expansion-option"],
    ["ec2 describe-instances --instance-ids«=i-1»", "expansion-option"],
    ["ec2 describe-instances --instance-«ids=i-1»", "expansion-option"],
    ["ec2 describe-instances --instance-«ids»=i-1", "expansion-option"],
    ["ec2 describe-instances --«dry-run»", "expansion-option"],
    ["ec2 describe-instances «--dry-run»", "expansion-option"],
    ["ec2 describe-instances --instance-ids «-5»", "expansion-option"],
    ["ec2 describe-instances --max-items -«5»", "expansion-option"],
    ["ec2 describe-instances --instance-ids «-»", "expansion-option"],
    ["ec2 «--dry-run» describe-instances", "expansion-option"],
    ["ec2 describe-instances --nope=«»", "aws-option-unknown"],
    ["ec2 describe-instances --dry-run=«»", "aws-option-value"],
    ["ec2 describe-vpcs --region «»", "expansion-global"],
    ["ec2 describe-vpcs --region «us-east-1»", "expansion-global"],
    ["ec2 describe-vpcs --region=us-«»", "expansion-global"],
    ["ec2 describe-vpcs --region=us-«east-1»", "expansion-global"],
    ["--reg «us-east-1» ec2 describe-vpcs", "expansion-global"],
    ["ec2 describe-vpcs --reg«ion=us-east-1»", "expansion-global"],
    ["ec2 describe-vpcs «--region» us-east-1", "expansion-global"],
    ["ec2 describe-vpcs «--profile=prod»", "expansion-global"],
    ["ec2 describe-vpcs --profile «»", "expansion-global"],
    ["ec2 describe-vpcs --query «»", "expansion-global"],
    ["ec2 describe-vpcs --query Vpcs[«0»]", "expansion-global"],
    ["ec2 describe-vpcs --output «json»", "expansion-global"],
    ["ec2 describe-vpcs --endpoint-url «»", "expansion-global"],
    ["ec2 describe-vpcs --endpoint-url=http://«»", "expansion-global"],
    ["ec2 describe-vpcs «--debug»", "expansion-global"],
    ["ec2 describe-vpcs --no-«verify-ssl»", "expansion-global"],
    ["ec2 describe-vpcs --color «off»", "expansion-global"],
    ["s3api put-object --bucket b --key k --body «»", "expansion-path"],
    ["s3api put-object --bucket b --key k --body=x«».bin", "expansion-path"],
    ["s3api get-object --bucket b --key k «»", "expansion-path"],
    ["s3api get-object --bucket b --key k «out.bin»", "expansion-path"],
    ["lambda invoke --function-name f «»", "expansion-path"],
    ["cloudformation deploy --stack-name s --template-file «t.yaml»", "expansion-path"],
    ["ec2 describe-instances --instance-ids «file:///etc/passwd»", "expansion-path"],
    ["ec2 describe-instances --instance-ids file://«»", "expansion-path"],
    ["ec2 describe-instances --instance-ids=fi«le://x»", "expansion-path"],
    ["ec2 describe-instances --instance-ids i-1 «file://x»", "expansion-path"],
    ["kms encrypt --key-id k --plaintext «fileb://x»", "expansion-path"],
    ["logs tail «file://x»", "expansion-path"],
    ["ec2 describe-vpcs --filters «»", "expansion-structure"],
    ["ec2 describe-vpcs --filters Name=vpc-id,Values=«»", "expansion-structure"],
    ["ec2 describe-vpcs --filters Name=vpc-id,Values=«vpc-1»", "expansion-structure"],
    ["ec2 describe-vpcs --filters «Name=vpc-id,Values=vpc-1»", "expansion-structure"],
    ["ec2 create-tags --resources i-1 --tags «Key=a,Value=b»", "expansion-structure"],
    ["s3 cp notes.txt s3://b/k --metadata «a=b»", "expansion-structure"],
    ['ec2 describe-instances --instance-ids «["i-1"]»', "expansion-structure"],
    ['ec2 describe-instances --instance-ids ["«»"]', "expansion-structure"],
    ["ec2 describe-instances --instance-ids « [1]»", "expansion-structure"],
    ["ec2 describe-instances --instance-ids «\u0085[1]»", "expansion-structure"],
    ["ec2 describe-instances --instance-ids «{}»", "expansion-structure"],
    ['ec2 describe-instances --cli-input-json «{"DryRun":true}»', "expansion-structure"],
    ["ec2 describe-instances --generate-cli-skeleton «input»", "expansion-structure"],
    ["ec2 describe-instances --generate-cli-skeleton «»", "expansion-structure"],
    ["elb describe-instance-health --load-balancer-name l --instances «»", "expansion-structure"],
    ["elb describe-instance-health --load-balancer-name l --instances «i-1»", "expansion-structure"],
    ["s3 ls «»", "expansion-bucket"],
    ["s3 ls «bucket»", "expansion-bucket"],
    ["s3 ls bucket/«»", "expansion-bucket"],
    ["s3 ls «s3://bucket/x»", "expansion-bucket"],
    ["s3 ls s3://«»", "expansion-bucket"],
    ["s3 ls s3://«bucket/x»", "expansion-bucket"],
    ["s3 ls s3://bucket-«»", "expansion-bucket"],
    ["s3 ls s3://bucket«»/x", "expansion-bucket"],
    ["s3 ls s3://bucket«/x»", "expansion-bucket"],
    ["s3 ls s3:/«/bucket/x»", "expansion-bucket"],
    ["s3 ls s3:///«»", "expansion-bucket"],
    ["s3 ls S3://bucket/«x»", "expansion-bucket"],
    ["s3 mb s3://«new»", "expansion-bucket"],
    ["s3 rb s3://«»", "expansion-bucket"],
    ["s3 ls s3://arn:aws:s3:us-east-1:111122223333:accesspoint/p/«»", "expansion-bucket"],
    ["s3 ls s3://arn:aws:s3:us-east-1:«»:accesspoint/p/x", "expansion-bucket"],
    ["s3 cp s3://bucket/x «»", "expansion-path"],
    ["s3 cp «-» s3://bucket/x", "expansion-option"],
    ["s3 cp s3://bucket/x out-«».csv", "expansion-path"],
    ["s3 cp reports/«x» s3://bucket/", "expansion-path"],
    ["s3 cp ./«x» s3://bucket/", "expansion-path"],
    ["s3 cp s3://bucket/«» .", "expansion-path"],
    ["s3 cp s3://bucket/«a.csv» reports/", "expansion-path"],
    ["s3 cp s3://bucket/x/«».csv .", "expansion-path"],
  ])("judges %s: %s", (text, expected) => expect(code(text)).toBe(expected));

  it("refuses the character of an unknown value where nothing is marked", () => {
    const word = (text: string) => ({ text, span: { start: 0, end: text.length } });
    const words = marked("aws ec2 describe-instances --instance-ids");
    expect(refusal([...words, word(UNKNOWN_OUTPUT)])).toMatchObject({ code: "lone-surrogate", argument: 4 });
    expect(refusal([...words, word("i-1"), word(UNKNOWN_ITEM)])).toMatchObject({ code: "lone-surrogate", argument: 5 });
    const half = { ...word(`${UNKNOWN_OUTPUT}${UNKNOWN_OUTPUT}`), expanded: [{ start: 0, end: 1 }] };
    expect(refusal([...words, half])).toMatchObject({ code: "lone-surrogate", argument: 4 });
  });

  it("refuses parts that lie outside of their word, or are empty", () => {
    const words = marked("aws ec2 describe-instances --instance-ids");
    const at = (start: number, end: number) =>
      refusal([...words, { ...markedWord("i-1"), expanded: [{ start, end }] }])?.code;
    expect([at(0, 3), at(3, 3), at(1, 4), at(2, 1), at(-1, 1)]).toEqual([
      undefined,
      "expansion-option",
      "expansion-option",
      "expansion-option",
      "expansion-option",
    ]);
  });

  it.each([
    [
      "ec2 describe-«»",
      {
        code: "expansion-program",
        message:
          "`describe-$(…)` says what `aws` does, and no service and no operation comes from the output of other commands",
        hint: "run the inner command in a call of its own, then write the name out, as in `aws ec2 describe-instances`",
        argument: 2,
      },
    ],
    [
      "ec2 describe-vpcs --region «»",
      {
        code: "expansion-global",
        message:
          "`--region` says how and as whom the command runs, and its value does not come from the output of other commands",
        hint: "run the inner command in a call of its own, then write the value out, as in `--region us-east-1`",
        argument: 4,
      },
    ],
    [
      "ec2 describe-vpcs --«»",
      {
        code: "expansion-option",
        message: "`--$(…)` could be an option, and none comes from the output of other commands",
        hint: 'run the inner command in a call of its own, then write the option\'s name out; its value may be data, as in `aws ec2 describe-instances --instance-ids "$(…)"`',
        argument: 3,
      },
    ],
    [
      "ec2 describe-vpcs --filters Name=vpc-id,Values=«»",
      {
        code: "expansion-structure",
        message:
          "`Name=vpc-id,Values=$(…)` in `--filters` may hold more than one value, and no structure comes from the output of other commands",
        hint: "run the inner command in a call of its own, then write the whole value of `--filters` out",
        argument: 4,
      },
    ],
    [
      "s3 ls s3://«»",
      {
        code: "expansion-bucket",
        message: "`s3://$(…)` does not begin with a bucket that is written out",
        hint: 'write it out, as in `s3://bucket/prefix/`, or hand the name over where it is a value: `aws s3api list-objects-v2 --bucket "$(…)"`, `… | xargs -n 1 aws s3api list-objects-v2 --bucket`',
        argument: 3,
      },
    ],
    [
      "s3 cp s3://b/«» .",
      {
        code: "expansion-path",
        message:
          "the name of the file would be the end of `s3://b/$(…)`, and none comes from the output of other commands",
        hint: 'name the file, as in `aws s3 cp "s3://bucket/$(…)" report.csv`, or write `-` to see the object',
        argument: 3,
      },
    ],
    [
      "s3api put-object --bucket b --key k --body «a\nb»",
      {
        code: "expansion-path",
        message: "`a␊b` is the name of a file, and none comes from the output of other commands",
        hint: "run the inner command in a call of its own, then write the file's name out, as in `--body report.csv`",
        argument: 8,
      },
    ],
    ["ec2 describe-instances «»", { message: "`aws ec2 describe-instances` takes no operand `$(…)`" }],
  ])("says why it refuses %s", (text, expected) => expect(refusal(marked(`aws ${text}`))).toMatchObject(expected));
});
