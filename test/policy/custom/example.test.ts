import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { check } from "../../../src/check.js";
import { exampleProblems } from "../../../src/policy/custom/check-examples.js";
import { policyJsonSchema } from "../../../src/policy/custom/policy-schema.js";
import { factsOf as readFacts } from "../../../src/policy-file.js";
import { ruleBook } from "../rule-book.js";
import { policy } from "./facts-of.js";

const committed = (name: string): string => readFileSync(new URL(`../../../security/${name}`, import.meta.url), "utf8");

describe("security/policies/example.yaml", () => {
  const example = policy(committed("policies/example.yaml"), "example.yaml");
  const [account = ""] = example.limits.accounts ?? [];
  const book = ruleBook({ policy: example, accounts: new Map([["", account]]) });

  it("loads without a warning, and its rules do what their examples say", () => {
    expect(example.warnings).toEqual([]);
    expect(exampleProblems(example, (command) => readFacts(command, book))).toEqual([]);
  });

  it.each(example.tests)("says $verdict to `$command`", ({ command, verdict, code, mode }) => {
    const found = check(command, { ...book, mode: mode ?? "strict" });
    expect([found.verdict, code === undefined ? undefined : found.code]).toEqual([verdict, code]);
  });
});

describe("policyJsonSchema", () => {
  it("is what security/policy.schema.json has", () => {
    expect(JSON.parse(committed("policy.schema.json"))).toEqual(policyJsonSchema());
  });

  it("describes every field", () => {
    expect(undescribed(policyJsonSchema(), "")).toEqual([]);
  });
});

const undescribed = (schema: unknown, path: string): readonly string[] => {
  if (typeof schema !== "object" || schema === null) return [];
  const fields = "properties" in schema && typeof schema.properties === "object" ? schema.properties : undefined;
  const here = Object.entries(fields ?? {}).flatMap(([name, field]: [string, unknown]) =>
    typeof field === "object" && field !== null && "description" in field ? [] : [`${path}/${name}`],
  );
  return [...here, ...Object.entries(schema).flatMap(([key, value]) => undescribed(value, `${path}/${key}`))];
};
