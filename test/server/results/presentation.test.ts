import { describe, expect, it } from "vitest";
import { type Presentation, presentPart } from "../../../src/server/results/presentation.js";
import { plainPresentation } from "./plain-presentation.js";

const text = "abc SECRET{x} def\u001b[2J SECRET{yz}!";

describe("presentPart", () => {
  it("hides secrets, and shows what controls a terminal", async () => {
    expect(await presentPart(text, { start: 0, end: text.length }, plainPresentation)).toBe(
      "abc [hidden: test] def␛[2J [hidden: test]!",
    );
  });

  it("gives the whole in parts, wherever it is cut, and nothing of a secret", async () => {
    const whole = await presentPart(text, { start: 0, end: text.length }, plainPresentation);
    for (let one = 0; one <= text.length; one += 1)
      for (let other = one; other <= text.length; other += 1) {
        const bounds = [0, one, other, text.length];
        const parts = await Promise.all(
          [0, 1, 2].map((index) =>
            presentPart(text, { start: bounds[index] ?? 0, end: bounds[index + 1] ?? 0 }, plainPresentation),
          ),
        );
        expect(parts.join("")).toBe(whole);
      }
  });

  it("shows nothing where a part lies in a secret", async () => {
    const all: Presentation = {
      ...plainPresentation,
      findSecrets: async (found) => [{ start: 0, end: found.length, rule: "all" }],
    };
    expect(await presentPart(text, { start: 3, end: 9 }, all)).toBe("");
    expect(await presentPart(text, { start: 0, end: 9 }, all)).toBe("[hidden: all]");
  });
});
