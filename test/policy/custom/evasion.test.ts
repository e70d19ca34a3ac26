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
