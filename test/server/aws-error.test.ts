import { describe, expect, it } from "vitest";
import type { CompletedRun, StageResult } from "../../src/executor/run-result.js";
import { awsError, firstErrorInside } from "../../src/server/aws-error.js";

const stage = (name: string, code: number, stderr = ""): StageResult => ({
  name,
  exit: { kind: "exited", code },
  milliseconds: 1,
  stderr,
  enforced: [],
});

const run = (...stages: [StageResult, ...StageResult[]]): CompletedRun => ({
  kind: "run",
  ending: "finished",
  stages,
  output: { text: "", bytes: 0, dropped: undefined, spool: undefined },
  milliseconds: 1,
  enforced: [],
  refusedEgress: [],
  files: { written: [], leftOut: [] },
});

describe("awsError", () => {
  it.each([
    [1, "aws-transfer-failed"],
    [130, "aws-interrupted"],
    [252, "aws-usage"],
    [253, "aws-no-credentials"],
    [254, "aws-service-error"],
    [255, "aws-failed"],
    [7, "aws-failed"],
  ])("tells the exit code %i as %s", (code, expected) => {
    const error = awsError(run(stage("aws", code), stage("cat", 0)));
    expect(error?.code).toBe(expected);
    expect(error?.message).toMatch(/^[a-z][^\n]*[^.\n]$/);
    expect(error?.hint).toMatch(/^[a-z][^\n]*[^.\n]$/);
  });

  it("finds none where every aws stage ended well", () => {
    expect(awsError(run(stage("aws", 0), stage("grep", 2)))).toBeUndefined();
  });

  it("finds none in 120, the broken pipe, where somebody read the output", () => {
    expect(awsError(run(stage("aws", 120), stage("head", 0)))).toBeUndefined();
    expect(awsError(run(stage("aws", 120)))?.code).toBe("aws-failed");
  });

  it("reads the CLI's own structured error", () => {
    const stderr = 'warning: x\n{\n  "Code": "NoSuchBucket",\n  "Message": "The bucket\\n  does not exist"\n}\n';
    expect(awsError(run(stage("cat", 0), stage("aws", 254, stderr)))).toEqual({
      code: "aws-service-error",
      message: "the service refused the request: NoSuchBucket: The bucket does not exist",
      hint: "read the error's code; a name or a permission may be wrong",
      stage: 1,
    });
  });

  it("takes the last line of an older CLI's prose", () => {
    expect(awsError(run(stage("aws", 255, "\nfirst\nCould not  connect\n\n")))?.message).toBe(
      "the AWS CLI failed: Could not connect",
    );
  });
});

describe("firstErrorInside", () => {
  const error = (code: string) => `{\n    "Code": "${code}",\n    "Message": "it\\n is {}"\n}\n`;

  it("finds the first of several, whatever stands around it", () => {
    expect(firstErrorInside(`echo a\n{\n}\n{\n    no JSON\n}\n${error("First")}warning\n${error("Second")}`)).toBe(
      "First: it is {}",
    );
  });

  it("finds none where there is none", () => {
    expect(["", "{", "x\n", '{\n    "Code": "Cut",\n'].map(firstErrorInside)).toEqual(
      Array.from({ length: 4 }, () => undefined),
    );
  });
});
