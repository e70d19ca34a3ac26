import { describe, expect, it } from "vitest";
import { entryWords } from "../../../src/policy/custom/entry-words.js";

describe("entryWords", () => {
  it("takes an entry apart as the command that it is", () => {
    expect(entryWords("aws 's3' rm --include 'a b' --quiet")).toEqual({
      head: ["aws", "s3", "rm"],
      options: [
        { name: "include", values: ["a b"] },
        { name: "quiet", values: [] },
      ],
    });
  });

  it("parts an entry at its blanks where it is no plain command", () => {
    for (const entry of ["aws x; y", "aws x $(y)", "aws x $AWS_REGION", "aws x 2>&1", "aws x 'y"])
      expect(entryWords(entry)).toEqual({ head: entry.split(" "), options: [] });
  });
});
