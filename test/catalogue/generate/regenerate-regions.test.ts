import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { generateRegions } from "../../../src/catalogue/generate/generate-regions.js";
import { parseRegionData } from "../../../src/catalogue/generate/region-data.js";
import { needAws, needProgram } from "../../provision/needs.js";
import { motoPackage } from "./moto-package.js";

const COMMITTED = readFileSync(join(import.meta.dirname, "../../../grammar/aws/regions.json"), "utf8");

// Another Node may have newer Unicode data and the same names of countries.
const withoutNode = (text: string): string => text.replace(/Unicode CLDR [\d.]+/, "Unicode CLDR");

describe("generateRegions", () => {
  it("makes the committed file again, byte for byte", async () => {
    const text = await generateRegions(needAws(), await motoPackage(needProgram("python3")));
    expect(withoutNode(text)).toBe(withoutNode(COMMITTED));
  });

  it("knows every region by a name and a place, or a reason, and no place called Unknown", () => {
    const { regions, sources } = parseRegionData(COMMITTED);
    expect(Object.keys(regions)).toHaveLength(46);
    expect(Object.keys(sources)).toHaveLength(6);
    for (const { name, place } of Object.values(regions)) {
      expect(name).not.toBe("");
      const isWhole = Object.values(place).every((member) => member !== null);
      expect([name, place.reason === undefined]).toEqual([name, isWhole]);
    }
    expect(COMMITTED).not.toMatch(/unknown/i);
  });

  it("places every commercial region in a country", () => {
    const { regions } = parseRegionData(COMMITTED);
    const commercial = Object.values(regions).filter(({ partition }) => partition === "aws");
    expect(commercial).toHaveLength(34);
    expect(commercial.filter(({ place }) => place.country === null)).toEqual([]);
  });
});
