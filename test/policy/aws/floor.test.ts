import { describe, expect, it } from "vitest";
import { canonicalArgv } from "../../../src/catalogue/command/canonical.js";
import { fileUses } from "../../../src/policy/aws/file-uses.js";
import { globalRefusal } from "../../../src/policy/aws/global-refusal.js";
import { hostRefusal } from "../../../src/policy/aws/host-refusal.js";
import { placeFiles } from "../../../src/policy/aws/place-files.js";
import { queryRefusal } from "../../../src/policy/aws/query-refusal.js";
import type { RuleBook } from "../../../src/policy/rule-book.js";
import { ruleBook } from "../rule-book.js";
import { operation } from "./operation.js";

describe("globalRefusal", () => {
  const refusal = (text: string, changes: Partial<RuleBook> = {}): string =>
    globalRefusal(operation(text).command, ruleBook(changes))?.code ?? "pass";

  it.each([
    ["--debug", "aws-option-refused"],
    ["--no-verify-ssl", "aws-option-refused"],
    ["--no-sign-request", "aws-option-refused"],
    ["--ca-bundle x.pem", "aws-option-refused"],
    ["--cli-auto-prompt", "aws-option-refused"],
    ["--cli-input-yaml x", "aws-option-refused"],
    ["--no-cli-auto-prompt", "pass"],
    ["--no-cli-pager", "pass"],
    ["--no-paginate", "pass"],
    ["--query Vpcs[].VpcId", "pass"],
    ["--region eu-central-1", "pass"],
    ["--region us-gov-east-1", "pass"],
    ["--region evil.example/", "aws-value-chooses-host"],
    ["--region us-east-1.evil.example#", "aws-value-chooses-host"],
    ["--region US-EAST-1", "aws-value-chooses-host"],
    ["--region=", "aws-value-chooses-host"],
    ["--region ' us-east-1'", "aws-value-chooses-host"],
    ["--region 'us-east-1\n'", "aws-value-chooses-host"],
  ])("judges `%s`: %s", (option, expected) => {
    expect(refusal(`aws ec2 describe-vpcs ${option}`)).toBe(expected);
  });

  it("lets an endpoint through only when it is the operator's, to the last byte", () => {
    const endpoint = "http://127.0.0.1:5000";
    expect(refusal("aws s3 ls --endpoint-url http://127.0.0.1:5000", { endpoint })).toBe("pass");
    for (const other of ["http://127.0.0.1:5000/", "HTTP://127.0.0.1:5000", "http://127.0.0.1:50001", "", "x"])
      expect(refusal(`aws s3 ls --endpoint-url=${other}`, { endpoint })).toBe("aws-option-refused");
    expect(refusal("aws s3 ls --endpoint-url http://127.0.0.1:5000")).toBe("aws-option-refused");
  });

  it("lets a profile through only when the server may use it", () => {
    const profiles = ["default", "dev"] as const;
    for (const mine of profiles) expect(refusal(`aws s3 ls --profile ${mine}`, { profiles })).toBe("pass");
    for (const other of ["Dev", "dev2", "de", "prod", "dev,default", "''"])
      expect(refusal(`aws s3 ls --profile ${other}`, { profiles })).toBe("aws-profile-refused");
  });
});

