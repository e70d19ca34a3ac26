import { describe, expect, it } from "vitest";
import { readArgumentRules } from "../../../src/catalogue/generate/effect-argument-rules.js";
import { argumentHits } from "../../../src/catalogue/rules/argument-hits.js";
import { commands, securityFile } from "./committed.js";
import { given } from "./given.js";

const { rules, problems } = readArgumentRules(securityFile("argument-rules.yaml"), commands);

describe("security/argument-rules.yaml", () => {
  it("names only commands and options that exist", () => {
    expect(problems).toEqual([]);
  });

  it.each(rules)("$id raises what it says, and nothing else of the kind", ({ id, refuses, accepts }) => {
    const hit = (text: string): boolean => argumentHits(rules, given(text)).some((rule) => rule.id === id);
    expect({ missed: refuses.filter((text) => !hit(text)), wronglyHit: accepts.filter(hit) }).toEqual({
      missed: [],
      wronglyHit: [],
    });
  });
});
