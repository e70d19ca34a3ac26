import { describe, expect, it } from "vitest";
import { z } from "zod";
import { commandInput, profilesInput, regionsInput } from "../../../src/server/fan-out/fan-out-input.js";

const input = z.object({ command: commandInput, regions: regionsInput, profiles: profilesInput });
const twenty = Array.from({ length: 20 }, (_, index) => `aws s3 ls s3://b${index}`);
const many = (count: number): readonly string[] => Array.from({ length: count }, (_, index) => `eu-west-${index}`);

describe("the input of a call at several places", () => {
  it.each([
    { command: "aws s3 ls" },
    { command: ["aws s3 ls"] },
    { command: twenty },
    { command: "aws s3 ls", regions: "all" },
    { command: "aws s3 ls", regions: ["eu-west-1"], profiles: ["dev"] },
    { command: "aws s3 ls", regions: many(50), profiles: many(20) },
  ])("takes %o", (call) => {
    expect(input.parse(call)).toEqual(call);
  });

  it.each([
    { command: [] },
    { command: [...twenty, "a"] },
    { command: "a", regions: [] },
    { command: "a", regions: many(51) },
    { command: "a", regions: ["x".repeat(129)] },
    { command: "a", regions: [""], profiles: [] },
    { command: "a", profiles: many(21) },
    { command: "a", profiles: "dev" },
  ])("refuses %o", (call) => {
    expect(input.safeParse(call).success).toBe(false);
  });

  it("says what there may be in place of what is something else", () => {
    const messages = input.safeParse({ command: 7, regions: "eu-west-1" }).error?.issues.map(({ message }) => message);
    expect(messages).toEqual(["is one command, or a list of up to 20", "is `all`, or a list of up to 50 regions"]);
  });

  it("costs a model little to read", () => {
    expect(JSON.stringify(z.toJSONSchema(input, { io: "input" }).properties).length).toBeLessThan(520);
  });
});
