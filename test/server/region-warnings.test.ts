import { describe, expect, it } from "vitest";
import { regionWarnings } from "../../src/server/region-warnings.js";
import { ruleBook } from "../policy/rule-book.js";

const KNOWN = ["eu-west-1", "us-east-1"];
const warnings = (...regions: readonly string[]) =>
  regionWarnings(ruleBook({ limits: { regions: [...regions] } }), KNOWN);

describe("regionWarnings", () => {
  it("says nothing of regions that fit", () => {
    expect(warnings("us-*", "eu-west-1")).toEqual([]);
    expect(regionWarnings(ruleBook(), KNOWN)).toEqual([]);
  });

  it("names patterns that fit no region, and the own region where it is left out", () => {
    expect(warnings("mars-*", "eu-*")).toEqual([
      "AWS_MCP_ALLOWED_REGIONS: `mars-*` fits no region that is known",
      "AWS_MCP_ALLOWED_REGIONS leaves out the server's own region `us-east-1`: commands that name no region are refused",
    ]);
  });
});
