import { describe, expect, it } from "vitest";
import { err } from "../../../src/language/result.js";
import { loadPolicy } from "../../../src/policy/custom/load-policy.js";
import { type AskedPlaces, placesOf } from "../../../src/server/fan-out/places.js";
import { ruleBook } from "../../policy/rule-book.js";
import { NAMING, regionsOf, TIMED_OUT } from "./known.js";

const { signal } = new AbortController();
const profiles = ["default", "dev", "prod"] as const;
const book = ruleBook({ profiles: [...profiles] });

const found = async (asked: Partial<AskedPlaces>, regions = regionsOf({}), rules = book) =>
  placesOf({ regions: undefined, profiles: undefined, ...asked }, regions, rules, signal);

describe("placesOf", () => {
  it("is one place without a name where the call names none", async () => {
    expect(await found({})).toEqual({ ok: true, value: { places: [{ target: {} }], notes: [] } });
  });

  it("is each region for each profile, in the order in which they are named, each once", async () => {
    const regions = ["us-east-1", "eu-west-1", "us-east-1"];
    expect(await found({ regions, profiles: ["prod", "dev", "prod"] })).toEqual({
      ok: true,
      value: {
        places: [
          { target: { profile: "prod", region: "us-east-1" } },
          { target: { profile: "prod", region: "eu-west-1" } },
          { target: { profile: "dev", region: "us-east-1" } },
          { target: { profile: "dev", region: "eu-west-1" } },
        ],
        notes: [],
      },
    });
    expect(await found({ profiles: ["dev"] })).toMatchObject({ value: { places: [{ target: { profile: "dev" } }] } });
    expect(await found({ regions: ["us-west-2"] })).toMatchObject({
      value: { places: [{ target: { region: "us-west-2" } }] },
    });
  });

  it("takes for `all` what each profile's own account can use", async () => {
    const regions = regionsOf({ dev: ["us-east-1", "eu-west-1"], prod: ["us-west-2"], "": ["me-south-1"] });
    expect(await found({ regions: "all", profiles: ["dev", "prod"] }, regions)).toEqual({
      ok: true,
      value: {
        places: [
          { target: { profile: "dev", region: "eu-west-1" } },
          { target: { profile: "dev", region: "us-east-1" } },
          { target: { profile: "prod", region: "us-west-2" } },
        ],
        notes: [],
      },
    });
    expect(await found({ regions: "all" }, regions)).toEqual({
      ok: true,
      value: { places: [{ target: { region: "me-south-1" } }], notes: [] },
    });
    expect(regions.asked).toEqual(["dev", "prod", ""]);
  });

  it("asks AWS nothing where no region, or each region, is named", async () => {
    const regions = regionsOf({});
    await found({ profiles: ["dev"] }, regions);
    await found({ regions: ["eu-west-1"], profiles: ["dev"] }, regions);
    expect(regions.asked).toEqual([]);
  });

  it("leaves out of `all` what the operator does not allow, and says so", async () => {
    const rules = ruleBook({ profiles: [...profiles], limits: { regions: ["eu-*", "us-*"] } });
    const policy = loadPolicy({ name: "policy.yaml", text: "limits: {regions: [us-*, me-*]}\n" }, rules.catalogue);
    if (!policy.ok) throw new Error(policy.error.join());
    const limited = { ...rules, policy: policy.value };
    const all = { "": ["us-east-1", "me-south-1", "eu-west-1", "af-south-1"] };
    expect(await found({ regions: "all" }, regionsOf(all), limited)).toEqual({
      ok: true,
      value: {
        places: [{ target: { region: "us-east-1" } }],
        notes: [
          "left out of all regions, since AWS_MCP_ALLOWED_REGIONS does not allow them: af-south-1, me-south-1",
          "left out of all regions, since the policy does not allow them: af-south-1, eu-west-1",
        ],
      },
    });
  });

  it("leaves a region that is named to whoever judges the command", async () => {
    const rules = ruleBook({ limits: { regions: ["eu-*"] } });
    expect(await found({ regions: ["us-east-1"] }, regionsOf({}), rules)).toEqual({
      ok: true,
      value: { places: [{ target: { region: "us-east-1" } }], notes: [] },
    });
  });

  it("has nowhere to go where none is allowed", async () => {
    const rules = ruleBook({ limits: { regions: ["eu-*"] } });
    expect(await found({ regions: "all" }, regionsOf({ "": ["us-east-1"] }), rules)).toEqual({
      ok: false,
      error: {
        code: "fan-out-nowhere",
        message: "of all regions that the account can use none is allowed here",
        hint: "AWS_MCP_ALLOWED_REGIONS allows `eu-*`; a profile of another account may have them",
      },
    });
  });

  it("goes on without a profile whose regions nobody knows, and says why", async () => {
    const regions = regionsOf({ dev: ["us-east-1"] });
    expect(await found({ regions: "all", profiles: ["prod", "dev"] }, regions)).toEqual({
      ok: true,
      value: {
        places: [{ target: { profile: "prod" }, problem: NAMING }, { target: { profile: "dev", region: "us-east-1" } }],
        notes: [],
      },
    });
    expect(await found({ regions: "all", profiles: ["prod", "default"] }, regions)).toEqual({
      ok: false,
      error: NAMING,
    });
    expect(await found({ regions: "all" }, regions)).toEqual({ ok: false, error: NAMING });
  });

  it("says that regions can be named instead, one that is allowed, where that helps", async () => {
    const rules = ruleBook({ limits: { regions: ["us-*"] } });
    expect(await found({ regions: "all" }, regionsOf({}), rules)).toMatchObject({
      error: { hint: expect.stringContaining('; or name them: `regions: ["us-east-1"]`; ') },
    });
    const late = { ...regionsOf({}), enabled: async () => err(TIMED_OUT) };
    expect(await found({ regions: "all" }, late)).toEqual({ ok: false, error: TIMED_OUT });
  });

  it("refuses a call that names no region of AWS, before it asks anything", async () => {
    const regions = regionsOf({ dev: ["us-east-1"] });
    const problem = async (names: readonly string[]) => {
      const places = await found({ regions: names, profiles: ["dev"] }, regions);
      return places.ok ? undefined : `${places.error.code}: ${places.error.message}`;
    };
    expect(await problem(["eu-west-1", "eu-wset-2"])).toBe(
      "region-unknown: `eu-wset-2` is no region that this server knows; there is `eu-west-2`, `eu-west-1`, `us-west-2`",
    );
    expect(await problem(["all"])).toBe("region-unknown: `all` is no region that this server knows");
    expect(await problem([""])).toMatch(/^region-unknown/);
    expect(await problem(["us-east-1-fips"])).toMatch(/^region-unknown/);
    expect(await problem(["us-east-1\n"])).toMatch(/^region-unknown/);
    expect(await problem(["us-east-1"])).toBeUndefined();
    expect(regions.asked).toEqual([]);
  });

  it("knows the operator's own region, however new it is", async () => {
    const rules = ruleBook({ regions: new Map([["default", "mars-north-1"]]) });
    expect(await found({ regions: ["mars-north-1"] }, regionsOf({}), rules)).toMatchObject({ ok: true });
  });

  it("refuses a call that names a profile which this server may not use", async () => {
    expect(await found({ regions: "all", profiles: ["dev", "prd"] })).toEqual({
      ok: false,
      error: {
        code: "aws-profile-refused",
        message: "profile `prd` is not one this server may use; there is `prod`",
        hint: "use `default`, `dev`, `prod`, or have AWS_MCP_ALLOWED_PROFILES name it",
      },
    });
  });
});
