import { describe, expect, it } from "vitest";
import { check, planText } from "../../src/check.js";
import { questionOf } from "../../src/policy/approval/question.js";
import type { Files } from "../../src/policy/files.js";
import { judge } from "../../src/policy/judge.js";
import { readOnly } from "../../src/policy/read-only.js";
import { ruleBook } from "./rule-book.js";
import { SETTINGS } from "./settings.js";

const judged = (text: string, book = ruleBook(), files?: Files) => {
  const planned = planText(text, SETTINGS);
  if (!planned.ok) throw new Error(planned.error.message);
  return judge(planned.value, book, files);
};

describe("judgeUtility", () => {
  it("allows a file of the workspace to be written, as the read that it is elsewhere", () => {
    const { decision, stages, inputs } = judged("aws s3 ls | tee -i reports/buckets.txt ./-all.txt");
    expect(decision).toBe("allow");
    expect(stages[1]).toMatchObject({
      argv: ["tee", "--ignore-interrupts", "--", "reports/buckets.txt", "./-all.txt"],
      effects: ["read"],
      files: [
        { argument: 3, path: "/workspace/reports/buckets.txt", how: "write", sha256: undefined },
        { argument: 4, path: "/workspace/-all.txt", how: "write", sha256: undefined },
      ],
    });
    expect(inputs).toEqual([]);
  });

  it("refuses it where nothing may be written, and says what can be done", () => {
    const { decision, stages, findings, inputs } = judged(
      "aws s3 ls | tee reports/a.txt",
      ruleBook({ outfiles: false }),
    );
    expect(decision).toBe("deny");
    expect(stages).toMatchObject([{ kind: "aws" }, undefined]);
    expect(inputs).toEqual([]);
    expect(findings.filter((finding) => finding.stage === 1)).toEqual([
      {
        decision: "deny",
        stage: 1,
        code: "aws-outfile-refused",
        message: "it would write `reports/a.txt` in the workspace, and here nothing is written",
        hint: "leave this stage out, or send the command to `aws_cli_pipeline`",
        span: { start: 12, end: 29 },
      },
    ]);
  });

  it("lets through there what writes nothing", () => {
    for (const command of ["ls -l", "find . -name x", "aws s3 ls | tee", "find . -type f | cat - notes.txt"])
      expect([command, check(command, readOnly(ruleBook())).verdict]).toEqual([command, "allow"]);
  });

  it("takes files that are read as inputs, and neither what is listed nor what is made", () => {
    const holding: Files = () => () => ({ text: undefined, sha256: "ab", bytes: 1 });
    const { stages, inputs } = judged("find reports | sort - old.txt | tee new.txt", ruleBook(), holding);
    expect(inputs).toEqual([{ stage: 1, path: "/workspace/old.txt", how: "operand" }]);
    expect(stages.map((stage) => stage?.files)).toEqual([
      [{ argument: 1, path: "/workspace/reports", how: "folder", sha256: undefined }],
      [{ argument: 3, path: "/workspace/old.txt", how: "read", sha256: "ab" }],
      [{ argument: 2, path: "/workspace/new.txt", how: "write", sha256: undefined }],
    ]);
  });
});

describe("a question to a person", () => {
  const asked = (text: string) =>
    questionOf(judged(text), { principal: "local", identities: [] }, "hash").message.split("\n").slice(-4, -1);

  it("says which files are written", () => {
    const [, command, ...written] = asked("ls ./reports | aws s3 rb s3://b | tee 'a b.txt'");
    expect(command).toBe("command: ls -- ./reports | aws s3 rb s3://b | tee -- 'a b.txt'");
    expect(written).toEqual(["writes: 'a b.txt'"]);
    expect(asked("aws lambda invoke --function-name f out.json").slice(1)).toEqual([
      "command: aws lambda invoke out.json --function-name=f",
      "writes: out.json",
    ]);
  });

  it("does not name the folder of the workspace", () => {
    expect(asked("find . | aws s3 rb s3://workspaces").join("\n")).not.toMatch(/workspace\b/);
  });

  it("is another where a file is made instead of read", () => {
    const verdict = judged("aws s3 rb s3://b | tee a.txt");
    const changed = verdict.stages.map((stage) =>
      stage?.kind === "utility"
        ? { ...stage, files: stage.files.map((file) => ({ ...file, how: "read" as const })) }
        : stage,
    );
    const digest = (stages: typeof verdict.stages) =>
      questionOf({ ...verdict, stages }, { principal: "local", identities: [] }, "hash").digest;
    expect(digest(changed)).not.toBe(digest(verdict.stages));
  });
});
