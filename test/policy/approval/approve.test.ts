import { describe, expect, it } from "vitest";
import { planText } from "../../../src/check.js";
import type { Plan } from "../../../src/plan/plan.js";
import type { Circumstances } from "../../../src/policy/approval/circumstances.js";
import { type Consent, mintConsent } from "../../../src/policy/approval/consent.js";
import { questionOf } from "../../../src/policy/approval/question.js";
import { approve, redeem } from "../../../src/policy/approve.js";
import type { Files } from "../../../src/policy/files.js";
import { judge } from "../../../src/policy/judge.js";
import { policyHash } from "../../../src/policy/policy-hash.js";
import type { RuleBook } from "../../../src/policy/rule-book.js";
import { ruleBook } from "../rule-book.js";
import { SETTINGS } from "../settings.js";

const planOf = (text: string): Plan => {
  const planned = planText(text, SETTINGS);
  if (!planned.ok) throw new Error(planned.error.message);
  return planned.value;
};

const ME = { profile: "default", key: "AKIA1", account: "123456789012", caller: "arn:aws:iam::123456789012:user/me" };
const HERE: Circumstances = { principal: "local", identities: [ME] };
const NONE: Files = () => () => undefined;
const book = ruleBook();

/** A person's yes to a command. */
const yesTo = (text: string, { circumstances = HERE, rules = book, files = NONE } = {}): Consent =>
  mintConsent(questionOf(judge(planOf(text), rules, files), circumstances, policyHash(rules)).digest);

const decisionOf = (
  text: string,
  consent: Consent,
  { circumstances = HERE, rules = book, files = NONE } = {},
): string => {
  const result = approve(planOf(text), rules, files, { consent, circumstances });
  return result.ok ? "approved" : result.error.decision;
};

const REMOVE = "aws s3 rb s3://a";

describe("approve", () => {
  it("takes a yes to this very question, and mints what was asked", () => {
    const consent = yesTo(REMOVE);
    const result = approve(planOf(REMOVE), book, NONE, { consent, circumstances: HERE });
    if (!result.ok) throw new Error("was refused");
    expect(redeem(result.value).map(({ argv }) => argv)).toEqual([["aws", "s3", "rb", "s3://a"]]);
  });

  it("asks without one", () => {
    const result = approve(planOf(REMOVE), book);
    expect(result.ok || result.error.decision).toBe("ask");
  });

  it("takes a yes once", () => {
    const consent = yesTo(REMOVE);
    expect([decisionOf(REMOVE, consent), decisionOf(REMOVE, consent)]).toEqual(["approved", "ask"]);
  });

  it.each<[string, string, Partial<{ circumstances: Circumstances; rules: RuleBook; files: Files }>]>([
    ["another command", "aws s3 rb s3://b", {}],
    ["a stage more", "aws s3 rb s3://a | cat", {}],
    ["another principal", REMOVE, { circumstances: { ...HERE, principal: "somebody" } }],
    ["another account", REMOVE, { circumstances: { ...HERE, identities: [{ ...ME, account: "210987654321" }] } }],
    ["another mode's rules", REMOVE, { rules: ruleBook({ cells: { egress: "deny" } }) }],
    ["other data", REMOVE, { rules: ruleBook({ data: "other" }) }],
  ])("takes no yes to %s, and the yes is spent", (_, text, other) => {
    const consent = yesTo(REMOVE);
    expect(decisionOf(text, consent, other)).toBe("ask");
    expect(decisionOf(REMOVE, consent)).toBe("ask");
  });

  it("takes no yes to a file that holds something else", () => {
    const text = "aws lambda update-function-code --function-name f --zip-file fileb://code.zip";
    const holding =
      (digit: string): Files =>
      () =>
      () => ({ text: undefined, sha256: digit.repeat(64), bytes: 3 });
    expect(decisionOf(text, yesTo(text, { files: holding("1") }), { files: holding("2") })).toBe("ask");
    expect(decisionOf(text, yesTo(text, { files: holding("1") }), { files: holding("1") })).toBe("approved");
  });

  it("lets nobody's yes change a no", () => {
    const text = "aws iam create-user --user-name x";
    expect(decisionOf(text, yesTo(text))).toBe("deny");
    const nobody = ruleBook({ approval: "deny" });
    expect(decisionOf(REMOVE, yesTo(REMOVE, { rules: nobody }), { rules: nobody })).toBe("deny");
  });

  it("does not spend a yes on what needs none", () => {
    const consent = yesTo(REMOVE);
    expect([decisionOf("aws s3 ls", consent), decisionOf(REMOVE, consent)]).toEqual(["approved", "approved"]);
  });

  it("takes no yes that nobody minted", () => {
    const consent = yesTo(REMOVE);
    // The casts are the forgeries.
    for (const forged of [{}, { ...consent }, structuredClone(consent)] as Consent[])
      expect(decisionOf(REMOVE, forged)).toBe("ask");
  });
});
