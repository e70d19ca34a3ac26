import { describe, expect, it } from "vitest";
import { createPace } from "../../src/http/pace.js";

describe("createPace", () => {
  it("lets a few begin between two turns of the event loop, in the order in which they came", async () => {
    const pace = createPace(3);
    const begun: number[] = [];
    const turns: number[] = [];
    const all = Array.from({ length: 10 }, async (_, index) => {
      await pace("one");
      begun.push(index);
    });
    while (begun.length < 10) {
      await new Promise((resolve) => setImmediate(resolve));
      turns.push(begun.length);
    }
    await Promise.all(all);
    expect(begun).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(turns).toEqual([3, 6, 9, 10]);
  });

  it("gives each principal its turn, however many pieces another has", async () => {
    const pace = createPace(1);
    const begun: string[] = [];
    const piece = async (principal: string) => {
      await pace(principal);
      begun.push(principal);
    };
    await Promise.all([..."aaaaabbc"].map(piece));
    expect(begun.join("")).toBe("abcabaaa");
  });

  it("begins anew after a pause", async () => {
    const pace = createPace(1);
    await pace("one");
    await new Promise((resolve) => setTimeout(resolve, 5));
    await Promise.all([pace("one"), pace("one")]);
  });
});
