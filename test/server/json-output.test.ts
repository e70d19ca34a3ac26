import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { jsonOutput } from "../../src/server/json-output.js";

describe("jsonOutput", () => {
  it.each([
    [
      '{\n    "Buckets": [{"Name": "a b", "N": 1.5e3, "T": true, "Z": null}]\n}\n',
      { Buckets: [{ Name: "a b", N: 1500, T: true, Z: null }] },
    ],
    ['["a\\"b\\\\c\\n", "ü", 0.0, -123456789012345]', ['a"b\\c\n', "ü", 0, -123_456_789_012_345]],
    ["[]", []],
  ])("gives %j as data", (text, data) => {
    expect(jsonOutput(text)).toEqual(data);
  });

  it.each([
    ["text", "plain"],
    ["a number", "1"],
    ["a string", '"a"'],
    ["half of an object", '{"a": 1'],
    ["two documents", "{} {}"],
    ["what is too deep", "[".repeat(65) + "]".repeat(65)],
    ["what is very deep", "[".repeat(8000) + "]".repeat(8000)],
    ["what is long", JSON.stringify(["a".repeat(17_000)])],
    ["a number that a double does not hold", '{"id": 12345678901234567890}'],
    ["a name that stands twice", '{"a": 1, "a": 2}'],
    ["an escape, behind which a character hides", String.raw`{"a": "\u202e"}`],
    ["a name in escapes", String.raw`{"\u0050assword": "x"}`],
    ["a name that makes a prototype", '{"__proto__": {"a": 1}, "__proto__": 2}'],
  ])("gives nothing for %s", (_, text) => {
    expect(jsonOutput(text)).toBe(undefined);
  });

  it("gives what JSON.parse does, or nothing", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.json({ maxDepth: 4 }),
          fc.string(),
          fc.string().map((text) => `[${text}]`),
        ),
        (text) => {
          const given = jsonOutput(text);
          if (given !== undefined) expect(given).toEqual(JSON.parse(text));
        },
      ),
      { numRuns: 2000 },
    );
  });
});
