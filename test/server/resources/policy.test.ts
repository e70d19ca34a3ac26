import { describe, expect, it } from "vitest";
import { policyHash } from "../../../src/policy/policy-hash.js";
import type { RuleBook } from "../../../src/policy/rule-book.js";
import { policyInForce } from "../../../src/server/resources/policy.js";
import { readSettings } from "../../../src/settings.js";
import { policy } from "../../policy/custom/facts-of.js";
import { ruleBook } from "../../policy/rule-book.js";

const confinement = async () => ({ filters: "setpriv", aws: undefined }) as never;

const inForce = (changes: Partial<RuleBook> = {}, environment: NodeJS.ProcessEnv = {}) =>
  policyInForce({ book: ruleBook(changes), machine: { confinement }, settings: readSettings(environment) });

describe("awspipe://policy", () => {
  it("says what a server without settings does", async () => {
    const read = await inForce();
    expect(read.effects.map(({ effect, decision }) => `${effect}=${decision}`)).toEqual([
      "read=allow",
      "write=allow",
      "sensitive-read=ask",
      "egress=ask",
      "destroy=ask",
      "execute=ask",
      "permissions=deny",
      "disarm=deny",
      "unknown=deny",
      "local=deny",
    ]);
    expect(read).toMatchObject({
      mode: "strict",
      approval: "elicit",
      profiles: { own: "default", others_that_a_command_may_name: [] },
      limits: {},
      own_buckets_and_accounts: [],
      bounds: { timeout_seconds: 300, output_characters: 100_000, calls_at_once: 8, stages_of_a_pipeline: 32 },
      confinement: { setting: "auto", filters: "setpriv", aws: "none" },
      policy: policyHash(ruleBook()),
      catalogue: "AWS CLI committed",
    });
    expect(read).not.toHaveProperty("policy_file");
    expect(read.floor).toContain(
      "never: --debug, --no-verify-ssl, --no-sign-request, --ca-bundle, --cli-auto-prompt, --cli-input-yaml",
    );
  });

  it("says what the operator changed, and what nobody can", async () => {
    const { effects } = await inForce({ cells: { permissions: "ask", write: "allow", local: "allow" } });
    const changed = effects.filter((row) => "instead_of" in row || "fixed" in row);
    expect(changed.map(({ means, ...row }) => row)).toEqual([
      { effect: "permissions", decision: "ask", instead_of: "deny" },
      { effect: "unknown", decision: "deny", fixed: true },
      { effect: "local", decision: "deny", fixed: true },
    ]);
  });

  it.each([
    ["elicit", /after a person has approved it/],
    ["client", /with a warning, since this client confirms/],
    ["deny", /does not run, since nobody/],
  ] as const)("says what becomes of a question where approval is %s", async (approval, words) => {
    expect((await inForce({ approval })).decisions.ask).toMatch(words);
  });

  it("has the limits of settings and of the policy's file, and the buckets that are ours", async () => {
    const read = await inForce({
      limits: { accounts: ["123456789012"] },
      policy: policy('limits:\n  regions: ["eu-*"]\n'),
      targets: new Set(["logs", "backup"]),
      profiles: ["own", "dev"],
    });
    expect(read).toMatchObject({
      limits: { settings: { accounts: ["123456789012"] }, policy_file: { regions: ["eu-*"] } },
      own_buckets_and_accounts: ["backup", "logs"],
      profiles: { own: "own", others_that_a_command_may_name: ["dev"] },
    });
  });

  it("has the operator's rules with their reasons, and not what exactly they look for", async () => {
    const text = [
      "dangerous_commands:",
      "  ec2: [aws ec2  terminate-instances]",
      "safe_patterns:",
      "  all: [--help, aws ec2 terminate-instances --dry-run]",
      "regex_rules:",
      "  all:",
      "    - { pattern: 'hidden-\\w+', description: no internal names }",
      "rules:",
      "  - id: no-big-instances",
      "    decision: deny",
      "    because: they cost too much",
      "    operations: { ec2: [run-instances] }",
      "    all: [{ option: instance-type, test: { like: ['secret*'] } }]",
      "    refuses: [aws ec2 run-instances --instance-type secret1]",
    ].join("\n");
    const { policy_file } = await inForce({ policy: policy(text) });
    expect(policy_file).toEqual({
      rules: [
        {
          id: "no-big-instances",
          decision: "deny",
          because: "they cost too much",
          operations: { ec2: ["run-instances"] },
        },
      ],
      dangerous_commands: ["aws ec2 terminate-instances"],
      exceptions_to_dangerous_commands: ["aws ec2 terminate-instances --dry-run"],
      regex_rules: ["no internal names"],
    });
  });

  it("says what the aws stage reaches", async () => {
    expect((await inForce()).network).toMatch(/AWS's hosts and the operator's endpoint/);
    expect((await inForce({}, { AWS_MCP_EGRESS: "off" })).network).toMatch(/what the machine reaches/);
  });

  it("has the bounds of the settings", async () => {
    const environment = {
      AWS_MCP_TIMEOUT: "7",
      AWS_MCP_MAX_OUTPUT: "8",
      AWS_MCP_MAX_SPOOL: "9",
      AWS_MCP_SANDBOX: "off",
    };
    expect(await inForce({}, environment)).toMatchObject({
      bounds: { timeout_seconds: 7, output_characters: 8, kept_output_bytes: 9 },
      confinement: { setting: "off" },
    });
  });
});
