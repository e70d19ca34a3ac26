import { describe, expect, it } from "vitest";
import { onlyPipeline } from "../../src/language/only-pipeline.js";
import { andOr, command, list, pipeline } from "./build.js";

const a = pipeline(command("a"), command("b"));

describe("onlyPipeline", () => {
  it("gives the pipeline of a list that is just one", () => {
    expect(onlyPipeline(list(a))).toBe(a);
  });

  it("gives nothing where anything is joined to it", () => {
    expect(onlyPipeline(list(a, a))).toBe(undefined);
    expect(onlyPipeline(list(andOr(a, ["&&", a])))).toBe(undefined);
    expect(onlyPipeline(list(andOr(a, ["||", a])))).toBe(undefined);
  });
});
