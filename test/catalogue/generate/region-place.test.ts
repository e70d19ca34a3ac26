import { describe, expect, it } from "vitest";
import type { PlaceLists } from "../../../src/catalogue/generate/place-lists.js";
import { regionPlace } from "../../../src/catalogue/generate/region-place.js";

const lists: PlaceLists = {
  versions: { continents: "", countries: "", subdivisions: "", cities: "" },
  continent: (country) => ({ DE: "Europe", CN: "Asia", US: "North America" })[country],
  country: (country) => ({ DE: "Germany", CN: "China", US: "United States", XX: "Nowhere" })[country],
  subdivision: (code) => ({ "DE-HE": "Hessen", "US-OH": "Ohio", "CN-HK": "Hong Kong SAR" })[code],
  hasCity: (country, name) => ["DE Frankfurt", "HK Hong Kong", "CN Ohio"].includes(`${country} ${name}`),
};

const placeOf = (description: string, country: string, subdivision: string) =>
  regionPlace(
    { name: "xx-test-1", description, partition: "aws" },
    { version: "1", regions: new Map([["xx-test-1", { country, subdivision }]]), services: new Map() },
    lists,
  );

describe("regionPlace", () => {
  it("takes the city from AWS's name for the region", () => {
    expect(placeOf("Europe (Frankfurt)", "DE", "DE-HE")).toEqual({
      continent: "Europe",
      country: "Germany",
      subdivision: "Hessen",
      city: "Frankfurt",
    });
  });

  it("knows the city of what is a subdivision to AWS and a country to others", () => {
    expect(placeOf("Asia Pacific (Hong Kong)", "CN", "CN-HK")).toMatchObject({ country: "China", city: "Hong Kong" });
  });

  it.each(["US East (Ohio)", "Canada (Central)", "US ISO East"])("takes no city from %s, and says why", (name) => {
    expect(placeOf(name, "US", "US-OH")).toEqual({
      continent: "North America",
      country: "United States",
      subdivision: "Ohio",
      city: null,
      reason: `the name that AWS has for it, \`${name}\`, has no city in it`,
    });
  });

  it("says that a subdivision is unknown", () => {
    expect(placeOf("Europe (Frankfurt)", "DE", "DE-XX")).toMatchObject({
      subdivision: null,
      city: "Frankfurt",
      reason: "AWS's code `DE-XX` of its subdivision is none of ISO 3166-2",
    });
  });

  it("makes nothing of a country that no list has", () => {
    expect(() => placeOf("Far (Away)", "XX", "XX-1")).toThrow("xx-test-1 is in XX");
  });

  it("says of a region without a published place that there is none", () => {
    const none = { version: "1", regions: new Map(), services: new Map() };
    expect(
      regionPlace({ name: "us-iso-east-1", description: "US ISO East", partition: "aws-iso" }, none, lists),
    ).toEqual({
      continent: null,
      country: null,
      subdivision: null,
      city: null,
      reason: "AWS publishes no place of this region",
    });
  });
});
