import { describe, expect, it } from "vitest";
import { kindOf } from "../../../src/server/prompts/watched-metrics.js";

describe("kindOf", () => {
  it("takes a word for what is watched", () => {
    const words = ["performance", "Errors", "availability", "cpu utilization", "requests", "latency", "mood"];
    expect(words.map(kindOf)).toEqual([
      ...["performance", "errors", "errors", "utilization", "throughput", "performance", "performance"],
    ]);
  });
});
