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

it("offers the standard runtime first, then the newest of each language", () => {
  const runtimes = lambdaRuntimes(catalogue);
  expect(runtimes.slice(0, 3)).toEqual(["python3.13", "python3.15", "python3.14"]);
  const families = runtimes.map((name) => /^[a-z]+/.exec(name)?.[0]);
  expect([...new Set(families)]).toEqual(["python", "nodejs", "java", "dotnet", "ruby", "provided"]);
  expect(runtimes.filter((name) => name.startsWith("python3.1")).slice(-2)).toEqual(["python3.11", "python3.10"]);
});

describe("samTemplate", () => {
  it("holds code only where Lambda takes it inside a template", () => {
    const isWhole = (runtime: string) => samTemplate(runtime).isWhole;
    expect(["python3.13", "nodejs24.x", "java21", "provided.al2023"].map(isWhole)).toEqual([true, true, false, false]);
  });
});
