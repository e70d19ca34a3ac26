import { describe, expect, it } from "vitest";
import { check } from "../../src/check.js";
import { policyHash } from "../../src/policy/policy-hash.js";
import { ruleBook } from "./rule-book.js";

const said = (text: string, limits: Parameters<typeof ruleBook>[0]) => {
  const { verdict, code, message, hint } = check(text, ruleBook(limits));
  return verdict === "allow" ? "allow" : [code, message, hint];
};

describe("limits of the settings", () => {
  it("refuse regions that AWS_MCP_ALLOWED_REGIONS does not allow, named or not", () => {
    const limits = { limits: { regions: ["eu-*"] } };
    expect(said("aws ec2 describe-vpcs --region eu-west-1", limits)).toBe("allow");
    const refused = [
      "region-refused",
      "the region `us-east-1` is none of those that AWS_MCP_ALLOWED_REGIONS allows",
      "AWS_MCP_ALLOWED_REGIONS allows `eu-*`; name one with `--region`",
    ];
    expect(said("aws ec2 describe-vpcs --region us-east-1", limits)).toEqual(refused);
    expect(said("aws ec2 describe-vpcs", limits)).toEqual(refused);
    expect(said("aws ec2 help", limits)).toBe("allow");
  });

  it("refuse accounts that AWS_MCP_ALLOWED_ACCOUNTS does not name, and those that nobody knows", () => {
    const accounts = (account: string) => ({
      limits: { accounts: ["123456789012"] },
      accounts: new Map([["", account]]),
    });
    expect(said("aws s3 ls", accounts("123456789012"))).toBe("allow");
    expect(said("aws s3 ls", accounts("210987654321"))).toEqual([
      "account-refused",
      "the account `210987654321` is none of those that AWS_MCP_ALLOWED_ACCOUNTS allows",
      "use a profile of another account, if this server has one",
    ]);
    expect(said("aws s3 ls", { limits: { accounts: ["123456789012"] } })[0]).toBe("account-unknown");
  });

  it("count as part of the policy", () => {
    const hashes = [{}, { regions: ["eu-*"] }, { regions: ["us-*"] }, { accounts: ["123456789012"] }].map((limits) =>
      policyHash(ruleBook({ limits })),
    );
    expect(new Set(hashes).size).toBe(4);
  });
});
