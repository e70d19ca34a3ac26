import { describe, expect, it } from "vitest";
import { policyFindings } from "../../../src/policy/custom/policy-findings.js";
import { wildcard } from "../../../src/policy/custom/wildcard.js";
import { factsOfOne, findings, policy } from "./facts-of.js";

const SIZE = 100_000;

/** Patterns that take a backtracking engine for ever, and some that name much. */
const NASTY = [
  "(a*)*b",
  "(a|aa)+$",
  "(.*a){20}b",
  "(x+x+)+y",
  '(.*)"(.*)"(.*)"(.*)[0-9]z',
  String.raw`"a":\s*"(a|b|ab)*c"`,
  String.raw`"Effect": "Allow".*(--user-name|--policy-document|--path) '"?=\[`,
  `${"a?".repeat(200)}${"a".repeat(200)}z`,
  Array.from({ length: 200 }, (_, index) => `k${index}.*z`).join("|"),
];

const values: readonly (readonly [string, string])[] = [
  ["letters", "a".repeat(SIZE)],
  ["quotes", '"'.repeat(SIZE)],
  ["escaped quotes", `{"${'\\"'.repeat(SIZE / 2)}`],
  ["backslashes", `{"${"\\".repeat(SIZE + 1)}`],
  ["brackets", "[".repeat(SIZE)],
  ["braces", "{".repeat(SIZE)],
  ["blanks", `{${" ".repeat(SIZE)}`],
  ["keys", JSON.stringify(Object.fromEntries(Array.from({ length: 8000 }, (_, index) => [`k${index}`, index % 9])))],
  ["a list", JSON.stringify(Array.from({ length: 20_000 }, () => "a"))],
  ["JSON in JSON", nested(12)],
];

function nested(depth: number): string {
  let text = '{"a":"b"}';
  for (let level = 0; level < depth; level += 1) text = JSON.stringify({ a: text });
  return text;
}

describe("a policy", () => {
  const rules = policy(
    JSON.stringify({
      regex_rules: { g: NASTY.map((pattern) => ({ pattern, description: "only for the test" })) },
      dangerous_commands: { g: ["aws iam create-policy --policy-document {a=b,k1=z} --description x"] },
      rules: [
        {
          id: "tested",
          decision: "deny",
          because: "only for the test",
          any: [
            { option: "policy-document", test: { like: [`${"*a".repeat(50)}*b`] } },
            { option: "policy-document", test: { ilike: [`${"*A".repeat(50)}*B*Q`] } },
          ],
          refuses: ["aws s3 ls"],
        },
      ],
    }),
  );

  it.each(values)("is quick on 100 KB of %s", (_, value) => {
    const facts = {
      ...factsOfOne("aws iam create-policy --policy-name p --policy-document x"),
    };
    const long = {
      ...facts,
      values: facts.values.map((each) =>
        each.option.name === "policy-document" ? { ...each, value: { kind: "text" as const, text: value } } : each,
      ),
    };
    policyFindings(rules, facts);
    const started = performance.now();
    policyFindings(rules, long);
    expect(performance.now() - started).toBeLessThan(4000);
  });

  it("is quick on a command of everyday length", () => {
    findings(rules, "aws s3 ls");
    const facts = factsOfOne(
      `aws ec2 describe-instances --filters Name=tag:a,Values=b,c --query 'Reservations[].Instances[]' --region eu-west-1`,
    );
    const started = performance.now();
    for (let count = 0; count < 100; count += 1) policyFindings(rules, facts);
    expect((performance.now() - started) / 100).toBeLessThan(20);
  });
});

describe("wildcard", () => {
  it.each([
    ["*", "", true],
    ["a", "a", true],
    ["a", "ab", false],
    ["a*", "a", true],
    ["*a", "ba", true],
    ["a*a", "a", false],
    ["a*a", "aa", true],
    ["a*b*c", "axbxc", true],
    ["a*b*c", "acb", false],
    ["*a*b*", "ba", false],
    ["**", "x", true],
    ["a.c", "abc", false],
    ["(a", "(a", true],
    ["a*", "a\nb", true],
  ])("%s on %j is %s", (pattern, text, fits) => {
    expect(wildcard(pattern)(text)).toBe(fits);
  });

  it("is linear", () => {
    const started = performance.now();
    expect(wildcard(`${"*a".repeat(100)}*b`)("a".repeat(1_000_000))).toBe(false);
    expect(performance.now() - started).toBeLessThan(500);
  });
});
