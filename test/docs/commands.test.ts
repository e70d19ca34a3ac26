import { describe, expect, it } from "vitest";
import { compareEffects, EFFECTS, effectNamed } from "../../src/catalogue/effect.js";
import { cellsOf, codes, commandsIn, effectsOf, judged, pageAt } from "./pages.js";

const PAGES = [
  "README.md",
  ...["language", "running", "policy", "security-model", "comparison"].map((name) => `docs/${name}.md`),
];

describe("the pages", () => {
  it("name no command that is refused but those that they mean so", () => {
    const commands = [...new Set(PAGES.flatMap((path) => commandsIn(pageAt(path))))];
    const refused = Object.fromEntries(
      commands.map((command) => [command, judged(command)]).filter(([, verdict]) => verdict !== "allow allowed"),
    );
    expect(refused).toEqual({
      // the examples of what is refused, or asked about
      "aws s3 ls; cat /etc/passwd": "deny file-outside-workspace",
      "aws s3 rm s3://assets/report.csv": "ask effect-destroy",
      "aws dynamodb delete-table --table-name orders --profile prod": "deny aws-profile-refused",
      "aws dynamodb delete-table --table-name orders --profile dev": "deny aws-profile-refused",
      // names of commands, without what they need
      "aws s3 cp": "deny aws-operand-missing",
      "aws s3 mb": "deny aws-operand-missing",
      "aws ec2 terminate-instances": "deny aws-option-missing",
      "aws ssm send-command": "deny aws-option-missing",
      "aws iam create-access-key": "deny effect-permissions",
      "aws cloudtrail stop-logging": "deny aws-option-missing",
      "aws secretsmanager get-secret-value": "deny aws-option-missing",
      "aws configure": "deny effect-local",
    });
    expect(commands.length - Object.keys(refused).length).toBeGreaterThanOrEqual(8);
  });

  it("have an example of each effect", () => {
    const rows = cellsOf(pageAt("docs/policy.md").split("## Approvals")[0] ?? "");
    expect(rows.flatMap(([effect = ""]) => codes(effect)).sort()).toEqual([...EFFECTS].sort());
    const shown = rows.map(([effect = "", example = ""]) => [codes(effect)[0], commandsIn(example)] as const);
    const named = shown.flatMap(([effect, examples]) => examples.map((example) => [example, effect]));
    expect(Object.fromEntries(named)).toEqual(
      Object.fromEntries(Object.entries(WHOLE).map(([example, command]) => [example, worstOf(command)])),
    );
  });
});

/** The examples of effects, with what they need. */
const WHOLE: Readonly<Record<string, string>> = {
  "aws ec2 describe-instances": "aws ec2 describe-instances",
  "aws s3 mb": "aws s3 mb s3://drafts",
  "aws secretsmanager get-secret-value": "aws secretsmanager get-secret-value --secret-id s",
  "aws s3 cp": "aws s3 cp s3://ours/k s3://theirs/k",
  "aws ec2 terminate-instances": "aws ec2 terminate-instances --instance-ids i-1",
  "aws ssm send-command": "aws ssm send-command --document-name AWS-RunShellScript --instance-ids i-1",
  "aws iam create-access-key": "aws iam create-access-key --user-name alice",
  "aws cloudtrail stop-logging": "aws cloudtrail stop-logging --name trail",
  "aws configure": "aws configure list",
};

const worstOf = (command: string): string =>
  [...effectsOf(command)].sort((one, other) => compareEffects(effectNamed(one), effectNamed(other))).at(-1) ?? "none";
