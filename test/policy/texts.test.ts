import { describe, expect, it } from "vitest";
import { check } from "../../src/check.js";
import { ruleBook } from "./rule-book.js";

const book = ruleBook();
const codeOf = (text: string, rules = book): string => {
  const { verdict, code } = check(text, rules);
  return verdict === "allow" ? "allow" : `${verdict} ${code}`;
};

describe("texts of several pipelines", () => {
  it.each([
    ["aws s3 ls && aws ec2 describe-instances", "allow"],
    ["aws s3 mb s3://b; aws s3 ls", "allow"],
    ["aws s3 ls; cat /etc/passwd", "deny file-outside-workspace"],
    ["true || aws iam create-user --user-name x", "deny effect-permissions"],
    ["aws s3 ls || sh", "deny unknown-utility"],
    ["aws s3 rm s3://b/k", "ask effect-destroy"],
    ["aws s3 ls && aws s3 rm s3://b/k", "ask effect-destroy"],
    ["aws s3 rm s3://b/k; aws s3 ls", "ask effect-destroy"],
    // What a person is asked about must be the state of things that the person sees.
    ["aws s3 mb s3://b; aws s3 rm s3://b/k", "deny ask-after-effect"],
    ["aws s3 rm s3://b/k; aws s3 rm s3://b/l", "deny ask-after-effect"],
    ["echo a | tee x.txt; aws s3 rm s3://b/k", "deny ask-after-effect"],
    ["echo a | xargs -I{} tee x.txt; aws s3 rm s3://b/k", "deny ask-after-effect"],
    ["aws s3api get-object --bucket b --key k out.json; aws s3 rm s3://b/k", "deny ask-after-effect"],
    // Its content would be judged before it is there.
    [
      "echo '{}' | tee item.json && aws dynamodb put-item --table-name t --item file://item.json",
      "deny file-written-before",
    ],
    ["aws s3 cp s3://b/k in/k.txt && aws s3 sync in s3://b/copy", "deny file-written-before"],
    ["aws s3 cp s3://b/k k.txt && cat k.txt", "allow"],
    ["aws lambda invoke --function-name f out.json && cat out.json", "ask effect-execute"],
    ["seq 2 | xargs -I% aws s3 cp s3://b/%/k x.csv | xargs -I% aws s3 cp x.csv s3://c/%", "deny file-written-before"],
    ["echo a | tee x.csv | aws s3 cp x.csv s3://c/k", "allow"],
  ])("%s: %s", (text, expected) => {
    expect(codeOf(text)).toBe(expected);
  });
});

describe("texts with substitutions", () => {
  it.each([
    ["aws ec2 describe-instances --instance-ids $(aws ec2 describe-instances --query 'x' --output text)", "allow"],
    ['aws s3api head-bucket --bucket "$(aws s3api list-buckets --query Buckets[0].Name --output text)"', "allow"],
    [
      "aws sqs receive-message --queue-url $(aws sqs get-queue-url --queue-name q --query QueueUrl --output text)",
      "allow",
    ],
    ["echo $(date -u +%F) $(seq 3)", "allow"],
    ["aws s3 ls s3://logs/$(date -u +%Y/%m/%d)/", "allow"],
    ["head -n $(echo 3) notes.txt", "allow"],
    // The worst of what it runs decides.
    ["echo $(aws iam create-user --user-name x)", "deny effect-permissions"],
    ["echo $(cat /etc/passwd)", "deny file-outside-workspace"],
    ["aws s3 ls $(sh)", "deny unknown-utility"],
    // Nobody is asked about what other commands complete, or what they run.
    ["aws ec2 terminate-instances --instance-ids $(echo i-1)", "deny ask-with-expansion"],
    ["aws s3 rm s3://b/k; echo $(date +%s)", "deny ask-with-expansion"],
    ["echo $(aws s3 rm s3://b/k)", "deny ask-with-expansion"],
    ["aws s3 ls s3://$(echo b)/x", "deny expansion-bucket"],
    ["aws $(echo s3) ls", "deny expansion-program"],
    ["aws s3 ls --region $(echo eu-west-1)", "deny expansion-global"],
    ["aws s3 ls --profile=$(echo dev)", "deny expansion-global"],
    ["aws ec2 describe-instances --query $(echo x)", "deny expansion-global"],
    ["jq $(echo .)", "deny expansion-program-text"],
    ["cat $(echo notes.txt)", "deny expansion-path"],
    ["sort $(echo -r)", "deny expansion-path"],
    ["sort -$(echo r)", "deny expansion-option"],
  ])("%s: %s", (text, expected) => {
    expect(codeOf(text)).toBe(expected);
  });

  it("are refused for whoever would have answered: a client confirms what is written, not what comes of it", () => {
    for (const approval of ["client", "deny"] as const) {
      const rules = ruleBook({ approval });
      expect(codeOf("aws ec2 terminate-instances --instance-ids $(echo i-1)", rules)).toBe("deny ask-with-expansion");
      expect(codeOf("aws s3 mb s3://b; aws s3 rm s3://b/k", rules)).toMatch(/^deny /);
    }
    expect(codeOf("aws s3 rm s3://b/k", ruleBook({ approval: "client" }))).toBe("allow");
    expect(codeOf("aws s3 rm s3://b/$(echo k)", ruleBook({ mode: "permissive" }))).toBe("allow");
  });

  it("take the variables for the server's own settings", () => {
    const eu = ruleBook({ profiles: ["dev"], regions: new Map([["dev", "eu-west-1"]]) });
    expect(check("aws s3 ls --region $AWS_REGION --profile $AWS_PROFILE", eu)).toMatchObject({
      verdict: "allow",
      canonical: [["aws", "s3", "ls", "--region=eu-west-1"]],
    });
  });
});

describe("texts with xargs", () => {
  it.each([
    [
      "aws s3api list-buckets --output text | xargs -I {} aws s3api get-bucket-encryption --bucket {} 2>/dev/null",
      "allow",
    ],
    ["seq 3 | xargs -n 1 echo", "allow"],
    ["seq 3 | xargs", "allow"],
    ["echo i-1 i-2 | xargs aws ec2 describe-instances --instance-ids", "allow"],
    ["echo a | xargs -n 1 aws ec2 terminate-instances --instance-ids", "deny ask-with-expansion"],
    ["echo a | xargs sh -c", "deny unknown-utility"],
    ["echo a | xargs xargs echo", "deny xargs-nested"],
    ["echo a | xargs -I {} {}", "deny expansion-program"],
    ["echo a | xargs -I {} aws s3 ls s3://{}", "deny expansion-bucket"],
    ["echo a | xargs aws s3", "deny expansion-program"],
    ["echo a | xargs cat", "deny expansion-path"],
    ["echo a | xargs rm", "deny unknown-utility"],
    ["echo a | xargs $(echo echo)", "deny expansion-option"],
    ["echo a | xargs -n $(echo 1) echo", "deny expansion-option"],
    ["echo a | xargs -a /etc/passwd echo", "deny refused-option"],
    ["aws s3 rm s3://b/k; seq 2 | xargs echo", "deny ask-with-expansion"],
  ])("%s: %s", (text, expected) => {
    expect(codeOf(text)).toBe(expected);
  });
});
