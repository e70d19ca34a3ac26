import { describe, expect, it } from "vitest";
import { check } from "../../../src/check.js";
import { readSettings } from "../../../src/settings.js";
import { ruleBook } from "../rule-book.js";

const verdict = (command: string, changes: Parameters<typeof ruleBook>[0]) => {
  const { verdict: word, effects, code } = check(command, ruleBook(changes));
  return { word, effects, code };
};

describe("the cells of AWS_MCP_EFFECTS", () => {
  it("are read from pairs with commas", () => {
    expect(readSettings({ AWS_MCP_EFFECTS: "permissions=ask, egress=deny" }).AWS_MCP_EFFECTS).toEqual({
      permissions: "ask",
      egress: "deny",
    });
  });

  it.each(["local=allow", "unknown=allow", "egress", "egress=maybe", "egress=ask,egress=deny", "floor=allow"])(
    "stop the start where they are `%s`",
    (text) => {
      expect(() => readSettings({ AWS_MCP_EFFECTS: text })).toThrow(/^AWS_MCP_EFFECTS=/);
    },
  );

  it("loosen and tighten one effect", () => {
    expect(verdict("aws iam create-access-key --user-name x", { cells: { permissions: "ask" } }).word).toBe("ask");
    expect(verdict("aws s3 mb s3://b", { cells: { write: "deny" } }).word).toBe("deny");
    expect(verdict("aws s3 rm s3://b/k", { cells: { destroy: "allow" } }).word).toBe("allow");
  });

  it("decide by the strictest of all effects, not by the worst", () => {
    const command = "aws ssm get-parameters --with-decryption --names arn:aws:ssm:us-east-1:111122223333:parameter/p";
    expect(verdict(command, { cells: { egress: "allow", "sensitive-read": "deny" } })).toEqual({
      word: "deny",
      effects: ["sensitive-read"],
      code: "effect-sensitive-read",
    });
  });
});

describe("urlRefusal", () => {
  const command = "aws ec2 create-tags --resources i-1 --tags Key=a,Value=http://169.254.169.254/x";

  it("refuses what version 1 of the CLI would fetch", () => {
    expect(verdict(command, { fetchesUrls: true })).toEqual({ word: "deny", effects: [], code: "aws-value-fetched" });
  });

  it("leaves version 2 alone", () => {
    expect(verdict(command, {}).word).toBe("allow");
  });
});
