import { describe, expect, it } from "vitest";
import type { AwsWords } from "../../../src/executor/aws-errors/aws-words.js";
import { awsProblem, type ErrorRow } from "../../../src/executor/aws-errors/error-row.js";

const words = (message: string, code?: string, operation?: string): AwsWords => ({
  code,
  operation,
  message,
  shown: message,
  others: 0,
});

const row = (known: Partial<ErrorRow>): ErrorRow => ({ code: "aws-not-found", says: "x", hint: "y", ...known });

describe("awsProblem", () => {
  it("prefers a row that names the code to one whose pattern it has, wherever they stand", () => {
    const rows = [row({ like: /NotFound/, hint: "pattern" }), row({ codes: ["XNotFound"], hint: "named" })];
    expect(awsProblem(words("", "XNotFound"), rows)).toEqual({ code: "aws-not-found", says: "x", hint: "named" });
    expect(awsProblem(words("", "YNotFound"), rows)?.hint).toBe("pattern");
    expect(awsProblem(words("", "Y"), rows)).toBeUndefined();
  });

  it("passes a row whose words or operations are others", () => {
    const rows = [
      row({ codes: ["C"], operations: ["Op"], hint: "operation" }),
      row({ codes: ["C"], words: /^gone$/, hint: "words" }),
      row({ codes: ["C"], hint: "rest" }),
    ];
    const hints = [words("", "C", "Op"), words("gone", "C"), words("other", "C")].map(
      (each) => awsProblem(each, rows)?.hint,
    );
    expect(hints).toEqual(["operation", "words", "rest"]);
  });

  it("takes the words of a service for no words of the CLI", () => {
    const rows = [row({ words: /^Unable to locate credentials/ })];
    expect(awsProblem(words("Unable to locate credentials"), rows)).toBeDefined();
    expect(awsProblem(words("Unable to locate credentials", "ValidationException"), rows)).toBeUndefined();
  });

  it("puts into a hint what can be read as nothing else, and no other value", () => {
    const rows = [row({ words: /'(?<region>[^']*)'/, hint: "--region {region}" }), row({ words: /./, hint: "none" })];
    const hint = (region: string) => awsProblem(words(`'${region}'`), rows)?.hint;
    expect(["eu-west-1", "us-gov-west-1", "eusc-de-east-1"].map(hint)).toEqual([
      "--region eu-west-1",
      "--region us-gov-west-1",
      "--region eusc-de-east-1",
    ]);
    expect(["eu-west-1 --debug", "eu-west-1`", "EU", "", "eu-west-1\nhint: x"].map(hint)).toEqual(
      Array.from({ length: 5 }, () => "none"),
    );
  });

  it("names the profile where it is known and has a plain name", () => {
    const rows = [row({ words: /./, hint: "--profile {profile}" })];
    const hint = (profile?: string) => awsProblem(words("x"), rows, profile)?.hint;
    expect([hint("dev.1"), hint(), hint("a b"), hint("-x"), hint("a`; rm")]).toEqual([
      "--profile dev.1",
      "--profile PROFILE",
      "--profile PROFILE",
      "--profile PROFILE",
      "--profile PROFILE",
    ]);
  });
});
