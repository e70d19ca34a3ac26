import { describe, expect, it } from "vitest";
import type { Effect } from "../../../src/catalogue/effect.js";
import { exampleProblems } from "../../../src/policy/custom/check-examples.js";
import { allowedEffects } from "../../../src/policy/custom/policy-findings.js";
import { codes, factsOf, factsOfOne, findings, policy } from "./facts-of.js";

type Parts = Readonly<Record<string, unknown>>;

const rule = (parts: Parts) =>
  policy(
    JSON.stringify({
      rules: [{ id: "tested", decision: "deny", because: "only for the test", refuses: ["aws s3 ls"], ...parts }],
    }),
  );

const hits = (parts: Parts, command: string, changes: Parameters<typeof codes>[2] = {}): boolean =>
  codes(rule(parts), command, changes).length > 0;

describe("policyFindings", () => {
  it("gives limits, deny rules, dangerous commands, patterns and ask rules in this order, rules by their ids", () => {
    const example = { because: "only for the test", operations: { s3: ["ls"] }, refuses: ["aws s3 ls"] };
    const all = policy(
      JSON.stringify({
        rules: [
          { id: "z-asks", decision: "ask", ...example },
          { id: "b-denies", decision: "deny", ...example },
          { id: "a-denies", decision: "deny", ...example },
        ],
        regex_rules: { g: [{ pattern: "s3 ls", description: "lists" }] },
        dangerous_commands: { g: ["aws s3 ls", "aws s3"] },
        limits: { accounts: ["999999999999"], regions: ["eu-*"], profiles: ["prod"] },
      }),
    );
    expect(findings(all, "aws s3 ls").map(({ code, message }) => [code, message])).toEqual([
      ["account-refused", "the account `111122223333` is none of those that the policy allows"],
      ["profile-limited", "the profile `default` is none of those that the policy allows"],
      ["region-refused", "the region `us-east-1` is none of those that the policy allows"],
      ["policy-deny", "the policy's rule `a-denies` denies this: only for the test"],
      ["policy-deny", "the policy's rule `b-denies` denies this: only for the test"],
      ["policy-dangerous-command", "the policy lists `aws s3` as a dangerous command"],
      ["policy-dangerous-command", "the policy lists `aws s3 ls` as a dangerous command"],
      ["policy-regex", "a pattern of the policy forbids this: lists"],
      ["policy-ask", "the policy's rule `z-asks` asks first: only for the test"],
    ]);
  });

  it("gives the operator's hint, and one of its own where there is none", () => {
    const [plain] = findings(rule({ operations: { s3: ["ls"] } }), "aws s3 ls");
    const [other] = findings(rule({ operations: { s3: ["ls"] }, hint: "use `aws s3api list-buckets`" }), "aws s3 ls");
    expect(plain).toEqual({
      decision: "deny",
      code: "policy-deny",
      message: "the policy's rule `tested` denies this: only for the test",
      hint: "do it without what the rule names, or have the operator of this server change the policy",
      argument: 2,
    });
    expect(other?.hint).toBe("use `aws s3api list-buckets`");
  });

  it("gives a hint that is one for reads, too", () => {
    const rules = policy("dangerous_commands: { g: [aws iam get-user] }");
    expect(findings(rules, "aws iam get-user").map(({ hint }) => hint)).toEqual([
      "do it without this command, or have the operator of this server change the policy",
    ]);
  });

  it("shows an error message as it is, in one line of at most 300 characters", () => {
    const message = (text: string) => {
      const rules = policy(
        JSON.stringify({ regex_rules: { g: [{ pattern: "s3", description: "x y.", error_message: text }] } }),
      );
      return findings(rules, "aws s3 ls").map((each) => [each.message, each.hint]);
    };
    const hint = "the policy's reason: x y; write the command without that";
    expect(message("Not allowed.")).toEqual([["Not allowed.", hint]]);
    expect(message("a\u001b[31m\nb\u202ec\u2028")).toEqual([["a [31m b c", hint]]);
    expect(message("é".repeat(500))).toEqual([[`${"é".repeat(299)}…`, hint]]);
  });

  describe("on the limits", () => {
    const limited = policy(
      `limits: { accounts: ["111122223333"], profiles: [dev, "team-*"], regions: ["eu-*", us-east-1] }`,
    );

    it("denies another account, and one that nobody knows", () => {
      expect(codes(limited, "aws s3 ls", { profile: "dev" })).toEqual([]);
      expect(codes(limited, "aws s3 ls", { profile: "dev", account: "444455556666" })).toEqual(["account-refused"]);
      expect(codes(limited, "aws s3 ls", { profile: "dev", account: undefined })).toEqual(["account-unknown"]);
      const others = policy("limits: { regions: [us-east-1] }");
      expect(codes(others, "aws s3 ls", { account: undefined })).toEqual([]);
    });

    it.each([
      ["dev", true],
      ["team-a", true],
      ["team-", true],
      ["team", false],
      ["dev2", false],
      ["my-team-a", false],
      ["Dev", false],
    ])("profile `%s`: %s", (profile, isIn) => {
      expect(codes(limited, `aws s3 ls --profile ${profile}`)).toEqual(isIn ? [] : ["profile-limited"]);
    });

    it.each([
      ["aws s3 ls --region eu-west-1", []],
      ["aws s3 ls --region us-east-1", []],
      ["aws s3 ls --region us-east-2", ["us-east-2"]],
      ["aws --region=ap-south-1 s3 ls", ["ap-south-1"]],
      ["aws ec2 copy-snapshot --source-region us-west-2 --source-snapshot-id s --region eu-west-1", ["us-west-2"]],
      [
        "aws ec2 copy-snapshot --destination-region us-west-2 --source-region eu-west-1 --source-snapshot-id s",
        ["us-west-2"],
      ],
      ["aws s3 cp s3://a/k s3://b/k --source-region us-west-2", ["us-west-2"]],
      ["aws s3 ls s3://arn:aws:s3:us-west-2:111122223333:accesspoint/p", ["us-west-2"]],
      ["aws s3 ls s3://arn:aws:s3:eu-west-1:111122223333:accesspoint/p", []],
      ["aws s3api list-objects-v2 --bucket arn:aws:s3:us-west-2:111122223333:accesspoint/p", ["us-west-2"]],
      [
        "aws s3api list-objects-v2 --bucket arn:aws:s3-object-lambda:us-west-2:111122223333:accesspoint/p",
        ["us-west-2"],
      ],
      [
        "aws s3api list-objects-v2 --bucket arn:aws:s3-outposts:us-west-2:111122223333:outpost/op-1/accesspoint/p",
        ["us-west-2"],
      ],
      ["aws s3api list-objects-v2 --bucket arn:aws:s3::111122223333:accesspoint/p.mrap", ["(unknown)"]],
      ["aws s3api list-objects-v2 --bucket us-west-2", []],
      [
        "aws s3api create-bucket --bucket b --create-bucket-configuration LocationConstraint=ap-south-1",
        ["ap-south-1"],
      ],
      [
        "aws secretsmanager replicate-secret-to-regions --secret-id s --add-replica-regions Region=ap-south-1",
        ["ap-south-1"],
      ],
      [
        "aws secretsmanager remove-regions-from-replication --secret-id s --remove-replica-regions eu-west-1 sa-east-1",
        ["sa-east-1"],
      ],
      [
        "aws dynamodb create-global-table --global-table-name t --replication-group RegionName=sa-east-1",
        ["sa-east-1"],
      ],
      ["aws ec2 describe-regions --all-regions", []],
      ["aws s3 ls --region us-east-1-fips", []],
      ["aws s3 ls --region fips-us-east-1", []],
      ["aws s3 ls --region us-fips-east-1", []],
      ["aws s3 ls --region us-east-fips-1", []],
      ["aws s3 ls --region fips-ap-south-1", ["ap-south-1"]],
      ["aws s3 ls --region ap-south-1-fips", ["ap-south-1"]],
      [
        "aws route53 associate-vpc-with-hosted-zone --hosted-zone-id z --vpc VPCRegion=ap-south-1,VPCId=v",
        ["ap-south-1"],
      ],
      ["aws sns publish --topic-arn arn:aws:sns:ap-south-1:111122223333:t --message m", ["ap-south-1"]],
      ["aws sns publish --topic-arn arn:aws:sns:eu-west-1:111122223333:t --message m", []],
      ["aws sns get-topic-attributes --topic-arn arn:aws:sns:ap-south-1:111122223333:t", []],
      ["aws iam delete-user-policy --user-name arn:aws:iam::111122223333:user/u --policy-name p", []],
      [
        `aws sqs set-queue-attributes --queue-url q --attributes '{"Policy":"{\\"Resource\\":\\"arn:aws:sqs:sa-east-1:1:q\\"}"}'`,
        ["sa-east-1"],
      ],
      [
        `aws dlm create-lifecycle-policy --description d --state ENABLED --execution-role-arn r --policy-details '{"Schedules":[{"CrossRegionCopyRules":[{"Target":"ap-south-1","Encrypted":true}]}]}'`,
        ["ap-south-1"],
      ],
      ["aws ec2 describe-instances --filters Name=tag:region,Values=us-west-2", []],
    ])("`%s` goes to %j besides", (command, outside) => {
      const found = findings(limited, command, { profile: "dev" });
      expect(found.map(({ code, message }) => [code, /`([^`]*)`/.exec(message)?.[1]])).toEqual(
        outside.map((region) => ["region-refused", region]),
      );
    });

    it("shows the word that names what is outside", () => {
      const [found] = findings(limited, "aws s3 ls --profile x --region us-east-1");
      expect(found?.argument).toBe(3);
      expect(findings(limited, "aws s3 ls s3://b --region us-west-1 --profile dev")[0]?.argument).toBe(4);
    });
  });

  it.each([
    "VPCRegion",
    "S3Region",
    "awsRegion",
    "targetRegion",
    "regionName",
    "RegionNames",
    "regionList",
    "witnessRegion",
    "OutputS3Region",
    "regions",
  ])("finds the region of a member `%s` in a read too", (member) => {
    const limited = policy("limits: { regions: [us-east-1] }");
    const command = (region: string) => `aws ec2 describe-instances --filters '[{"${member}":"${region}"}]'`;
    expect(codes(limited, command("ap-south-1"))).toEqual(["region-refused"]);
    expect(codes(limited, command("us-east-1"))).toEqual([]);
  });

  describe("on rules", () => {
    it("reads regions as the AWS CLI does, wherever they stand", () => {
      const publish = (region: string) =>
        `aws sns publish --message m --topic-arn arn:aws:sns:${region}:111122223333:t`;
      expect(hits({ regions: ["ap-*"] }, publish("ap-south-1"))).toBe(true);
      expect(hits({ regions: ["ap-*"] }, publish("eu-west-1"))).toBe(false);
      expect(hits({ regions: ["ap-*"] }, "aws s3 ls", { region: "fips-ap-south-1" })).toBe(true);
    });

    it("compares numbers and booleans by what they are", () => {
      const size = (value: string) =>
        `aws autoscaling set-desired-capacity --auto-scaling-group-name g --desired-capacity ${value}`;
      const parts = { operations: { autoscaling: ["set-desired-capacity"] } };
      for (const test of [{ equals: ["0"] }, { below: 1 }, { like: ["0"] }, { ilike: ["0"] }])
        for (const value of ["0", "00", "+0", "-0"])
          expect([test, value, hits({ ...parts, any: [{ option: "desired-capacity", test }] }, size(value))]).toEqual([
            test,
            value,
            true,
          ]);
      const acls = (value: string) =>
        `aws s3api put-public-access-block --bucket b --public-access-block-configuration BlockPublicAcls=${value}`;
      const open = {
        operations: { s3api: ["put-public-access-block"] },
        any: [{ option: "public-access-block-configuration", path: "BlockPublicAcls", test: { equals: ["false"] } }],
      };
      expect(["false", "False", "FALSE", "true"].map((value) => hits(open, acls(value)))).toEqual([
        true,
        true,
        true,
        false,
      ]);
    });

    it("is sure of a text only where it is the very text, and of a number of JSON by its value", () => {
      const share = "aws ec2 modify-snapshot-attribute --snapshot-id s --user-ids";
      const ours = { option: "user-ids", test: { equals: ["012345678901"] } };
      const unless = { operations: { ec2: ["modify-snapshot-attribute"] }, unless: [ours] };
      expect(hits(unless, `${share} 012345678901`)).toBe(false);
      expect(hits(unless, `${share} 12345678901`)).toBe(true);
      const port = { option: "ip-permissions", path: "[].FromPort", test: { equals: ["443"] } };
      const web = { operations: { ec2: ["authorize-security-group-ingress"] }, unless: [port] };
      const open = "aws ec2 authorize-security-group-ingress --group-id g --ip-permissions";
      expect(hits(web, `${open} '[{"FromPort":4.43e2}]'`)).toBe(false);
      expect(hits(web, `${open} '[{"FromPort":443},{"FromPort":22}]'`)).toBe(true);
    });

    it("is sure of a path only where each item of its lists has it", () => {
      const cidr = (path: string) => ({ option: "ip-permissions", path, test: { like: ["10.*"] } });
      const web = (path: string) => ({
        operations: { ec2: ["authorize-security-group-ingress"] },
        unless: [cidr(path)],
      });
      const open = (json: string) => `aws ec2 authorize-security-group-ingress --group-id g --ip-permissions '${json}'`;
      for (const path of ["[].IpRanges[].CidrIp", "**.CidrIp", "[].*[].CidrIp", "IpRanges.CidrIp"]) {
        expect([path, hits(web(path), open('[{"IpRanges":[{"CidrIp":"10.0.0.0/8"}]}]'))]).toEqual([path, false]);
        for (const json of [
          '[{"IpRanges":[{"CidrIp":"10.0.0.0/8"}]},{"Ipv6Ranges":[{"CidrIpv6":"::/0"}]}]',
          '[{"IpRanges":[{"CidrIp":"10.0.0.0/8"},{"Description":"x"}]}]',
          '[{"IpRanges":[{"CidrIp":"10.0.0.0/8"}]},{"IpRanges":[]}]',
        ])
          expect([path, json, hits(web(path), open(json))]).toEqual([path, json, true]);
      }
      const present = { ...cidr("[].IpRanges[].CidrIp"), test: "present" };
      const given = { operations: { ec2: ["authorize-security-group-ingress"] }, unless: [present] };
      expect(hits(given, open('[{"IpRanges":[{"CidrIp":"1.1.1.1/32"}]}]'))).toBe(false);
      expect(hits(given, open('[{"IpRanges":[{"CidrIp":"1.1.1.1/32"}]},{"FromPort":1}]'))).toBe(true);
    });

    it("is sure of an entry only where each list on the way has it", () => {
      const owner = { entry: { key: "Key", is: ["owner"], value: "Value", test: "present" } };
      const tagged = {
        operations: { ec2: ["run-instances"] },
        unless: [{ option: "tag-specifications", path: "Tags[]", test: owner }],
      };
      const run = (json: string) => `aws ec2 run-instances --image-id ami-1 --tag-specifications '${json}'`;
      const with1 = '{"ResourceType":"instance","Tags":[{"Key":"a","Value":"b"},{"Key":"owner","Value":"x"}]}';
      expect(hits(tagged, run(`[${with1}]`))).toBe(false);
      expect(hits(tagged, run(`[${with1},{"ResourceType":"volume","Tags":[{"Key":"a","Value":"b"}]}]`))).toBe(true);
      expect(hits(tagged, run(`[${with1},{"ResourceType":"volume"}]`))).toBe(true);
    });

    it("is not sure that an option is there which only a file could give", () => {
      const unless = [{ option: "description", test: "present" }];
      const parts = { operations: { iam: ["update-role"] }, unless };
      expect(hits(parts, "aws iam update-role --role-name r --description x")).toBe(false);
      expect(hits(parts, "aws iam update-role --cli-input-json file://x")).toBe(true);
    });

    it("wants all selectors to hold", () => {
      const parts = {
        operations: { ec2: ["terminate-*"], "dynamodb*": ["delete-table"] },
        effects: ["destroy"],
        regions: ["us-*"],
        profiles: ["prod"],
      };
      const command = "aws ec2 terminate-instances --instance-ids i-1";
      expect(hits(parts, command, { profile: "prod" })).toBe(true);
      expect(hits(parts, "aws dynamodb delete-table --table-name t", { profile: "prod" })).toBe(true);
      expect(hits(parts, command)).toBe(false);
      expect(hits(parts, command, { profile: "prod", region: "eu-west-1" })).toBe(false);
      expect(hits(parts, command, { profile: "prod", effects: ["write"] })).toBe(false);
      expect(hits(parts, "aws ec2 stop-instances --instance-ids i-1", { profile: "prod", effects: ["destroy"] })).toBe(
        false,
      );
    });

    it("takes one of several effects and one of several regions for enough", () => {
      const effects: readonly Effect[] = ["write", "egress"];
      expect(hits({ effects: ["egress", "destroy"] }, "aws s3 ls", { effects })).toBe(true);
      const copy = "aws ec2 copy-snapshot --source-region us-west-2 --source-snapshot-id s --region eu-west-1";
      expect(hits({ regions: ["us-*"] }, copy)).toBe(true);
      expect(hits({ regions: ["eu-*"] }, copy)).toBe(true);
      expect(hits({ regions: ["ap-*"] }, copy)).toBe(false);
    });

    const share = "aws ec2 modify-snapshot-attribute --snapshot-id s --operation-type add --user-ids";
    const ours = { option: "user-ids", test: { equals: ["111122223333", "444455556666"] } };
    const operations = { ec2: ["modify-snapshot-attribute"] };

    it("hits where one of several values passes, and an exception wants all of them to", () => {
      expect(hits({ operations, any: [ours] }, `${share} 111122223333 999999999999`)).toBe(true);
      expect(hits({ operations, any: [ours] }, `${share} 999999999999`)).toBe(false);
      expect(hits({ operations, unless: [ours] }, `${share} 111122223333 444455556666`)).toBe(false);
      expect(hits({ operations, unless: [ours] }, `${share} 111122223333 999999999999`)).toBe(true);
      expect(hits({ operations, unless: [ours] }, "aws ec2 modify-snapshot-attribute --snapshot-id s")).toBe(true);
    });

    it("takes a file that nobody has read for the worst", () => {
      expect(hits({ operations, any: [ours] }, `${share} file://ids.json`)).toBe(true);
      expect(hits({ operations, unless: [ours] }, `${share} file://ids.json`)).toBe(true);
      expect(hits({ operations, unless: [{ option: "user-ids", test: "present" }] }, `${share} file://ids.json`)).toBe(
        false,
      );
      const wanted = { option: "filters", path: "Name", test: { equals: ["x"] } };
      const look = { ec2: ["describe-instances"] };
      for (const test of [wanted, { ...wanted, test: "absent" }]) {
        expect(hits({ operations: look, any: [test] }, "aws ec2 describe-instances --filters file://f.json")).toBe(
          true,
        );
        expect(hits({ operations: look, unless: [test] }, "aws ec2 describe-instances --filters file://f.json")).toBe(
          true,
        );
      }
    });

    it.each([
      [{ option: "table-name", test: { like: ["prod-*"] } }, true],
      [{ option: "table-name", test: { like: ["*-orders"] } }, true],
      [{ option: "table-name", test: { like: ["*od-ord*"] } }, true],
      [{ option: "table-name", test: { like: ["prod-orders*orders"] } }, false],
      [{ option: "table-name", test: { like: ["PROD-*"] } }, false],
      [{ option: "table-name", test: { ilike: ["PROD-*"] } }, true],
      [{ option: "table-name", test: { like: ["prod.orders"] } }, false],
      [{ option: "output", test: { equals: ["json"] } }, true],
      [{ options: ["output", "table-name"], test: { equals: ["json"] } }, true],
      [{ option: "query", test: "present" }, false],
    ])("the condition %j is %s", (condition, expected) => {
      const parts = { operations: { dynamodb: ["delete-table"] }, any: [condition] };
      expect(hits(parts, "aws dynamodb delete-table --table-name prod-orders --output json")).toBe(expected);
    });

    it("wants one of `any` and all of `all`", () => {
      const table = { option: "table-name", test: { equals: ["t"] } };
      const place = { option: "output", test: { equals: ["json"] } };
      const parts = (more: Parts) => ({ operations: { dynamodb: ["delete-table"] }, ...more });
      const command = "aws dynamodb delete-table --table-name t";
      expect(hits(parts({ any: [table, place] }), command)).toBe(true);
      expect(hits(parts({ all: [table, place] }), command)).toBe(false);
      expect(hits(parts({ all: [table, place] }), `${command} --output json`)).toBe(true);
      expect(hits(parts({ any: [table], all: [place] }), command)).toBe(false);
    });

    it("looks at operands, at flags that JSON turns off, and at entries of maps", () => {
      const remove = { operations: { s3: ["rm"] }, any: [{ operand: 0, test: { like: ["s3://prod*"] } }] };
      expect(hits(remove, "aws s3 rm s3://prod/x")).toBe(true);
      expect(hits(remove, "aws s3 rm s3://dev/prod")).toBe(false);
      const off = {
        operations: { rds: ["modify-db-instance"] },
        any: [{ option: "no-deletion-protection", test: "present" }],
      };
      expect(
        hits(
          off,
          `aws rds modify-db-instance --cli-input-json '{"DBInstanceIdentifier":"d","DeletionProtection":false}'`,
        ),
      ).toBe(true);
      const tags = { entry: { key: "Key", is: ["owner"], value: "Value", test: { like: ["team-*"] } } };
      const untagged = {
        operations: { ec2: ["run-instances"] },
        unless: [{ option: "tag-specifications", path: "Tags[]", test: tags }],
      };
      const run = "aws ec2 run-instances --image-id ami-1 --tag-specifications";
      expect(hits(untagged, "aws ec2 run-instances --image-id ami-1")).toBe(true);
      expect(hits(untagged, `${run} 'ResourceType=instance,Tags=[{Key=a,Value=b},{Key=owner,Value=team-x}]'`)).toBe(
        false,
      );
      expect(hits(untagged, `${run} 'ResourceType=instance,Tags=[{Key=owner,Value=x}]'`)).toBe(true);
      expect(hits(untagged, `${run} 'ResourceType=instance,Tags=[{Key=owner,Value=team-x},{Key=owner,Value=x}]'`)).toBe(
        true,
      );
      expect(hits(untagged, `${run} file://tags.json`)).toBe(true);
      const tagged = { operations: untagged.operations, any: untagged.unless };
      expect(hits(tagged, `${run} file://tags.json`)).toBe(true);
      expect(hits(tagged, `${run} ResourceType=instance,Tags=[{Key=owner,Value=x}]`)).toBe(false);
    });

    it("looks for a missing member of an option that is given, and for a missing option by `unless`", () => {
      const operations = { s3api: ["create-bucket"] };
      const option = "create-bucket-configuration";
      const untagged = { operations, any: [{ option, path: "Tags[]", test: "absent" }] };
      const unset = { operations, unless: [{ option, test: "present" }] };
      const bare = "aws s3api create-bucket --bucket b";
      const placed = `${bare} --create-bucket-configuration LocationConstraint=eu-west-1`;
      expect([hits(untagged, bare), hits(untagged, placed)]).toEqual([false, true]);
      expect([hits(unset, bare), hits(unset, placed)]).toEqual([true, false]);
    });

    it("is sure of numbers only where there is one", () => {
      const few = { option: "count", test: { below: 3 } };
      const run = { ec2: ["run-instances"] };
      const command = "aws ec2 run-instances --image-id ami-1 --count";
      expect(
        ["1", "2", "1:2", "1:1000", "5"].map((count) => hits({ operations: run, any: [few] }, `${command} ${count}`)),
      ).toEqual([true, true, true, true, false]);
      expect(
        ["1", "2", "1:2", "1:1000", "5"].map((count) =>
          hits({ operations: run, unless: [few] }, `${command} ${count}`),
        ),
      ).toEqual([false, false, true, true, true]);
    });
  });
});

describe("allowedEffects", () => {
  const allow = (parts: Parts) => rule({ decision: "allow", effects: ["destroy"], accepts: ["aws s3 ls"], ...parts });
  const allowed = (parts: Parts, command: string, changes: Parameters<typeof codes>[2] = {}) => [
    ...allowedEffects(allow(parts), factsOfOne(command, changes)),
  ];

  it("are those of the allow rules that hit", () => {
    const parts = { operations: { dynamodb: ["delete-table"] }, effects: ["destroy", "egress"] };
    expect(allowed(parts, "aws dynamodb delete-table --table-name t")).toEqual(["destroy", "egress"]);
    expect(allowed(parts, "aws dynamodb delete-backup --backup-arn a")).toEqual([]);
    expect(allowed(parts, "aws dynamodb delete-table --table-name t", { effects: ["permissions"] })).toEqual([]);
    expect(codes(allow(parts), "aws dynamodb delete-table --table-name t")).toEqual([]);
  });

  it("want every value to pass, every region to fit and no file that nobody has read", () => {
    const egress: Parts = { effects: ["egress"], operations: { ec2: ["modify-snapshot-attribute"] } };
    const ours = { ...egress, any: [{ option: "user-ids", test: { equals: ["111122223333"] } }] };
    const share = "aws ec2 modify-snapshot-attribute --snapshot-id s --user-ids";
    const facts = { effects: ["egress"] as const };
    expect(allowed(ours, `${share} 111122223333`, facts)).toEqual(["egress"]);
    expect(allowed(ours, `${share} 111122223333 999999999999`, facts)).toEqual([]);
    expect(allowed(ours, `${share} file://ids.json`, facts)).toEqual([]);
    const given = { ...egress, any: [{ option: "user-ids", test: "present" }] };
    expect(allowed(given, `${share} file://ids.json`, facts)).toEqual(["egress"]);
    const europe = { effects: ["egress"], operations: { ec2: ["copy-snapshot"] }, regions: ["eu-*"] };
    const copy = "aws ec2 copy-snapshot --source-snapshot-id s --region eu-west-1 --source-region";
    expect(allowed(europe, `${copy} eu-central-1`, facts)).toEqual(["egress"]);
    expect(allowed(europe, `${copy} us-east-1`, facts)).toEqual([]);
  });

  it("are taken back by what may be an exception", () => {
    const parts = {
      operations: { dynamodb: ["delete-table"] },
      unless: [{ option: "table-name", test: { like: ["prod-*"] } }],
    };
    expect(allowed(parts, "aws dynamodb delete-table --table-name scratch")).toEqual(["destroy"]);
    expect(allowed(parts, "aws dynamodb delete-table --table-name prod-1")).toEqual([]);
    expect(allowed(parts, "aws dynamodb delete-table --table-name file://name")).toEqual([]);
  });
});

describe("exampleProblems", () => {
  const problems = (parts: string) =>
    exampleProblems(policy(`rules:\n  - id: tested\n    because: only for the test\n${parts}`), factsOf);

  it("say which examples come out otherwise, and where they stand", () => {
    expect(
      problems(`    decision: deny
    operations: { s3: [rm] }
    refuses:
      - aws s3 rm s3://b/k
      - aws s3 ls
      - aws s3 rm
      - aws s3 rmm s3://b/k
      - aws s3 help
    accepts:
      - aws s3 ls | wc -l
      - aws s3 rm s3://b/k | wc -l
`),
    ).toEqual([
      "policy.yaml:8: `tested` does not hit this example",
      expect.stringMatching(/^policy\.yaml:9: this example of `tested` cannot be judged: /),
      "policy.yaml:10: this example of `tested` cannot be judged: `aws s3` has no operation `rmm`",
      "policy.yaml:11: this example of `tested` cannot be judged: it asks for help",
      "policy.yaml:14: `tested` hits this example",
    ]);
  });

  it("are about what an allow rule lets through", () => {
    expect(
      problems(`    decision: allow
    effects: [destroy]
    operations: { s3: [rm, ls] }
    accepts: [aws s3 rm s3://b/k, aws s3 ls]
    refuses: [aws s3 rm s3://b/k]
`),
    ).toEqual(["policy.yaml:7: `tested` does not hit this example", "policy.yaml:8: `tested` hits this example"]);
  });
});
