import { describe, expect, it } from "vitest";
import { lambdaRuntimes, samTemplate } from "../../../src/server/prompts/sam-template.js";
import { catalogue } from "../../catalogue/effects/committed.js";

describe("lambdaRuntimes", () => {
  it("has those that functions can still be made of, the standard one among them", () => {
    const runtimes = lambdaRuntimes(catalogue);
    expect(runtimes).toContain("python3.13");
    expect(runtimes).toContain("provided.al2023");
    const ended = [
      "nodejs",
      "nodejs16.x",
      "python2.7",
      "python3.9",
      "java8",
      "go1.x",
      "ruby2.7",
      "dotnet6",
      "provided",
    ];
    expect(runtimes.filter((each) => ended.includes(each))).toEqual([]);
  });
});

describe("samTemplate", () => {
  it("holds code only where Lambda takes it inside a template", () => {
    const isWhole = (runtime: string) => samTemplate(runtime).isWhole;
    expect(["python3.13", "nodejs24.x", "java21", "provided.al2023"].map(isWhole)).toEqual([true, true, false, false]);
  });
});
