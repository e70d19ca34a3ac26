import { describe, expect, it } from "vitest";
import { parseStrictJson } from "../../../src/catalogue/values/strict-json.js";
import { type From, nothing, number, value } from "./build.js";

describe("parseStrictJson", () => {
  it.each<readonly [string, From]>([
    [
      '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":["s3:*"]}]}',
      { Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal: "*", Action: ["s3:*"] }] },
    ],
    ['{"Year":{"N":"1998"},"Gone":{"NULL":true}}', { Year: { N: "1998" }, Gone: { NULL: true } }],
    [
      '[{"DeviceName":"/dev/sdh","Ebs":{"VolumeSize":100,"Encrypted":false,"SnapshotId":null}}]',
      [{ DeviceName: "/dev/sdh", Ebs: { VolumeSize: number("100"), Encrypted: false, SnapshotId: nothing } }],
    ],
    [' \t\r\n[ 1 , "a" ] ', [number("1"), "a"]],
    ["{ }", {}],
    ["[]", []],
    ["-0", number("-0")],
    ["12345678901234567890", number("12345678901234567890")],
    ["1.5E+3", number("1.5E+3")],
    ['"\\u00e9\\ud83d\\ude00\\/\\b\\f\\n\\r\\t\\"\\\\"', 'é😀/\b\f\n\r\t"\\'],
    ['"\\u0000"', "\0"],
    ['"\u2028\u007f"', "\u2028\u007f"],
    ['"file://x"', "file://x"],
    ['{"__proto__":"a"}', JSON.parse('{"__proto__":"a"}')],
  ])("reads %j", (text, expected) => {
    expect(parseStrictJson(text)).toEqual({ ok: true, value: value(expected) });
  });

  it.each<readonly [string, string, number]>([
    ["", "value-json", 0],
    ["[1,]", "value-json", 3],
    ['{"a":1,}', "value-json", 7],
    ["{'a':1}", "value-json", 1],
    ["{a:1}", "value-json", 1],
    ['{"a" 1}', "value-json", 5],
    ["[1 2]", "value-json", 3],
    ["[1", "value-json", 2],
    ["1 1", "value-json", 2],
    ["01", "value-json", 1],
    ["1.", "value-json", 1],
    ["+1", "value-json", 0],
    ["NaN", "value-json", 0],
    ["-Infinity", "value-json", 0],
    ["[1e999]", "value-json", 1],
    ["\ufeff{}", "value-json", 0],
    ["\u00a0{}", "value-json", 0],
    ["[1]//", "value-json", 3],
    ['["a', "value-json", 1],
    ['"a\nb"', "value-json", 2],
    ['"\\x41"', "value-json", 1],
    ['"\\ud83d"', "value-json", 1],
    ['"\\ud83d\\ud83d\\ude00"', "value-json", 1],
    ['"\\ude00"', "value-json", 1],
    ['"\ud83d"', "value-not-unicode", 1],
    ['{"a":1,"a":1}', "value-duplicate-key", 7],
    ['{"a":1,"b":{"a":1,"\\u0061":1}}', "value-duplicate-key", 18],
    ["[".repeat(65), "value-too-deep", 64],
  ])("refuses %j", (text, code, offset) => {
    expect(parseStrictJson(text)).toMatchObject({ ok: false, error: { code, offset } });
  });

  it("takes 64 levels", () => {
    expect(parseStrictJson("[".repeat(64) + "]".repeat(64)).ok).toBe(true);
  });

  it("says what is wrong and what would be right", () => {
    expect(parseStrictJson('{"Key":`')).toEqual({
      ok: false,
      error: {
        code: "value-json",
        message: "the JSON has ``` where a JSON value belongs",
        hint: 'write JSON as in `{"Name":"a","Values":["b",1,true]}`: double quotes, no comments, no comma before a closing bracket',
        word: 0,
        offset: 7,
      },
    });
  });
});
