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
      ["policy-dangerous-command", "the policy lists `aws s3 ls` as a dangerous command"],
      ["policy-dangerous-command", "the policy lists `aws s3` as a dangerous command"],
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

  describe("on rules", () => {
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
      [{ option: "region", test: { equals: ["eu-west-1"] } }, true],
      [{ options: ["region", "table-name"], test: { equals: ["eu-west-1"] } }, true],
      [{ option: "profile", test: "present" }, false],
    ])("the condition %j is %s", (condition, expected) => {
      const parts = { operations: { dynamodb: ["delete-table"] }, any: [condition] };
      expect(hits(parts, "aws dynamodb delete-table --table-name prod-orders --region eu-west-1")).toBe(expected);
    });

    it("wants one of `any` and all of `all`", () => {
      const table = { option: "table-name", test: { equals: ["t"] } };
      const place = { option: "region", test: { equals: ["eu-west-1"] } };
      const parts = (more: Parts) => ({ operations: { dynamodb: ["delete-table"] }, ...more });
      const command = "aws dynamodb delete-table --table-name t";
      expect(hits(parts({ any: [table, place] }), command)).toBe(true);
      expect(hits(parts({ all: [table, place] }), command)).toBe(false);
      expect(hits(parts({ all: [table, place] }), `${command} --region eu-west-1`)).toBe(true);
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
