import { describe, expect, it } from "vitest";
import { catalogue } from "../../catalogue/effects/committed.js";
import { codes, policy } from "./facts-of.js";

const pattern = (text: string) =>
  policy(JSON.stringify({ regex_rules: { group: [{ pattern: text, description: "only for the test" }] } }));

const dangerous = (text: string) => policy(JSON.stringify({ dangerous_commands: { group: [text] } }));

const fires = (rules: ReturnType<typeof policy>, command: string): readonly [string, boolean] => [
  command,
  codes(rules, command).length > 0,
];

const PUT = "aws s3api put-bucket-policy --bucket b --policy";
const CREATE = "aws iam create-policy --policy-name p --policy-document";
const BLOCK = "aws s3api put-public-access-block --bucket b --public-access-block-configuration";
const INGRESS = "aws ec2 authorize-security-group-ingress --group-id sg-1";

describe("regex_rules", () => {
  describe.each([
    [
      "an option's value",
      String.raw`aws iam create-user.*--user-name\s+admin.*--path\s+/a/`,
      [
        "aws iam create-user --user-name admin --path /a/",
        "aws iam create-user --path /a/ --user-name admin",
        "aws iam create-user --path=/a/ --user-name=admin",
        "aws iam create-user --user 'admin' --pat '/a/'",
        'aws  iam\tcreate-user --user-name "ad"min --path /a/',
        "aws iam create-user --user-name ' admin' --path /a/",
        "aws iam create-user --user-name 'admin x' --path /a/",
        "aws --output json --region us-east-1 iam create-user --path /a/ --user-name admin",
        `aws iam create-user --cli-input-json '{"Path":"/a/","UserName":"admin"}'`,
        String.raw`aws iam create-user --cli-input-json '{"UserName":"\u0061dmin"}' --path /a/`,
      ],
      [
        "aws iam create-user --user-name x-admin --path /a/",
        "aws iam create-user --user-name admin --path /b/",
        "aws iam create-group --group-name admin --path /a/",
      ],
    ],
    [
      "a global option",
      String.raw`aws .* --profile\s+root`,
      [
        "aws s3 ls --profile root",
        "aws --profile root s3 ls",
        "aws --profile=root s3 ls",
        "aws s3 ls --prof root",
        "aws s3 --profile 'root' ls --region us-east-1",
      ],
      ["aws s3 ls --profile toor", "aws s3 ls 's3://b/profile root'"],
    ],
    [
      "a global option before the service",
      "^aws --profile root s3 rm",
      ["aws s3 rm s3://b/k --profile root", "aws --region us-east-1 --profile=root s3 rm s3://b/k"],
      ["aws s3 rm s3://b/k --profile dev"],
    ],
    [
      "an option with the sign between",
      "--user-name=admin",
      ["aws iam create-user --user-name admin", "aws iam create-user --user-name=admin"],
      ["aws iam create-user --user-name bob"],
    ],
    [
      "an option in quotes",
      String.raw`--user-name\s+"admin"`,
      ["aws iam create-user --user-name admin", "aws iam create-user --user-name 'admin'"],
      ["aws iam create-user --user-name bob"],
    ],
    [
      "the end of the command",
      "create-user.* --user-name admin$",
      ["aws iam create-user --user-name admin --path /a/", "aws iam create-user --path /a/ --user-name admin"],
      ["aws iam create-user --user-name admin-2"],
    ],
    [
      "an option before the operand",
      "aws s3 rm .*--recursive.*s3://prod",
      ["aws s3 rm s3://prod --recursive", "aws s3 rm --recursive s3://prod/x"],
      ["aws s3 rm s3://prod/x", "aws s3 rm --recursive s3://dev"],
    ],
    [
      "members of a document",
      String.raw`aws iam create-policy.*"Effect":\s*"Allow".*"Action":\s*"\*".*"Resource":\s*"\*"`,
      [
        `${CREATE} '{"Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}'`,
        `${CREATE} '{"Statement":[{"Resource":"*","Action":"*","Effect":"Allow"}]}'`,
        `${CREATE} '{"Statement":{"Resource":["*"],"Action":["*"],"Effect":"Allow"}}'`,
        `${CREATE} '{"Statement":[{"Resource":["a","*"],"Action":["s3:*","*","*"],"Effect":"Allow"}]}'`,
        `${CREATE} '{ "Statement" :\n[ { "Resource" : "*",\n"Action"\n:\n"*" , "Effect" : "Allow" } ] }'`,
        String.raw`${CREATE} '{"Statement":[{"\u0045ffect":"\u0041llow","Action":"\u002a","Resource":"\u002A"}]}'`,
        `aws iam create-policy --policy-document '{"Statement":[{"Action":"*","Effect":"Allow","Resource":"*"}]}' --policy-name p`,
        `aws iam create-policy --policy-doc='{"Statement":[{"Action":"*","Effect":"Allow","Resource":"*"}]}' --policy-n p`,
        `aws iam create-policy --cli-input-json '{"PolicyName":"p","PolicyDocument":"{\\"Statement\\":[{\\"Action\\":\\"*\\",\\"Effect\\":\\"Allow\\",\\"Resource\\":\\"*\\"}]}"}'`,
        String.raw`${CREATE} '{"Statement":[{"Effect":"Deny","\u0045ffect" : "\u0041llow","Action": "\u002a","Resource": "*"}]}'`,
      ],
      [
        `${CREATE} '{"Statement":[{"Effect":"Deny","Action":"*","Resource":"*"}]}'`,
        `${CREATE} '{"Statement":[{"Effect":"Allow","Action":"s3:Get*","Resource":"*"}]}'`,
      ],
    ],
    [
      "members with blanks that must be there",
      String.raw`"Effect": "Allow", "Principal": "\*"`,
      [
        `${PUT} '{"Statement":[{"Effect":"Allow","Principal":"*"}]}'`,
        `${PUT} '{"Statement":[{"Principal":"*","Effect":"Allow"}]}'`,
        `${PUT} '{"Statement":[{"Principal"  :"*","Action":"x","Effect" :  "Allow"}]}'`,
      ],
      [`${PUT} '{"Statement":[{"Effect":"Deny","Principal":"*"}]}'`],
    ],
    [
      "a list",
      String.raw`"Action":\s*\["\*"\]`,
      [`${CREATE} '{"Statement":[{"Action":"*"}]}'`, `${CREATE} '{"Statement":[{"Action":["*"]}]}'`],
      [`${CREATE} '{"Statement":[{"Action":"s3:*"}]}'`],
    ],
    [
      "JSON for a structure",
      String.raw`put-public-access-block.*"BlockPublicAcls":\s*false`,
      [
        `${BLOCK} '{"BlockPublicAcls":false}'`,
        `${BLOCK} '{"IgnorePublicAcls":true,"BlockPublicAcls" :\nfalse}'`,
        `${BLOCK} BlockPublicAcls=false`,
        `${BLOCK} IgnorePublicAcls=true,BlockPublicAcls=false`,
        `${BLOCK} 'IgnorePublicAcls=true, BlockPublicAcls = "false"'`,
        `aws s3api put-public-access-block --cli-input-json '{"Bucket":"b","PublicAccessBlockConfiguration":{"BlockPublicAcls":false}}'`,
      ],
      [`${BLOCK} BlockPublicAcls=true`, `${BLOCK} IgnorePublicAcls=false`],
    ],
    [
      "shorthand for a structure",
      String.raw`FromPort=22,.*CidrIp=0\.0\.0\.0/0`,
      [
        `${INGRESS} --ip-permissions IpProtocol=tcp,FromPort=22,ToPort=22,IpRanges=[{CidrIp=0.0.0.0/0}]`,
        `${INGRESS} --ip-permissions 'IpRanges=[{Description=x,CidrIp=0.0.0.0/0}],ToPort=22,FromPort=22'`,
        `${INGRESS} --ip-permissions '[{"IpRanges":[{"CidrIp":"0.0.0.0/0"}],"FromPort":22}]'`,
      ],
      [`${INGRESS} --ip-permissions IpProtocol=tcp,FromPort=2222,IpRanges=[{CidrIp=0.0.0.0/0}]`],
    ],
    [
      "JSON in JSON",
      String.raw`set-queue-attributes.*"Principal":\s*"\*"`,
      [
        `aws sqs set-queue-attributes --queue-url q --attributes '{"Policy":"{\\"Statement\\":[{\\"Principal\\":\\"*\\"}]}"}'`,
        String.raw`aws sqs set-queue-attributes --queue-url q --attributes '{"Policy":"{ \"Statement\": [ { \"\\u0050rincipal\" : [\"*\"] } ] }"}'`,
      ],
      [`aws sqs set-queue-attributes --queue-url q --attributes '{"Policy":"{}"}'`],
    ],
    [
      "a flag as an option with a value",
      String.raw`--require-uppercase-characters\s+false`,
      [
        "aws iam update-account-password-policy --no-require-uppercase-characters",
        `aws iam update-account-password-policy --cli-input-json '{"RequireUppercaseCharacters":false}'`,
      ],
      ["aws iam update-account-password-policy --require-uppercase-characters"],
    ],
    [
      "one of several words",
      String.raw`--user-ids\s+999999999999`,
      [
        "aws ec2 modify-snapshot-attribute --snapshot-id s --operation-type add --user-ids 999999999999",
        "aws ec2 modify-snapshot-attribute --snapshot-id s --operation-type add --user-ids 111122223333 999999999999",
        `aws ec2 modify-snapshot-attribute --snapshot-id s --user-ids '["111122223333","999999999999"]'`,
      ],
      ["aws ec2 modify-snapshot-attribute --snapshot-id s --user-ids 111122223333"],
    ],
    [
      "a number",
      String.raw`"FromPort":\s*22\b`,
      ["22", "022", "2_2", "+22", "' 22 '", "٢٢", '"022"'].map(
        (port) => `${INGRESS} --ip-permissions IpProtocol=tcp,FromPort=${port},ToPort=22`,
      ),
      [`${INGRESS} --ip-permissions IpProtocol=tcp,FromPort=220`],
    ],
    [
      "the number of an option",
      String.raw`--desired-capacity\s+0\b.*--profile\s+012345678901`,
      ["0", "00", "+0", "-0"].map(
        (size) =>
          `aws autoscaling set-desired-capacity --auto-scaling-group-name g --desired-capacity ${size} --profile 012345678901`,
      ),
      ["aws autoscaling set-desired-capacity --auto-scaling-group-name g --desired-capacity 10 --profile 012345678901"],
    ],
    [
      "a boolean",
      String.raw`"BlockPublicAcls":\s*false`,
      [`${BLOCK} BlockPublicAcls=False`, `${BLOCK} BlockPublicAcls=FALSE`, `${BLOCK} '{"BlockPublicAcls":"fAlse"}'`],
      [`${BLOCK} BlockPublicAcls=True`],
    ],
    [
      "names that are written in part",
      "aws iam attach-(user|role)-policy.*--(user|role)-name.*--pol[a-z]+-arn",
      [
        "aws iam attach-user-policy --user-name u --policy-arn a",
        "aws iam attach-user-policy --policy-arn a --user-name u",
        "aws iam attach-role-policy --policy-arn a --role-name r",
      ],
      ["aws iam attach-group-policy --policy-arn a --group-name r"],
    ],
    [
      "names written in part, the other way round",
      "--pol[a-z]+-arn.*--(user|role)-name",
      [
        "aws iam attach-user-policy --user-name u --policy-arn a",
        "aws iam attach-user-policy --policy-arn a --user-name u",
      ],
      ["aws iam detach-group-policy --policy-arn a --group-name r"],
    ],
    [
      "members that are written in part",
      String.raw`"[Ee]ffect":\s*"Allow".*"[Pp]rincipal":\s*"\*"`,
      [
        `${PUT} '{"Statement":[{"Effect":"Allow","Principal":"*"}]}'`,
        `${PUT} '{"Statement":[{"Principal":"*","Effect":"Allow"}]}'`,
      ],
      [`${PUT} '{"Statement":[{"Principal":"*","Effect":"Deny"}]}'`],
    ],
    [
      "a file that nobody has read",
      "aws iam create-policy.*--policy-document.*Allow",
      [
        "aws iam create-policy --policy-name p --policy-document fileb://p.json",
        "aws iam create-policy --cli-input-json file://x.json",
      ],
      [
        "aws iam create-policy --policy-name fileb://x --policy-document x",
        "aws iam create-policy-version --policy-arn a --policy-document x",
        "aws iam put-user-policy --user-name u --policy-name p --policy-document fileb://p.json",
      ],
    ],
    [
      "a file of which the pattern names no option",
      "aws iam create-policy.*Allow",
      ["aws iam create-policy --policy-name p --policy-document fileb://p.json"],
      ["aws iam put-user-policy --user-name u --policy-name p --policy-document fileb://p.json"],
    ],
    [
      "a file whose option is written in part",
      "aws iam create-policy.*--pol[a-z]+-doc.*Allow",
      ["aws iam create-policy --policy-name p --policy-document fileb://p.json"],
      ["aws iam create-policy --policy-name p --policy-document x --description fileb://d"],
    ],
    [
      "a document in a file beside an option that is none",
      'aws s3api put-bucket-policy.*--bucket prod.*"Effect"',
      [`aws s3api put-bucket-policy --bucket prod --policy fileb://p.json`],
      [`aws s3api put-bucket-policy --bucket prod --policy '{}'`],
    ],
    [
      "one of two commands",
      "aws s3 rb|aws s3api put-bucket-policy",
      ["aws s3api put-bucket-policy --bucket b --policy fileb://p.json"],
      ["aws iam create-policy --policy-name p --policy-document fileb://p.json"],
    ],
    [
      "two orders in alternatives",
      "aws iam (create-user.*--user-name a.*--path /a/|create-user.*--path /b/.*--user-name b)",
      ["aws iam create-user --path /a/ --user-name a", "aws iam create-user --user-name b --path /b/"],
      ["aws iam create-user --path /a/ --user-name b"],
    ],
  ])("on %s", (_, text, hits, others) => {
    it.each(hits)("fires on `%s`", (command) => {
      expect(fires(pattern(text), command)).toEqual([command, true]);
    });
    it.each(others)("leaves `%s` alone", (command) => {
      expect(fires(pattern(text), command)).toEqual([command, false]);
    });
  });

  it("finds what a value says in the middle of it", () => {
    const rules = pattern("aws iam create-user");
    expect(fires(rules, "aws ec2 run-instances --image-id ami-1 --user-data 'aws iam create-user'")[1]).toBe(true);
    expect(fires(pattern("aws iam create-users?"), "aws iam create-user --user-name x")[1]).toBe(true);
    expect(fires(pattern("aws s3 rb|create-user"), "aws iam create-user --user-name x")[1]).toBe(true);
    expect(fires(pattern("aws s3 rb|--user-name x.*--path"), "aws iam create-user --path /a/ --user-name x")[1]).toBe(
      true,
    );
    const script = "aws ec2 run-instances --image-id ami-1 --user-data '#!/bin/sh\ncurl x |\nsh'";
    expect(fires(pattern("run-instances.*--user-data.*curl.*sh"), script)[1]).toBe(true);
    expect(fires(pattern("(?i)AWS IAM"), "aws iam create-user --user-name x")[1]).toBe(true);
  });
});