describe("hostRefusal", () => {
  const refusal = (text: string): string => hostRefusal(operation(`aws ${text}`).values)?.code ?? "pass";
  const refused = "aws-value-chooses-host";

  it.each([
    ["s3api head-bucket --bucket my-bucket.example", "pass"],
    ["s3api head-bucket --bucket arn:aws:s3:us-east-1:111122223333:accesspoint/x", "pass"],
    ["s3api head-bucket --bucket evil.example/x", refused],
    ["s3api head-bucket --bucket a@evil.example", refused],
    ["s3api head-bucket --bucket arn:aws:s3:us-east-1:evil.example/:x", refused],
    ["s3control list-jobs --account-id 111122223333", "pass"],
    ["s3control list-jobs --account-id evil.example/", refused],
    ["s3control list-jobs --account-id 11112222333", refused],
    ["neptune-graph get-graph-summary --graph-identifier g-1a2b", "pass"],
    ["neptune-graph get-graph-summary --graph-identifier evil.example/", refused],
    ["kinesis describe-stream --stream-name s", "pass"],
    ["dynamodb describe-table --table-name evil.example/x", refused],
    ["dynamodb describe-table --table-name Music.v2_x", "pass"],
    [`dynamodb batch-get-item --request-items '{"arn:aws:dynamodb:x.evil/:1:table/t":{"Keys":[]}}'`, refused],
    [`dynamodb batch-get-item --request-items '{"Music":{"Keys":[]}}'`, "pass"],
    ["dynamodb batch-get-item --request-items file://x.json", refused],
    ["machinelearning predict --ml-model-id m --record a=b --predict-endpoint https://x", refused],
    [`s3api head-bucket --cli-input-json '{"Bucket":"evil.example/x"}'`, refused],
  ])("holds what becomes part of the host to its form: %s gives %s", (text, expected) => {
    expect(refusal(text)).toBe(expected);
  });

  it.each([
    ["arn:aws:iam::111122223333:role/x", "pass"],
    ["arn:aws:iam::aws:policy/ReadOnlyAccess", "pass"],
    ["arn:aws-cn:s3:::bucket/key.with/any@thing", "pass"],
    ["arn:aws:cloudfront::evil.example/:key-value-store/x", refused],
    ["arn:aws:kinesis:us-east-1.evil.example/:111122223333:stream/x", refused],
    ["arn:aws.evil.example/:kinesis:us-east-1:111122223333:stream/x", refused],
    ["arn:aws:kinesis.evil.example:us-east-1:111122223333:stream/x", refused],
    ["ARN:aws:kinesis:us-east-1:evil.example/:stream/x", refused],
    ["arn", "pass"],
    ["arn:", "pass"],
  ])("looks at the parts of any ARN: %s is %s", (arn, expected) => {
    expect(refusal(`kms describe-key --key-id ${arn}`)).toBe(expected);
    expect(refusal(`ec2 describe-vpcs --filters Name=x,Values=${arn}`)).toBe(expected);
  });

  it("leaves an ARN with a placeholder alone where no host is made of it", () => {
    expect(refusal("acm describe-certificate --certificate-arn arn:aws:acm:region:account:certificate/1")).toBe("pass");
    expect(refusal("kinesis describe-stream --stream-arn arn:aws:kinesis:us-east-1:account:stream/x")).toBe(refused);
  });
});

