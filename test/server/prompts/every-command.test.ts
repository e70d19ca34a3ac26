import { describe, expect, it } from "vitest";
import { check } from "../../../src/check.js";
import type { RuleBook } from "../../../src/policy/rule-book.js";
import { policy } from "../../policy/custom/facts-of.js";
import { ruleBook } from "../../policy/rule-book.js";
import { fencedCommands } from "./fenced-commands.js";
import { type Asked, ORDINARY, render, UNKIND } from "./rendered.js";

const strict = ruleBook();

/** Each command once, with its mark and what the rules say of it. */
const commandsOf = (asked: readonly Asked[], book: RuleBook) => {
  const marks = new Map<string, string>();
  for (const each of asked)
    for (const { command, mark } of fencedCommands(render(each, book))) {
      const known = marks.get(command);
      if (known !== undefined && known !== (mark ?? "")) throw new Error(`marked in two ways: ${command}`);
      marks.set(command, mark ?? "");
    }
  return [...marks].map(([command, mark]) => ({ command, mark, checked: check(command, book) }));
};

/** What a command must be marked with, by the verdict on it. */
const due = ({ verdict, code }: ReturnType<typeof check>): string => {
  switch (verdict) {
    case "allow":
      return "";
    case "ask":
      return `needs a person's approval (${code.replace(/^effect-/, "")})`;
    case "deny":
      return `refused here: ${code}`;
    case "problem":
      return `no command: ${code}`;
  }
};

const wrong = (commands: ReturnType<typeof commandsOf>) =>
  commands
    .filter(({ mark, checked }) => mark !== due(checked))
    .map(({ command, mark, checked }) => [command, mark, due(checked)]);

const count = (commands: ReturnType<typeof commandsOf>, verdict: string): number =>
  commands.filter(({ checked }) => checked.verdict === verdict).length;

describe("every command of every prompt", () => {
  it("runs or asks on a server without settings, and says which", () => {
    const commands = commandsOf(ORDINARY, strict);
    expect(wrong(commands)).toEqual([]);
    expect(commands.filter(({ checked }) => !["allow", "ask"].includes(checked.verdict))).toEqual([]);
    expect(count(commands, "allow")).toBeGreaterThan(700);
    expect(
      commands
        .filter(({ checked }) => checked.verdict === "ask")
        .map(({ command, mark }) => `${mark}: ${command.split(" ").slice(0, 3).join(" ")}`)
        .sort(),
    ).toEqual([
      "needs a person's approval (execute): aws cloudformation execute-change-set",
      "needs a person's approval (execute): aws ecs register-task-definition",
      "needs a person's approval (execute): aws ecs register-task-definition",
      "needs a person's approval (sensitive-read): aws ec2 get-console-output",
      "needs a person's approval (sensitive-read): aws iam get-credential-report",
      "needs a person's approval (sensitive-read): aws lambda get-function-configuration",
      "needs a person's approval (sensitive-read): aws lambda get-function-configuration",
    ]);
  });

  it("leaves nothing out of what people ask for", () => {
    const left = ORDINARY.filter((asked) => render(asked).includes("\nLeft out, since "));
    expect(left).toEqual([]);
  });

  it("runs or asks whatever the arguments hold", () => {
    const commands = commandsOf(UNKIND, strict);
    expect(wrong(commands)).toEqual([]);
    expect(commands.filter(({ checked }) => !["allow", "ask"].includes(checked.verdict))).toEqual([]);
    expect(commands.length).toBeGreaterThan(500);
  });

  it("runs in mode permissive", () => {
    const commands = commandsOf([...ORDINARY, ...UNKIND], ruleBook({ mode: "permissive" }));
    expect(wrong(commands)).toEqual([]);
    expect(commands.filter(({ checked }) => checked.verdict !== "allow")).toEqual([]);
  });

  it("is marked as refused in mode read-only where it changes or reveals something", () => {
    const commands = commandsOf(ORDINARY, ruleBook({ mode: "read-only" }));
    expect(wrong(commands)).toEqual([]);
    expect(count(commands, "problem")).toBe(0);
    expect(count(commands, "ask")).toBe(0);
    expect(count(commands, "deny")).toBeGreaterThan(20);
    expect(count(commands, "allow")).toBeGreaterThan(600);
  });

  it("is marked by the operator's own rules", () => {
    const own = policy(`rules:
  - id: no-backup
    decision: deny
    because: plans are made elsewhere
    operations: { backup: [create-backup-plan] }
    refuses: ["aws backup create-backup-plan --backup-plan BackupPlanName=x"]
  - id: ask-trails
    decision: ask
    because: trails are private
    operations: { cloudtrail: ["*"] }
    refuses: ["aws cloudtrail lookup-events"]
`);
    const commands = commandsOf(ORDINARY, ruleBook({ policy: own }));
    expect(wrong(commands)).toEqual([]);
    const marks = new Set(commands.map(({ mark }) => mark).filter((mark) => !mark.endsWith("(execute)")));
    expect([...marks].sort()).toEqual([
      "",
      "needs a person's approval (policy-ask)",
      "needs a person's approval (sensitive-read)",
      "refused here: policy-deny",
    ]);
  });

  it("is judged without asking whose account it is, where settings or the operator's rules limit accounts", () => {
    const limits = { accounts: ["111122223333"], regions: ["us-*"] };
    const own = policy(`limits: { accounts: ["111122223333"], regions: ["us-*"] }\n`);
    for (const book of [ruleBook({ limits }), ruleBook({ policy: own })]) {
      const regional = ruleBook({ limits: { regions: ["us-*"] } });
      const asked: readonly Asked[] = [
        ["security_audit", { service: "s3" }],
        ["resource_inventory", { service: "sqs", region: "us-east-1" }],
      ];
      for (const each of asked) expect(render(each, book)).toBe(render(each));
      const elsewhere: Asked = ["resource_inventory", { service: "sqs", region: "eu-west-1" }];
      const marks = (rules: RuleBook) => fencedCommands(render(elsewhere, rules)).map(({ mark }) => mark);
      expect(marks(book).map((mark) => mark?.startsWith("refused here: "))).toEqual(marks(regional).map(() => true));
      expect(render(elsewhere, book)).not.toContain("account");
    }
  });

  it("runs unmarked where the client confirms each call, and is refused where nobody is asked", () => {
    const confirmed = commandsOf(ORDINARY, ruleBook({ approval: "client" }));
    expect(wrong(confirmed)).toEqual([]);
    expect(count(confirmed, "allow")).toBe(confirmed.length);
    const denied = commandsOf(ORDINARY, ruleBook({ approval: "deny" }));
    expect(wrong(denied)).toEqual([]);
    expect(count(denied, "deny")).toBe(7);
  });
});
