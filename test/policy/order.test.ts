import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { check, planText } from "../../src/check.js";
import { loadPolicy } from "../../src/policy/custom/load-policy.js";
import { judge } from "../../src/policy/judge.js";
import type { RuleBook } from "../../src/policy/rule-book.js";
import { catalogue } from "../catalogue/effects/committed.js";
import { ruleBook } from "./rule-book.js";
import { SETTINGS } from "./settings.js";

const POLICY = `
rules:
  - { id: no-purge, decision: deny, because: "queues are kept", operations: { sqs: [purge-queue] }, refuses: ["aws sqs purge-queue --queue-url q"] }
  - { id: everything, decision: deny, because: "for the order", regions: [eu-west-9], refuses: ["aws s3 ls --region eu-west-9"] }
  - { id: gateways, decision: ask, because: "they cost", operations: { ec2: [create-nat-gateway] }, refuses: ["aws ec2 create-nat-gateway --subnet-id s"] }
  - { id: asks-too, decision: ask, because: "for the order", regions: [eu-west-9], refuses: ["aws s3 ls --region eu-west-9"] }
  - { id: queues, decision: allow, because: "they come back", effects: [destroy], operations: { sqs: ["*"] }, accepts: ["aws sqs purge-queue --queue-url q"] }
limits:
  regions: ["us-*", "eu-west-9x"]
dangerous_commands:
  any: [aws lambda delete-, aws iam create-user]
safe_patterns:
  any: [aws lambda delete-alias]
regex_rules:
  any:
    - { pattern: payroll, description: "nobody's business", error_message: "payroll is not for assistants" }
    - { pattern: "region eu-west-9", description: "for the order", error_message: "for the order" }
`;

const policy = () => {
  const loaded = loadPolicy({ name: "order.yaml", text: POLICY }, catalogue);
  if (!loaded.ok) throw new Error(loaded.error.join("\n"));
  return loaded.value;
};
const rules = (changes: Partial<RuleBook> = {}) => ruleBook({ policy: policy(), ...changes });

const findings = (text: string, changes: Partial<RuleBook> = {}) => {
  const planned = planText(text, SETTINGS);
  if (!planned.ok) throw new Error(planned.error.message);
  return judge(planned.value, rules(changes)).findings.map(({ decision, code }) => `${decision} ${code}`);
};

// Step, verdict and code of the row's example.
const steps: readonly (readonly [step: string, verdict: string, code: string])[] = [
  ["language", "problem", "background"],
  ["data", "deny", "expansion-option"],
  ["floor", "deny", "aws-option-refused"],
  ["limits", "deny", "region-refused"],
  ["mode", "ask", "effect-destroy"],
  ["deny rules", "deny", "policy-deny"],
  ["dangerous_commands", "deny", "policy-dangerous-command"],
  ["regex_rules", "deny", "policy-regex"],
  ["ask rules", "ask", "policy-ask"],
  ["text", "deny", "ask-after-effect"],
  ["approval", "ask", "effect-destroy"],
];

const readme = readFileSync(new URL("../../security/README.md", import.meta.url), "utf8");
const section = readme.split("## Order of judging")[1]?.split("\n## ")[0] ?? "";
const rows = [...section.matchAll(/^\| ([a-z_ ]+) \| .* \| (.*) \| `(.*)` \|$/gm)]
  .map(([, step = "", codes = "", example = ""]) => ({ step, codes, example }))
  .filter(({ step }) => step !== "step");

