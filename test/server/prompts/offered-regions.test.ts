import { describe, expect, it } from "vitest";
import { offeredRegions } from "../../../src/server/prompts/offered-regions.js";
import { ruleBook } from "../../policy/rule-book.js";

const REGIONS = ["cn-north-1", "eu-west-1", "eusc-de-east-1", "us-east-1", "us-gov-west-1", "us-iso-east-1"];

const offered = (own: string, typed: string): readonly string[] =>
  offeredRegions(
    { book: ruleBook({ regions: new Map([["default", own]]) }), regions: REGIONS, now: new Date(0) },
    typed,
  );

describe("offeredRegions", () => {
  it.each([
    ["us-east-1", ["eu-west-1", "us-east-1"]],
    ["cn-northwest-1", ["cn-north-1"]],
    ["us-gov-east-1", ["us-gov-west-1"]],
    ["us-isob-east-1", REGIONS],
  ])("has those of the partition of %s", (own, regions) => {
    expect(offered(own, "")).toEqual(regions);
  });

  it.each(["us-", "EU", "west"])("stays there for %j", (typed) => {
    expect(offered("us-east-1", typed)).toEqual(["eu-west-1", "us-east-1"]);
  });

  it.each(["cn", "us-gov", "US-ISO", "eusc-"])("has all for %j, which begins those of another", (typed) => {
    expect(offered("us-east-1", typed)).toEqual(REGIONS);
  });
});
