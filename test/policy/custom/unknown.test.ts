import { describe, expect, it } from "vitest";
import { commandText } from "../../../src/policy/custom/command-text.js";
import { allowedEffects } from "../../../src/policy/custom/policy-findings.js";
import { canonicalLine, plainLine } from "../../../src/policy/custom/renderings.js";
import { codes, factsOfOne, policy } from "./facts-of.js";

const OUTPUT = '"$(cat names.txt)"';

const rule = (parts: Readonly<Record<string, unknown>>) =>
  policy(
    JSON.stringify({
      rules: [{ id: "tested", because: "only for the test", refuses: ["aws s3 ls"], ...parts }],
    }),
  );

const hits = (parts: Readonly<Record<string, unknown>>, command: string): boolean =>
  codes(rule({ decision: "deny", ...parts }), command).length > 0;

describe("the operator's rules about what is not known yet", () => {
  it.each([
    [
      { operations: { ec2: ["describe-instances"] }, any: [{ option: "instance-ids", test: { equals: ["i-1"] } }] },
      true,
    ],
    [
      { operations: { ec2: ["describe-instances"] }, any: [{ option: "instance-ids", test: { like: ["prod*"] } }] },
      true,
    ],
    [{ operations: { ec2: ["describe-instances"] }, any: [{ option: "max-items", test: { above: 5 } }] }, false],
    [
      { operations: { ec2: ["describe-instances"] }, unless: [{ option: "instance-ids", test: { equals: ["i-1"] } }] },
      true,
    ],
    [{ operations: { ec2: ["describe-instances"] }, unless: [{ option: "instance-ids", test: "present" }] }, false],
  ])("takes it for a hit of a deny rule, and for none of an exception: %j", (parts, expected) => {
    expect(hits(parts, `aws ec2 describe-instances --instance-ids ${OUTPUT}`)).toBe(expected);
    expect(hits(parts, `aws ec2 describe-instances --instance-ids i-2 ${OUTPUT}`)).toBe(expected);
  });

  it("takes an operand for a hit", () => {
    const parts = { operations: { s3: ["ls"] }, any: [{ operand: 0, test: { like: ["s3://secret/*"] } }] };
    expect(hits(parts, `aws s3 ls s3://logs/${OUTPUT}`)).toBe(true);
    expect(hits(parts, "aws s3 ls s3://logs/x")).toBe(false);
  });

  it("is no reason for an allow rule", () => {
    const allow = (command: string) =>
      allowedEffects(
        policy(
          JSON.stringify({
            rules: [
              {
                id: "tested",
                decision: "allow",
                because: "only for the test",
                operations: { ec2: ["terminate-instances"] },
                effects: ["destroy"],
                all: [{ option: "instance-ids", test: { like: ["i-1*"] } }],
                accepts: ["aws ec2 terminate-instances --instance-ids i-1"],
              },
            ],
          }),
        ),
        factsOfOne(command),
      ).size;
    expect(allow("aws ec2 terminate-instances --instance-ids i-11")).toBe(1);
    expect(allow(`aws ec2 terminate-instances --instance-ids i-1${OUTPUT}`)).toBe(0);
    expect(allow(`aws ec2 terminate-instances --instance-ids i-1 ${OUTPUT}`)).toBe(0);
  });

  it.each([
    ["aws ec2 terminate-instances --instance-ids i-1", true],
    ["aws ec2 terminate-instances --instance-ids", true],
    ["aws ec2 terminate-instances --dry-run", false],
    ["aws ec2 stop-instances --instance-ids i-1", false],
  ])("may be what a dangerous command names: %s", (entry, expected) => {
    const rules = policy(JSON.stringify({ dangerous_commands: { g: [entry] } }));
    expect(codes(rules, `aws ec2 terminate-instances --instance-ids ${OUTPUT}`)).toEqual(
      expected ? ["policy-dangerous-command"] : [],
    );
  });

  it.each([
    ["aws s3 ls s3://prod/secret", true],
    ["aws s3 ls s3://prod/", true],
    ["aws s3 ls s3://product", false],
    ["aws s3 ls s3://other/", false],
    ["aws s3 rm s3://prod/", false],
  ])("may be the end of an operand that a dangerous command names: %s", (entry, expected) => {
    const rules = policy(JSON.stringify({ dangerous_commands: { g: [entry] } }));
    expect(codes(rules, `aws s3 ls s3://prod/${OUTPUT}`)).toEqual(expected ? ["policy-dangerous-command"] : []);
  });

  it("is no safe pattern's word", () => {
    const rules = policy(
      JSON.stringify({
        dangerous_commands: { g: ["aws ec2 terminate-instances"] },
        safe_patterns: { g: ["aws ec2 terminate-instances --instance-ids i-1"] },
      }),
    );
    expect(codes(rules, "aws ec2 terminate-instances --instance-ids i-1")).toEqual([]);
    expect(codes(rules, `aws ec2 terminate-instances --instance-ids ${OUTPUT}`)).toEqual(["policy-dangerous-command"]);
  });

  it.each([
    ["ec2 terminate-instances .*i-1", true],
    ["ec2 terminate-instances.*--instance-ids i-1", true],
    ["ec2 terminate-instances.*--dry-run", false],
    ["ec2 stop-instances.*i-1", false],
  ])("may be what a pattern looks for in an option: %s", (pattern, expected) => {
    const rules = policy(
      JSON.stringify({ regex_rules: { g: [{ pattern: `aws ${pattern}`, description: "a test" }] } }),
    );
    expect(codes(rules, `aws ec2 terminate-instances --instance-ids ${OUTPUT}`)).toEqual(
      expected ? ["policy-regex"] : [],
    );
  });

  it.each([
    ["aws s3 ls s3://.*secret", true],
    ["aws s3 ls.*secret.*--recursive", true],
    ["aws s3 ls.*secret|--force", true],
    ["aws s3 ls.*--page-size 5", false],
    ["--force", false],
    ["--force|--yes", false],
    ["aws s3 rm s3://.*secret", false],
  ])("may be what a pattern looks for in an operand: %s", (pattern, expected) => {
    const rules = policy(JSON.stringify({ regex_rules: { g: [{ pattern, description: "a test" }] } }));
    expect(codes(rules, `aws s3 ls s3://logs/${OUTPUT} --recursive`)).toEqual(expected ? ["policy-regex"] : []);
    expect(codes(rules, "aws s3 ls s3://logs/x --recursive")).toEqual([]);
  });

  it("is a region that nobody knows where one is named", () => {
    const rules = policy(JSON.stringify({ limits: { regions: ["us-east-1"] } }));
    expect(codes(rules, `aws ec2 describe-regions --region-names ${OUTPUT}`)).toEqual(["region-refused"]);
    expect(codes(rules, `aws ec2 describe-vpcs --vpc-ids ${OUTPUT}`)).toEqual([]);
  });

  it("is shown as `$(…)` where the command is written down", () => {
    const text = commandText(factsOfOne(`aws s3 cp s3://b/${OUTPUT} - --expected-size ${OUTPUT}`));
    expect(canonicalLine(text)).toBe("aws s3 cp 's3://b/$(…)' - --expected-size '$(…)'");
    expect(plainLine(text)).toBe("aws s3 cp s3://b/$(…) - --expected-size $(…)");
  });
});