describe("fileUses", () => {
  const uses = (text: string): unknown => {
    const { command, values } = operation(`aws ${text}`);
    const files = fileUses(command, values, "/workspace");
    return files.ok ? files.value.map(({ path, how }) => `${how} ${path}`) : files.error.code;
  };

  it.each([
    ["ec2 describe-vpcs --filters file://f.json", ["text /workspace/f.json"]],
    ["ec2 describe-vpcs --filters=file://f.json", ["text /workspace/f.json"]],
    ["ec2 describe-vpcs --filters 'Name=x,Values@=file://a/f.json'", ["text /workspace/a/f.json"]],
    ["ec2 describe-vpcs --filters 'Name @= file://f.json'", ["text /workspace/f.json"]],
    ["lambda update-function-code --function-name f --zip-file fileb://f.zip", ["bytes /workspace/f.zip"]],
    ["s3api put-object --bucket b --key k --body f.bin", ["bytes /workspace/f.bin"]],
    ["s3api put-object --bucket b --key k --body /workspace/f.bin", ["bytes /workspace/f.bin"]],
    ["s3api get-object --bucket b --key k f.bin", ["write /workspace/f.bin"]],
    ["s3api get-object --bucket b --key k -", []],
    ["s3api get-object --bucket b --key k /dev/stdout", []],
    ["lambda invoke --function-name f out.json", ["write /workspace/out.json"]],
    ["ec2 describe-instances --instance-ids i-1 file:///etc/passwd", []],
    ["ec2 describe-instances --instance-ids FILE://x", []],
    ["ec2 describe-instances --instance-ids https://x", []],
    ["ec2 describe-vpcs", []],
  ])("finds the files of %s", (text, expected) => {
    expect(uses(text)).toEqual(expected);
  });

  it.each([
    ["ec2 describe-vpcs --filters file:///etc/passwd", "file-outside-workspace"],
    ["ec2 describe-vpcs --filters file://../x", "file-outside-workspace"],
    ["ec2 describe-vpcs --filters file://~/x", "file-outside-workspace"],
    ["ec2 describe-vpcs --filters 'file://$HOME/x'", "file-outside-workspace"],
    ["ec2 describe-vpcs --filters file://", "bad-file-name"],
    ["ec2 describe-vpcs --filters file:///dev/stdin", "bad-file-name"],
    ["ec2 describe-vpcs --filters 'Name=x,Values@=fileb:///etc/passwd'", "file-outside-workspace"],
    ["s3api put-object --bucket b --key k --body /etc/passwd", "file-outside-workspace"],
    ["s3api put-object --bucket b --key k --body ~/x", "file-outside-workspace"],
    ["s3api put-object --bucket b --key k --body file:///etc/passwd", "file-outside-workspace"],
    ["s3api get-object --bucket b --key k ../out", "file-outside-workspace"],
    ["s3api get-object --bucket b --key k .ssh", "bad-file-name"],
    ["s3api get-object --bucket b --key k /workspace2/x", "file-outside-workspace"],
    ["s3 ls file:///etc/passwd", "file-outside-workspace"],
    ["s3 ls file://bucket.txt", "bad-file-name"],
    ["ec2 describe-vpcs --filters 'Name=x,Values@=file:///workspace/x'", "bad-file-name"],
  ])("refuses %s: %s", (text, expected) => {
    expect(uses(text)).toBe(expected);
  });
});

describe("placeFiles", () => {
  const placed = (text: string) => canonicalArgv(placeFiles(operation(`aws ${text}`).command, [], ruleBook())).slice(3);

  it.each([
    ["s3api get-object --bucket b --key k f.bin", ["f.bin", "--bucket=b", "--key=k"]],
    ["s3api get-object --bucket b --key k -", ["/dev/stdout", "--bucket=b", "--key=k", "--output=off"]],
    ["s3api put-object --bucket b --key k --body a/./f", ["--bucket=b", "--key=k", "--body=a/f"]],
    ["ec2 describe-vpcs --filters file://f", ["--filters=file://f"]],
    ["ec2 describe-vpcs --filters file:///workspace/a/f", ["--filters=file://a/f"]],
    ["s3api get-object --bucket b --key k ./-f", ["./-f", "--bucket=b", "--key=k"]],
    ["ec2 describe-instances --instance-ids i-1 file://f", ["--instance-ids", "i-1", "file://f"]],
    ["ec2 describe-instances --instance-ids f", ["--instance-ids=f"]],
  ])("makes files relative to the workspace and leaves other words alone: %s", (text, expected) => {
    expect(placed(text)).toEqual(expected);
  });
});

describe("queryRefusal", () => {
  const refusal = (query: string) => queryRefusal(operation(`aws s3api list-buckets --query ${query}`).command);

  it.each(["Buckets[].Name", "'Buckets[?contains(Name, `x`)] | [0]'", "'*.{a: b, c: d}'", '"length(Buckets)"', "@"])(
    "takes a JMESPath expression: %s",
    (query) => {
      expect(refusal(query)).toBeUndefined();
    },
  );

  it.each(["''", "'Buckets['", "'Buckets[?Name=x'", "'a b'", "'#'"])("refuses what is none: %s", (query) => {
    expect(refusal(query)).toMatchObject({ code: "aws-query", argument: 4 });
  });

  it("points at the character that is the fault", () => {
    expect(refusal("'Buckets[#]'")).toEqual({
      code: "aws-query",
      message: "`--query` is no JMESPath expression: unknown character:#",
      hint: "literals stand in backticks, strings in single quotes inside double ones, as in `--query \"Reservations[].Instances[?State.Name=='running'].InstanceId\"`",
      argument: 4,
      part: "#",
    });
  });
});
