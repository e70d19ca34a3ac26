import { readFileSync } from "node:fs";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { planText, type Target } from "../src/check.js";
import { fillStage } from "../src/plan/fill-stage.js";
import type { Stage } from "../src/plan/plan.js";
import { isUnknown } from "../src/plan/unknown.js";
import { strictest } from "../src/policy/decision.js";
import { judge } from "../src/policy/judge.js";
import { withTarget } from "../src/with-target.js";
import { ordinary } from "./policy/ordinary.js";
import { ruleBook } from "./policy/rule-book.js";
import { arbitraryText } from "./shell/arbitrary-text.js";

const book = ruleBook({
  profiles: ["default", "dev"],
  regions: new Map([
    ["default", "us-east-1"],
    ["dev", "eu-west-3"],
  ]),
});

const DEV: Target = { profile: "dev", region: "eu-west-1" };

const ATTACKS = ["aws", "expansions", "predecessor", "utilities"];

const commandsOf = (name: string): readonly string[] =>
  readFileSync(new URL(`../security/attacks/${name}.jsonl`, import.meta.url), "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => z.object({ command: z.string() }).parse(JSON.parse(line)).command);

const aimed = (text: string, target: Target = DEV) => {
  const plan = planText(text, book, target);
  if (!plan.ok) throw new Error(`${text}: ${plan.error.message}`);
  return withTarget(plan.value, target, book.catalogue);
};

/** The words of every stage, with a problem's code where there is one. */
const words = (text: string, target: Target = DEV): readonly (readonly string[])[] | string => {
  const plan = aimed(text, target);
  return plan.ok ? plan.value.stages.map((stage) => stage.arguments.map((word) => word.text)) : plan.error.code;
};

describe("withTarget", () => {
  it.each([
    ["aws s3 ls", "aws --profile=dev --region=eu-west-1 s3 ls"],
    ["aws s3 ls | sort; echo aws", "aws --profile=dev --region=eu-west-1 s3 ls|sort|echo aws"],
    ["aws s3 ls && aws ec2 describe-vpcs", "aws @ s3 ls|aws @ ec2 describe-vpcs"],
    ["echo a | xargs aws s3api get-bucket-location --bucket", "echo a|xargs aws @ s3api get-bucket-location --bucket"],
    [
      "echo a | xargs -r -n 1 -P 2 aws s3api get-bucket-location --bucket",
      "echo a|xargs -r -n 1 -P 2 aws @ s3api get-bucket-location --bucket",
    ],
    ["echo a | xargs -I {} aws s3 ls s3://{}", "echo a|xargs -I {} aws @ s3 ls s3://{}"],
    ["echo a | xargs echo aws s3 ls", "echo a|xargs echo aws s3 ls"],
    // The inner command of a substitution is a stage before its own.
    ["aws s3 ls $(aws s3 ls)", "aws @ s3 ls|aws @ s3 ls \ud800"],
    ["aws s3 ls help", "aws s3 ls help"],
    ["aws --version", "aws --version"],
    ["aws no-such thing", "aws no-such thing"],
    ["echo $AWS_REGION $AWS_DEFAULT_REGION $AWS_PROFILE", "echo eu-west-1 eu-west-1 dev"],
  ])("writes where and as whom into each aws command of %s", (text, expected) => {
    const lines = words(text);
    expect(typeof lines === "string" ? lines : lines.map((line) => line.join(" ")).join("|")).toEqual(
      expected.replaceAll("@", "--profile=dev --region=eu-west-1"),
    );
  });

  it("writes only what the target names", () => {
    expect(words("aws s3 ls", { region: "eu-west-1" })).toEqual([["aws", "--region=eu-west-1", "s3", "ls"]]);
    expect(words("aws s3 ls", { profile: "dev" })).toEqual([["aws", "--profile=dev", "s3", "ls"]]);
    expect(words("aws s3 ls", {})).toEqual([["aws", "s3", "ls"]]);
  });

  it("takes a region of the profile for the variables where the target names none", () => {
    expect(words("echo $AWS_REGION $AWS_PROFILE", { profile: "dev" })).toEqual([["echo", "eu-west-3", "dev"]]);
    expect(words("echo $AWS_REGION $AWS_PROFILE", { region: "eu-west-1" })).toEqual([["echo", "eu-west-1", "default"]]);
  });

  it.each([
    ["aws s3 ls --region us-east-1", "--region"],
    ["aws s3 ls --region=us-east-1", "--region=us-east-1"],
    ["aws --region us-east-1 s3 ls", "--region"],
    ["aws s3 ls --reg us-east-1", "--reg"],
    ["aws s3 ls --profile default", "--profile"],
    ["aws s3 ls --prof=default", "--prof=default"],
    ["aws s3 ls | cat; aws ec2 describe-vpcs --region $AWS_REGION", "--region"],
    ["echo a | xargs aws s3 ls --region", "--region"],
    ["echo a | xargs -I {} aws s3 ls s3://{} --profile default", "--profile"],
    ["echo a | xargs -I {} aws s3 ls --profile={}", "--profile={}"],
    ["aws s3 ls --region $(echo us-east-1)", "--region"],
    ["echo $(aws s3 ls --region us-east-1)", "--region"],
  ])("refuses %s, which names what the target names", (text, word) => {
    const plan = aimed(text);
    if (plan.ok) throw new Error("it was taken");
    const { code, span } = plan.error;
    expect([code, text.slice(span.start, span.end)]).toEqual(["target-named", word]);
  });

  it("leaves a command what the target does not name", () => {
    expect(words("aws s3 ls --region us-east-1", { profile: "dev" })).toEqual([
      ["aws", "--profile=dev", "s3", "ls", "--region", "us-east-1"],
    ]);
    expect(words("aws s3 ls --profile default", { region: "eu-west-1" })).toEqual([
      ["aws", "--region=eu-west-1", "s3", "ls", "--profile", "default"],
    ]);
  });

  it.each([
    "echo a | xargs -I dev aws s3 ls s3://dev",
    "echo a | xargs -I region aws s3 ls s3://region",
    "echo a | xargs -I = aws s3 ls s3://=",
  ])("refuses %s, whose items would stand in the target", (text) => {
    expect(words(text)).toBe("target-replaced");
  });

  it("judges what it has written like any other word", () => {
    const verdict = (target: Target) => {
      const plan = aimed("aws s3 ls", target);
      if (!plan.ok) return plan.error.code;
      const { findings } = judge(plan.value, book);
      return findings.map(({ decision, code }) => `${decision} ${code}`).join();
    };
    expect(verdict({ profile: "prod" })).toBe("deny aws-profile-refused");
    expect(verdict({ region: "evil.example/" })).toBe("deny aws-value-chooses-host");
    expect(verdict({ region: "\ud800" })).toBe("deny lone-surrogate");
    expect(verdict({ profile: "\ud801" })).toBe("deny lone-surrogate");
    expect(verdict({ region: "a".repeat(130 * 1024) })).toBe("argument-too-long");
    expect(verdict(DEV)).toBe("allow effect");
  });

  it("keeps its words in a command that the output of another completes", () => {
    const plan = aimed('aws s3api list-objects-v2 --bucket $(echo b) --prefix "$(echo p)"');
    if (!plan.ok) throw new Error(plan.error.message);
    const stage = plan.value.stages.find(({ template }) => template !== undefined);
    if (stage === undefined) throw new Error("nothing is open");
    const filled = fillStage(stage, () => "x y\n");
    expect(filled.ok && filled.value.arguments.map(({ text }) => text)).toEqual([
      ...["aws", "--profile=dev", "--region=eu-west-1", "s3api", "list-objects-v2"],
      ...["--bucket", "x", "y", "--prefix", "x y"],
    ]);
  });

  it("does what the same words do in the text, wherever its commands stand", () => {
    const command = fc.constantFrom(
      "@ s3 ls",
      "@ ec2 describe-vpcs --output text",
      "@ s3api get-bucket-location --bucket $(@ s3api list-buckets --query 'Buckets[0].Name' --output text)",
      "@ s3 rm s3://b/k",
      "@ s3api get-object --bucket b --key k out.json",
      "echo '@ s3 ls' $AWS_REGION",
      "echo a b | xargs -n 1 @ s3api get-bucket-location --bucket",
      "echo a | xargs -I {} @ s3 cp s3://{}/k -",
      'echo "$(@ sts get-caller-identity)-$(@ s3 ls | head -1)"',
      "@ help",
      "@ nothing",
    );
    const text = fc
      .array(fc.tuple(command, fc.constantFrom("; ", " && ", " || ", " | cat\n")), { minLength: 1, maxLength: 3 })
      .map((all) => `${all.map(([first, after]) => first + after).join("")}true`);
    fc.assert(
      fc.property(text, (pattern) => {
        const plain = pattern.replaceAll("@", "aws");
        const written = pattern
          .replaceAll("'@ s3 ls'", "'aws s3 ls'")
          .replaceAll(/@(?= help| nothing)/g, "aws")
          .replaceAll("@", "aws --profile=dev --region=eu-west-1");
        const one = aimed(plain);
        const other = planText(written, book, DEV);
        if (!one.ok || !other.ok) throw new Error("it has a problem");
        expect(shape(one.value)).toEqual(shape(other.value));
        expect(verdictOf(one.value)).toEqual(verdictOf(other.value));
      }),
    );
  });

  it("leaves texts without an aws command as they are", () => {
    fc.assert(
      fc.property(arbitraryText(), (text) => {
        const plan = planText(text, book, DEV);
        if (!plan.ok) return;
        expect(withTarget(plan.value, DEV, book.catalogue)).toEqual({ ok: true, value: plan.value });
      }),
      { numRuns: 200 },
    );
  });
});

describe("every command of the attacks and of ordinary use, with a target", () => {
  const commands = [...ordinary, ...ATTACKS.flatMap(commandsOf)];
  const named = commands.flatMap((text) => {
    const plain = planText(text, book, DEV);
    if (!plain.ok) return [];
    const plan = withTarget(plain.value, DEV, book.catalogue);
    return plan.ok ? [{ text, plain: plain.value, plan: plan.value }] : [];
  });

  it("is most of them", () => {
    expect(commands.length).toBeGreaterThan(1500);
    expect(named.length).toBeGreaterThan(1200);
  });

  it("runs nowhere else and as nobody else", () => {
    const elsewhere = named.filter(({ plan }) =>
      judge(plan, book).stages.some((stage, index) => {
        const isAws = stage?.kind === "aws" && stage.run === "operation";
        if (isAws) return stage.profile !== DEV.profile || !stage.argv.includes("--region=eu-west-1");
        const isXargs = stage?.kind === "xargs" && stage.command.arguments[0].text === "aws";
        return isXargs && !["--profile=dev", "--region=eu-west-1"].every((word) => hasWord(plan.stages[index], word));
      }),
    );
    expect(elsewhere.map(({ text }) => text)).toEqual([]);
  });

  it("is let through nowhere that it is not without", () => {
    const loosened = named.filter(({ plain, plan }) => {
      const [one, other] = [judge(plain, book).decision, judge(plan, book).decision];
      return strictest([one, other]) !== other;
    });
    expect(loosened.map(({ text }) => text)).toEqual([]);
  });
});

const hasWord = (stage: Stage | undefined, text: string): boolean =>
  stage?.arguments.some((word) => word.text === text) ?? false;

type Planned = Extract<ReturnType<typeof planText>, { ok: true }>["value"];

/** A plan without its places in the text. */
const shape = ({ stages, pipelines, steps }: Planned): unknown =>
  JSON.parse(JSON.stringify({ stages, pipelines, steps }, (key, value) => (key === "span" ? undefined : value)));

const verdictOf = (plan: Planned): unknown => {
  const { decision, findings, stages } = judge(plan, book);
  return {
    decision,
    codes: findings.map(({ code, message }) => [code, message]),
    stages: stages.map((stage) => stage?.argv.map((word) => (isUnknown(word) ? "?" : word))),
  };
};