describe("the order of judging in security/README.md", () => {
  it("has the steps that there are", () => {
    expect(rows.map(({ step }) => step)).toEqual(steps.map(([step]) => step));
  });

  it.each(steps)("%s decides its example: %s, %s", (step, verdict, code) => {
    const { example = "", codes = "" } = rows.find((row) => row.step === step) ?? {};
    const checked = check(example, rules());
    expect({ example, verdict: checked.verdict, code: checked.code }).toEqual({ example, verdict, code });
    if (step !== "approval") expect(codes).toMatch(new RegExp(`\`(${code}|${code.split("-")[0]}-…)\``));
  });

  it("is that of the findings, and the first of the strictest speaks", () => {
    const command = "aws lambda delete-function --function-name payroll --region eu-west-9";
    expect(findings(command)).toEqual([
      "deny region-refused",
      "ask effect-destroy",
      "deny policy-deny",
      "deny policy-dangerous-command",
      "deny policy-regex",
      "deny policy-regex",
      "ask policy-ask",
    ]);
    expect(check(command, rules())).toMatchObject({ verdict: "deny", code: "region-refused" });
  });

  it("lets the floor speak alone: nothing after it is asked", () => {
    expect(findings("aws lambda delete-function --function-name payroll --region eu-west-9 --debug")).toEqual([
      "deny aws-option-refused",
    ]);
  });

  it("lets an `allow` rule speak for the mode, and for nothing else", () => {
    expect(findings("aws sqs delete-queue --queue-url q")).toEqual(["allow effect-destroy"]);
    expect(findings("aws sqs purge-queue --queue-url q")).toEqual(["allow effect-destroy", "deny policy-deny"]);
    expect(findings("aws sqs delete-queue --queue-url q", { mode: "read-only" })).toEqual(["deny effect-destroy"]);
    expect(findings("aws sqs delete-queue --queue-url q --region ap-south-1")[0]).toBe("deny region-refused");
    // It does not allow what comes with it.
    expect(
      findings("aws sqs add-permission --queue-url q --label l --aws-account-ids 111122223333 --actions '*'"),
    ).toContain("deny effect-permissions");
  });

  it("excepts by `safe_patterns` from `dangerous_commands` alone", () => {
    expect(findings("aws lambda delete-alias --function-name f --name n")).toEqual(["ask effect-destroy"]);
    expect(findings("aws lambda delete-alias --function-name payroll --name n")).toContain("deny policy-regex");
  });

  it("answers an `ask` as AWS_MCP_APPROVAL says, and a `deny` never", () => {
    const verdicts = (command: string) =>
      (["elicit", "client", "deny"] as const).map((approval) => check(command, rules({ approval })).verdict);
    expect(verdicts("aws s3 rb s3://b")).toEqual(["ask", "allow", "deny"]);
    expect(verdicts("aws ec2 create-nat-gateway --subnet-id s")).toEqual(["ask", "allow", "deny"]);
    expect(verdicts("aws iam create-user --user-name x")).toEqual(["deny", "deny", "deny"]);
    expect(verdicts("aws sqs purge-queue --queue-url q")).toEqual(["deny", "deny", "deny"]);
  });
});

describe("the effects of a command", () => {
  it("are each decided by themselves, also those of one transfer", () => {
    const moved = "aws s3 mv s3://ours/a s3://theirs/a";
    expect(findings(moved)).toEqual(["ask effect-destroy", "ask effect-egress", "allow effect"]);
    const cells = { destroy: "allow", egress: "deny" } as const;
    expect(findings(moved, { cells })).toEqual(["allow effect", "deny effect-egress", "allow effect"]);
    expect(findings("aws s3 sync s3://ours s3://theirs --delete", { cells })).toContain("deny effect-egress");
  });

  it("are all there for rules, the read in a read of secrets too", () => {
    const text = `rules:\n  - { id: x, decision: deny, because: "for the test", effects: [read], operations: { ssm: ["get-param*"] }, refuses: ["aws ssm get-parameter --name x"] }\n`;
    const loaded = loadPolicy({ name: "x.yaml", text }, catalogue);
    if (!loaded.ok) throw new Error(loaded.error.join("\n"));
    const book = ruleBook({ policy: loaded.value, mode: "permissive" });
    for (const more of ["", " --with-decryption"])
      expect(check(`aws ssm get-parameter --name x${more}`, book).code).toBe("policy-deny");
  });
});
