import { rules } from "@secretlint/secretlint-rule-preset-recommend";
import { describe, expect, it } from "vitest";
import { ruleSet, USED_RULES } from "../../../src/server/redact/rule-set.js";
import { secretCases } from "./cases.js";

/** Why is said where they are left out. */
const LEFT_OUT = ["aws", "basicauth", "database-connection-string", "filter-comments", "gcp", "privatekey"];

describe("ruleSet", () => {
  it("uses every rule of the preset but those that are left out by name", () => {
    const short = (id: string): string => id.replace("@secretlint/secretlint-rule-", "");
    expect([...Object.keys(USED_RULES).map(short), ...LEFT_OUT].sort()).toEqual(
      rules.map(({ meta }) => short(meta.id)).sort(),
    );
  });

  it("has a secret in the examples for every rule that it uses", async () => {
    const found = await Promise.all(secretCases().map(({ given }) => ruleSet(given)));
    expect(new Set(found.flat().map(({ rule }) => rule))).toEqual(new Set(Object.values(USED_RULES)));
  });

  it("cannot be turned off by a text", async () => {
    const token = `ghp_${"aB3d".repeat(9)}`;
    expect(await ruleSet(`secretlint-disable\n${token}`)).toEqual([{ start: 19, end: 59, rule: "github-token" }]);
  });

  it("counts from the beginning of a text with a byte order mark", async () => {
    expect(await ruleSet(`\ufeffghp_${"aB3d".repeat(9)}`)).toEqual([{ start: 1, end: 41, rule: "github-token" }]);
  });
});
