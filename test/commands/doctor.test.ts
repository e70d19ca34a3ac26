import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { comparedWithCatalogue } from "../../src/commands/doctor.js";
import { needAws, needMoto, needProgram } from "../provision/needs.js";
import { type Moto, startMoto } from "../provision/start-moto.js";
import { runAwspipe } from "./run-awspipe.js";

let moto: Moto;
beforeAll(async () => {
  moto = await startMoto(needMoto());
});
afterAll(() => moto.stop());

const linesOf = (out: string): readonly (readonly string[])[] =>
  out
    .split("\n")
    .slice(0, -1)
    .map((line) => [line.slice(0, 7).trim(), line.slice(8, 20).trim(), line.slice(21)]);

describe("awspipe doctor", () => {
  it("reports what was found, a line each, and ends with 0 when a call has all it needs", async () => {
    for (const name of ["jq", "groff"] as const) needProgram(name);
    const environment = { ...moto.environment, AWS_MCP_AWS_CLI: needAws() };
    const { code, out, errors } = await runAwspipe(["doctor"], { environment });
    const lines = linesOf(out);
    expect({ errors, marks: [...new Set(lines.map(([mark]) => mark))] }).toEqual({ errors: "", marks: ["ok"] });
    expect(code).toBe(0);
    const found = Object.fromEntries(lines.map(([, what, text]) => [what, text]));
    expect(found).toMatchObject({
      "aws help": "works",
      identity: expect.stringMatching(/^arn:aws:/),
      grep: "/usr/bin/grep",
    });
    expect(found.aws).toMatch(/^aws-cli\/2\..*\/aws; the catalogue is of \d+\.\d+\.\d+$/);
    expect(found.awspipe).toMatch(/^\d+\.\d+\.\d+\S*, mode strict, Node v\d+/);
  });

  it("says what is missing and ends with 1", async () => {
    const environment = { ...moto.environment, AWS_MCP_AWS_CLI: "/no/such/aws" };
    const { code, out } = await runAwspipe(["doctor"], { environment });
    const missing = linesOf(out).filter(([mark]) => mark === "MISSING");
    expect(code).toBe(1);
    expect(missing).toEqual([
      ["MISSING", "aws", "the AWS CLI is not installed on the server"],
      ["MISSING", "aws help", "the AWS CLI is not installed on the server"],
      ["MISSING", "identity", "the AWS CLI is not installed on the server"],
    ]);
  });
});

describe("comparedWithCatalogue", () => {
  it.each([
    ["2.36.12", "the catalogue is of 2.36.12"],
    ["2.36.13", "the catalogue is of 2.36.12: this one is newer, and commands that are new in it are refused"],
    ["2.100.0", "the catalogue is of 2.36.12: this one is newer, and commands that are new in it are refused"],
    ["3.0", "the catalogue is of 2.36.12: this one is newer, and commands that are new in it are refused"],
    ["2.36.9", "the catalogue is of 2.36.12: this one is older, and commands that it lacks end with a usage error"],
    ["1.44.1", "the catalogue is of 2.36.12: this one is older, and commands that it lacks end with a usage error"],
    ["", "the catalogue is of 2.36.12, and this one's version is no number"],
  ])("says what version %s means", (installed, says) => {
    expect(comparedWithCatalogue(installed, "2.36.12")).toBe(says);
  });
});
