import { describe, expect, it } from "vitest";
import { check } from "../../src/check.js";
import { readOnly } from "../../src/policy/read-only.js";
import type { RuleBook } from "../../src/policy/rule-book.js";
import { ruleBook } from "./rule-book.js";

const verdict = (command: string, changes: Partial<RuleBook> = {}) => {
  const { verdict: word, code } = check(command, readOnly(ruleBook(changes)));
  return [word, code];
};

describe("readOnly", () => {
  it("lets reads through and nothing else, whatever the mode and its milder cells", () => {
    for (const changes of [{}, { mode: "permissive" }, { cells: { write: "allow", destroy: "allow" } }] as const) {
      expect(verdict("aws s3 ls | wc -l", changes)).toEqual(["allow", "allowed"]);
      expect(verdict("aws s3 mb s3://b", changes)).toEqual(["deny", "effect-write"]);
      expect(verdict("aws s3 rb s3://b", changes)).toEqual(["deny", "effect-destroy"]);
    }
  });

  it("keeps the operator's stricter cells", () => {
    expect(verdict("aws sts get-caller-identity", { cells: { read: "deny" } })).toEqual(["deny", "effect-read"]);
    expect(verdict("aws sts get-caller-identity", { cells: { read: "ask" } })).toEqual(["ask", "effect-read"]);
    expect(verdict("aws sts get-caller-identity", { cells: { read: "ask" }, approval: "client" })).toEqual([
      "deny",
      "effect-read",
    ]);
  });

  it("writes nothing into the workspace", () => {
    for (const command of [
      "aws s3api get-object --bucket b --key k out.json",
      "aws s3 cp s3://b/k .",
      "aws s3 sync s3://b reports",
    ])
      expect([command, ...verdict(command)]).toEqual([command, "deny", "aws-outfile-refused"]);
    for (const command of ["aws s3api get-object --bucket b --key k -", "aws s3 cp s3://b/k - | head -1"])
      expect([command, ...verdict(command)]).toEqual([command, "allow", "allowed"]);
  });
});
