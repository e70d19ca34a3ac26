import { describe, expect, it } from "vitest";
import { parseLoadedValue, parseOptionValue, type ValueShape } from "../../../src/catalogue/values/option-value.js";
import { type From, file, number, unknown, value } from "./build.js";

describe("parseOptionValue", () => {
  it.each<readonly [ValueShape, readonly string[], From]>([
    ["scalar", ["a=b"], "a=b"],
    ["scalar", [""], ""],
    ["scalar", ['{"a":1}'], '{"a":1}'],
    ["scalar", ["file://x"], file("file://x")],
    ["scalar", ["fileb://x"], file("fileb://x")],
    ["scalar", [" file://x"], " file://x"],
    ["scalar", ["File://x"], "File://x"],
    ["json", ["1"], number("1")],
    ["json", ["file://x"], file("file://x")],
    ["list", [], []],
    ["list", ["i-1"], ["i-1"]],
    ["list", ["i-1", "i-2"], ["i-1", "i-2"]],
    ["list", ["a=b,c"], ["a=b,c"]],
    ["list", [' ["i-1","i-2"]'], ["i-1", "i-2"]],
    ["list", ['["i-1"]', "i-2"], ['["i-1"]', "i-2"]],
    ["list", ["{}"], ["{}"]],
    ["list", ["file://x"], file("file://x")],
    // Of several words none is a file's name.
    ["list", ["file://x", "file://y"], ["file://x", "file://y"]],
    ["list-of-json", ["1", '"a"'], [number("1"), "a"]],
    ["list-of-structures", [], []],
    ["list-of-structures", ["Name=a,Values=b"], [{ Name: "a", Values: "b" }]],
    [
      "list-of-structures",
      ["Name=a,Values=b", "Name=c,Values=d,e"],
      [
        { Name: "a", Values: "b" },
        { Name: "c", Values: ["d", "e"] },
      ],
    ],
    ["list-of-structures", ['[{"Name":"a"}]'], [{ Name: "a" }]],
    ["list-of-structures", ['{"Name":"a"}', '{"Name":"b"}'], [{ Name: "a" }, { Name: "b" }]],
    ["list-of-structures", ['[[{"Type":"EVENT"}]]'], [[{ Type: "EVENT" }]]],
    ["list-of-structures", ["file://x"], file("file://x")],
    ["list-of-structures", ["Code@=file://x"], [{ Code: file("file://x") }]],
    ["structure", ["S3Bucket=b,S3Key=k"], { S3Bucket: "b", S3Key: "k" }],
    ["structure", ['\n{"S3Bucket":"b"}'], { S3Bucket: "b" }],
    ["structure", ["Value=a"], { Value: "a" }],
    ["map", ["team=a,env='b c'"], { team: "a", env: "b c" }],
    ["map", ['{"a":"b"}'], { a: "b" }],
    ["map", ["fileb://x"], file("fileb://x")],
    ["structure-of-value", ["terminate"], { Value: "terminate" }],
    ["structure-of-value", ["Value=terminate"], { Value: "terminate" }],
    ["structure-of-value", ['{"Value":"terminate"}'], { Value: "terminate" }],
    ["structure-of-value", [""], { Value: "" }],
    [{ listOfOnly: "InstanceId" }, ["i-1", "i-2"], [{ InstanceId: "i-1" }, { InstanceId: "i-2" }]],
    [{ listOfOnly: "InstanceId" }, ["InstanceId=i-1"], [{ InstanceId: "InstanceId=i-1" }]],
    [{ listOfOnly: "InstanceId" }, ['{"InstanceId":"i-1"}'], [{ InstanceId: "i-1" }]],
    [{ listOfOnly: "InstanceId" }, ["file://x"], file("file://x")],
    ["scalar", ["i-\ud800"], unknown("i-\ud800")],
    ["scalar", ['{"a":"\ud800"}'], unknown('{"a":"\ud800"}')],
    ["scalar", ["\ud800\udc00"], "\u{10000}"],
    ["list", ["a", "\ud801"], ["a", unknown("\ud801")]],
  ])("reads a %j of %j", (shape, words, expected) => {
    expect(parseOptionValue(words, shape)).toEqual({ ok: true, value: value(expected) });
  });

  it.each<readonly [ValueShape, readonly string[], string, number]>([
    ["scalar", [], "value-words", 0],
    ["scalar", ["a", "b"], "value-words", 1],
    ["structure", ["a=b", "c=d"], "value-words", 1],
    ["scalar", ["\ud83d"], "value-not-unicode", 0],
    ["scalar", ["\ud800\ud83d"], "value-not-unicode", 0],
    ["scalar", ["\udc00"], "value-not-unicode", 0],
    ["list", ['["\ud800"]'], "value-not-unicode", 0],
    ["json", ["\ud800"], "value-not-unicode", 0],
    ["structure", ["a=\ud800"], "value-not-unicode", 0],
    ["map", ['{"a":"\ud800"}'], "value-not-unicode", 0],
    ["list-of-structures", ["a=b", "a=\ud801"], "value-not-unicode", 1],
    [{ listOfOnly: "InstanceId" }, ["\ud800"], "value-not-unicode", 0],
    ["list", ["a", "\ud83d"], "value-not-unicode", 1],
    ["json", ["a"], "value-json", 0],
    ["list", ["[a"], "value-json", 0],
    ["list-of-structures", ["a"], "value-shorthand", 0],
    ["list-of-structures", ["a=b", '{"a":"b"}'], "value-shorthand", 1],
    ["list-of-structures", ['{"a":"b"}', "a=b"], "value-json", 1],
    ["list-of-structures", ['[{"a":"b"}]', "a=b"], "value-json", 0],
    ["structure", ['[{"a":"b"}]'], "value-json", 0],
    ["structure", [""], "value-shorthand", 0],
    // The CLI takes it for JSON, and its JSON knows no such blank.
    ["structure", ['\u00a0{"a":"b"}'], "value-json", 0],
    ["structure-of-value", ["a=b,"], "value-shorthand", 0],
  ])("refuses a %j of %j", (shape, words, code, word) => {
    expect(parseOptionValue(words, shape)).toMatchObject({ ok: false, error: { code, word } });
  });
});

describe("parseLoadedValue", () => {
  it.each<readonly [ValueShape, string, From]>([
    ["scalar", "a\r\nb\rc\n", "a\nb\nc\n"],
    ["scalar", "file://x", "file://x"],
    ["list", ' ["a"]\n', ["a"]],
    ["list-of-structures", '[{"a":"b"}]', [{ a: "b" }]],
    ["structure", '{"a":"b"}\n', { a: "b" }],
    ["structure", "a=b,c=d\n", { a: "b", c: "d" }],
    ["structure", "a@=file://x", { a: file("file://x") }],
    ["structure-of-value", "stop\n", { Value: "stop\n" }],
  ])("reads a %j of %j", (shape, text, expected) => {
    expect(parseLoadedValue(text, shape)).toEqual({ ok: true, value: value(expected) });
  });

  it.each<readonly [ValueShape, string, string]>([
    ["list", "sg-1 sg-2", "value-json"],
    ["list-of-structures", "Name=a,Values=b", "value-json"],
    ["list-of-structures", '{"a":"b"}', "value-json"],
    ["structure", "file://x", "value-shorthand"],
    ["structure", '\ufeff{"a":"b"}', "value-shorthand"],
    ["json", "", "value-json"],
  ])("refuses a %j of %j", (shape, text, code) => {
    expect(parseLoadedValue(text, shape)).toMatchObject({ ok: false, error: { code } });
  });
});
