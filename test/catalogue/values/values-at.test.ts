import { describe, expect, it } from "vitest";
import { valuesAt } from "../../../src/catalogue/values/values-at.js";
import { type From, file, number, unknown, value } from "./build.js";

const permissions = [
  { FromPort: number("22"), IpRanges: [{ CidrIp: "10.0.0.0/8" }, { CidrIp: "0.0.0.0/0" }] },
  { FromPort: number("80"), IpRanges: { CidrIp: "::/0" } },
];

const policy = {
  Statement: {
    Principal: { AWS: ["a", "b"] },
    Action: "s3:*",
    Condition: { StringLike: { "a.b:sub": "c" }, Bool: { "aws:SecureTransport": true } },
  },
};

describe("valuesAt", () => {
  it.each<readonly [string, From, readonly From[]]>([
    ["[].IpRanges[].CidrIp", permissions, ["10.0.0.0/8", "0.0.0.0/0", "::/0"]],
    ["IpRanges.CidrIp", permissions, ["10.0.0.0/8", "0.0.0.0/0", "::/0"]],
    ["IpPermissions[].FromPort", { IpPermissions: permissions }, [number("22"), number("80")]],
    ["", "a", ["a"]],
    ["[]", ["a", ["b"]], ["a", "b"]],
    ["Values", { Values: "a" }, ["a"]],
    ["Values[]", { Values: "a" }, ["a"]],
    ["Values", { Values: ["a", "b"] }, ["a", "b"]],
    ["Statement[].Principal.AWS", policy, ["a", "b"]],
    ["Statement[].Principal.*", policy, ["a", "b"]],
    ["Statement.Condition.*.*", policy, ["c", true]],
    ['Statement.Condition.StringLike."a.b:sub"', policy, ["c"]],
    ['Statement.Condition.*."aws:SecureTransport"', policy, [true]],
    ["**.AWS", policy, ["a", "b"]],
    ["**", { a: "b", c: { d: ["e"] } }, ["b", "e"]],
    ["Statement.Principal", policy, []],
    ["statement.action", policy, []],
    ["Statement.Action.x", policy, []],
    ["constructor", {}, []],
    ["a.b.c", { a: file("file://x") }, [file("file://x")]],
    ["a.b.c", [{ a: [file("file://x"), { b: { c: "d" } }] }], [file("file://x"), "d"]],
    ["**.c", { a: [{ b: file("file://x") }] }, [file("file://x")]],
    ["a.b.c", { a: unknown("\ud800") }, [unknown("\ud800")]],
    ["", ["a", unknown("\ud800")], ["a", unknown("\ud800")]],
  ])("finds %j in %j", (path, from, expected) => {
    expect(valuesAt(value(from), path)).toEqual(expected.map(value));
  });

  it.each(["a..b", ".a", "a.", "a[", "a[0]", 'a."b', "a*", "a b[]c", "***"])("throws when %j is the path", (path) => {
    expect(() => valuesAt(value({}), path)).toThrow("not a path into a value");
  });
});
