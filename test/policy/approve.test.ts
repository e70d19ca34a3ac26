import { describe, expect, it } from "vitest";
import { planText } from "../../src/check.js";
import type { Plan } from "../../src/plan/plan.js";
import { type ApprovedPipeline, approve, redeem } from "../../src/policy/approve.js";
import { ruleBook } from "./rule-book.js";
import { SETTINGS } from "./settings.js";

const planOf = (text: string): Plan => {
  const planned = planText(text, SETTINGS);
  if (!planned.ok) throw new Error(planned.error.message);
  return planned.value;
};

const approved = (plan: Plan): ApprovedPipeline => {
  const result = approve(plan, ruleBook());
  if (!result.ok) throw new Error(result.error.findings[0]?.message);
  return result.value;
};

describe("approve", () => {
  it("approves the canonical stages of a plan that is allowed", () => {
    expect(redeem(approved(planOf("aws --output json s3 ls | head -5"))).map(({ argv }) => argv)).toEqual([
      ["aws", "s3", "ls", "--output=json"],
      ["head", "--lines=5"],
    ]);
  });

  it.each(["aws iam create-user --user-name x", "aws ecr get-login-password", "aws s3 ls | sh"])(
    "gives the verdict instead when it is not `allow`: %s",
    (text) => {
      const result = approve(planOf(text), ruleBook());
      expect(result.ok).toBe(false);
      expect(result.ok || result.error.decision).not.toBe("allow");
    },
  );

  it("is not moved by what the caller does to the plan afterwards", () => {
    const plan = structuredClone(planOf("aws s3 ls | cat"));
    const approval = approved(plan);
    // The caller's copy is its own; this changes it against its type, as a bug would.
    const words = plan.stages[0].arguments as unknown as { text: string }[];
    words.push({ text: "--debug" });
    for (const word of words) word.text = "rm";
    expect(redeem(approval).map(({ argv }) => argv)).toEqual([["aws", "s3", "ls"], ["cat"]]);
  });

  it("does not freeze the caller's plan", () => {
    const plan = structuredClone(planOf("aws s3 ls"));
    approved(plan);
    expect(Object.isFrozen(plan.stages)).toBe(false);
  });
});

describe("redeem", () => {
  it("opens an approval once", () => {
    const approval = approved(planOf("aws s3 ls"));
    redeem(approval);
    expect(() => redeem(approval)).toThrow("this pipeline was not approved, or its approval is spent");
  });

  it("does not open what `approve` has not made", () => {
    const approval = approved(planOf("aws s3 ls"));
    for (const forged of [{}, Object.create(approval), { ...approval }, structuredClone(approval)])
      expect(() => redeem(forged as ApprovedPipeline)).toThrow(
        "this pipeline was not approved, or its approval is spent",
      );
  });

  it("gives stages that cannot be changed", () => {
    const [stage] = redeem(approved(planOf("aws s3 ls")));
    expect(() => (stage.argv as unknown as string[]).push("--debug")).toThrow(TypeError);
    expect(Object.isFrozen(stage)).toBe(true);
  });
});