describe("regex_rules on where a command goes", () => {
  it("look at the profile and the region that are not named, too", () => {
    const changes = { profile: "root", region: "ap-south-1" };
    const hits = (text: string, command: string) => codes(pattern(text), command, changes).length > 0;
    expect(hits(String.raw`aws .* --profile\s+root`, "aws s3 ls")).toBe(true);
    expect(hits(String.raw`aws s3 ls.*--region ap-.*--profile\s+root`, "aws s3 ls s3://b")).toBe(true);
    expect(hits("--profile=root.*--region=ap-", "aws s3 ls s3://b")).toBe(true);
    expect(hits(String.raw`--profile\s+prod`, "aws s3 ls")).toBe(false);
    expect(hits("^aws s3 ls$", "aws s3 ls")).toBe(true);
    expect(codes(dangerous("aws s3 --profile root"), "aws s3 ls", changes)).toEqual(["policy-dangerous-command"]);
  });
});

describe("dangerous_commands", () => {
  it.each([
    "aws iam create-user --user-name x",
    "  aws   iam\tcreate-user --user-name x",
    'aws "iam" create-user --user-name x',
    "'aws' iam create\\-user --user-name x",
    "aws --region us-east-1 iam create-user --user-name x",
    "aws --output=json --region us-east-1 iam --no-cli-pager create-user --user-name x",
    `aws iam create-user --cli-input-json '{"UserName":"x"}'`,
  ])("fires on `%s` however it is written", (command) => {
    expect(fires(dangerous("aws iam create-user"), command)[1]).toBe(true);
    expect(fires(dangerous("  aws\t iam   create-user "), command)[1]).toBe(true);
    expect(fires(dangerous("aws iam create-"), command)[1]).toBe(true);
  });

  it.each([
    "aws s3api put-bucket-acl --bucket b --acl public-read",
    "aws s3api put-bucket-acl --acl public-read --bucket b",
    "aws s3api put-bucket-acl --acl=public-read-write --bucket=b",
    "aws --region us-east-1 s3api put-bucket-acl --acl 'public-read' --bucket b",
    `aws s3api put-bucket-acl --cli-input-json '{"ACL":"public-read","Bucket":"b"}'`,
  ])("fires on the options of an entry in `%s`", (command) => {
    for (const entry of [
      "aws s3api put-bucket-acl --acl public",
      "aws s3api put-bucket-acl --acl public --bucket b",
      "aws s3api put-bucket-acl --bucket=b --acl='public'",
    ])
      expect([entry, fires(dangerous(entry), command)[1]]).toEqual([entry, true]);
    for (const entry of [
      "aws s3api put-bucket-acl --acl private",
      "aws s3api put-bucket-acl --acl read",
      "aws s3api put-bucket-acl --acl public --bucket c",
      "aws s3api put-bucket-policy --acl public",
    ])
      expect([entry, fires(dangerous(entry), command)[1]]).toEqual([entry, false]);
  });

  it("wants an option's whole name", () => {
    expect(fires(dangerous("aws ec2 --all"), "aws ec2 describe-addresses --allocation-ids a")[1]).toBe(false);
    expect(fires(dangerous("aws --recursive"), "aws s3 rm s3://b --recursive")[1]).toBe(true);
    expect(fires(dangerous("aws --recursive"), "aws s3 rm s3://b--recursive")[1]).toBe(false);
  });

  it("knows numbers however they are written, and files that nobody has read", () => {
    const run = dangerous("aws ec2 run-instances --count 100");
    const launch = "aws ec2 run-instances --image-id ami-1 --count";
    for (const count of ["100", "0100", "+100", "1_00"]) expect(fires(run, `${launch} ${count}`)[1]).toBe(true);
    expect(fires(run, `${launch} 10`)[1]).toBe(false);
    expect(fires(run, "aws ec2 run-instances --cli-input-json file://x.json")[1]).toBe(true);
    expect(fires(run, "aws ec2 run-instances --image-id ami-1 --user-data fileb://x")[1]).toBe(false);
    const data = dangerous("aws ec2 run-instances --user-data '#!'");
    expect(fires(data, "aws ec2 run-instances --image-id ami-1 --user-data fileb://x")[1]).toBe(true);
  });

  it("takes no exception for given that only a file could give", () => {
    const rules = policy(
      JSON.stringify({
        dangerous_commands: { g: ["aws iam update-role"] },
        safe_patterns: { g: ["aws iam update-role --description"] },
      }),
    );
    expect(fires(rules, "aws iam update-role --role-name r --description fileb://x")[1]).toBe(false);
    expect(fires(rules, "aws iam update-role --cli-input-json file://x")[1]).toBe(true);
  });

  it("knows operands and structures", () => {
    expect(fires(dangerous("aws s3 rm s3://prod"), "aws s3 rm --recursive s3://prod-1/x")[1]).toBe(true);
    expect(fires(dangerous("aws s3 rm s3://prod"), "aws s3 rm s3://dev/prod")[1]).toBe(false);
    const entry = "aws ec2 authorize-security-group-ingress --ip-permissions FromPort=22,IpProtocol=tcp";
    expect(fires(dangerous(entry), `${INGRESS} --ip-permissions '[{"IpProtocol":"tcp","FromPort":22}]'`)[1]).toBe(true);
  });

  it("is about a stage of AWS and not about a word of another", () => {
    expect(catalogue.services.includes("echo")).toBe(false);
    expect(fires(dangerous("aws iam create-user"), "aws iam get-user --user-name 'aws iam create-user'")[1]).toBe(
      false,
    );
  });
});
