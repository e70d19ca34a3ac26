import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { loadPolicy } from "../../../src/policy/custom/load-policy.js";
import { policyText } from "../../../src/policy/custom/policy-text.js";
import { catalogue } from "../../catalogue/effects/committed.js";
import { policy } from "./facts-of.js";

const folder = new URL("broken/", import.meta.url);

// The first line of each is the problem that it has.
const broken = readdirSync(folder).map((name) => {
  const text = readFileSync(new URL(name, folder), "utf8");
  return { name, text, problem: text.slice(2, text.indexOf("\n")) };
});

const problems = (text: string): readonly string[] => {
  const loaded = loadPolicy({ name: "p.yaml", text }, catalogue);
  return loaded.ok ? [] : loaded.error;
};

describe("loadPolicy", () => {
  it.each(broken)("says the line in $name: $problem", ({ text, problem }) => {
    const [first = "", ...more] = problems(text);
    expect(first.slice(0, `p.yaml:${problem}`.length)).toBe(`p.yaml:${problem}`);
    expect(more.filter((line) => !/^p\.yaml:\d+: /.test(line) || line.includes("\n"))).toEqual([]);
  });

  it("has something for each of them to be broken", () => {
    expect(broken.length).toBeGreaterThan(50);
  });

  it("says all problems of names at once", () => {
    const rule = (id: string, service: string) =>
      `  - { id: ${id}, decision: deny, because: a test, operations: { ${service}: [ls] }, refuses: [aws s3 ls] }\n`;
    expect(problems(`rules:\n${rule("a", "s4")}${rule("b", "s5")}`)).toEqual([
      expect.stringMatching(/^p\.yaml:2: the AWS CLI has no service `s4`/),
      expect.stringMatching(/^p\.yaml:3: the AWS CLI has no service `s5`/),
    ]);
  });

  it("takes no file of more than 1 MiB, and none that nests too deep", () => {
    expect(problems(`# ${"x".repeat(1_048_576)}`)).toEqual(["p.yaml:1: the file has more than 1 MiB"]);
    for (const depth of [1000, 3000, 10_000, 300_000]) {
      const [first = ""] = problems("[".repeat(depth) + "]".repeat(depth));
      expect([depth, first.slice(0, 9)]).toEqual([depth, "p.yaml:1:"]);
    }
  });

  it("warns of what has no effect, with the line", () => {
    const { warnings } = policy(`dangerous_commands:
  iam:
    - aws iam create-usr
    - aws iam create-user --name x
    - aws --profile root iam create-user
    - aws iam create-user --user-name x --region
    - aws s3 rm s3://prod
    - aws iam
    - iam create-user
safe_patterns:
  iam:
    - aws iam get-usr
    - aws iam get
    - aws iam get-
    - aws
    - --dry-run
regex_rules:
  all:
    - { pattern: ".*", description: everything }
`);
    expect(warnings).toEqual([
      "policy.yaml:3: `aws iam create-usr` names no command of the AWS CLI, so that it denies nothing",
      "policy.yaml:4: no command that `aws iam create-user --name x` names has `--name`, so that it denies nothing",
      "policy.yaml:9: `iam create-user` names no command of the AWS CLI, so that it denies nothing",
      "policy.yaml:12: `aws iam get-usr` names no command of the AWS CLI, so that it has no effect",
      "policy.yaml:13: `aws iam get` names no command of the AWS CLI, so that it has no effect",
      "policy.yaml:15: `aws` does not begin with `aws` and a service, so that it has no effect",
      "policy.yaml:16: `--dry-run` does not begin with `aws` and a service, so that it has no effect",
      "policy.yaml:19: this pattern is found in every command, so that none is let through",
    ]);
  });

  it("warns of patterns and regions that fit nothing", () => {
    const patterns = [
      "aws iam create-usr.*--path",
      "^aws ec2 terminate-instances i-1",
      "AWS iam create-user",
      "aws  iam create-user",
      "aws iam créate",
      "aws iam create-user.*--usr-name x",
      String.raw`--frobnicate\b`,
      "(?i)AWS IAM CREATE-USER",
      "^aws iam create-(user|role)",
      "aws s3 rm s3://prod|aws s3 rb",
      String.raw`--(user|role)-name\s+x.*--pol[a-z]+`,
      String.raw`aws .* --no-include-global-service-events|--acl\s+public`,
    ];
    const { warnings } = policy(
      `regex_rules:\n  g:\n${patterns.map((each) => `    - { pattern: '${each}', description: a test }\n`).join("")}limits:\n  regions: [us-esat-1, us-gov-*, "*-central-1", mars-*, "*"]\n`,
    );
    expect(warnings).toEqual([
      "policy.yaml:3: no command of the AWS CLI begins with `aws iam create-usr`, so that this pattern finds nothing",
      "policy.yaml:4: no command of the AWS CLI begins with `aws ec2 terminate-instances i-1`, so that this pattern finds nothing",
      "policy.yaml:5: commands begin with `aws` in small letters, so that this pattern finds nothing",
      "policy.yaml:6: a command has one blank after `aws`, so that this pattern finds nothing",
      "policy.yaml:7: no command or option of the AWS CLI has the letter `é`",
      "policy.yaml:8: no command that this pattern is about has the option `--usr-name`",
      "policy.yaml:9: no command that this pattern is about has the option `--frobnicate`",
      "policy.yaml:16: no region is called `us-esat-1`",
      "policy.yaml:16: no region is called `mars-*`",
    ]);
  });

  it("reads names of groups as labels, whatever they are", () => {
    const text = (group: string) => `dangerous_commands: { ${group}: [aws iam create-user] }`;
    for (const group of ["iam", "s3", "anything at all", "constructor", "toString", "1", '""'])
      expect([group, policy(text(group)).dangerous.length]).toEqual([group, 1]);
  });
});

describe("policyText", () => {
  const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

  it("reads UTF-8, with and without a mark before it", () => {
    expect(policyText("p", bytes("limits: # é€😀\n"))).toEqual({
      ok: true,
      value: { name: "p", text: "limits: # é€😀\n" },
    });
    expect(policyText("p", bytes("\ufefflimits:"))).toEqual({ ok: true, value: { name: "p", text: "limits:" } });
    expect(policyText("p", bytes(""))).toEqual({ ok: true, value: { name: "p", text: "" } });
  });

  it("says in which line it is no UTF-8", () => {
    const latin = Uint8Array.from([...bytes("a: 1\nb: 2\n# caf"), 0xe9, ...bytes("\nc: 3\n")]);
    expect(policyText("p.yaml", latin)).toEqual({ ok: false, error: "p.yaml:3: the line is no UTF-8" });
    expect(policyText("p.yaml", Uint8Array.from([0xff, 0xfe, 0x61, 0]))).toEqual({
      ok: false,
      error: "p.yaml:1: the line is no UTF-8",
    });
  });

  it("takes 1 MiB and no more", () => {
    expect(policyText("p", bytes("x".repeat(1_048_576))).ok).toBe(true);
    expect(policyText("p", bytes("é".repeat(524_289)))).toEqual({
      ok: false,
      error: "p:1: the file has more than 1 MiB",
    });
  });
});
