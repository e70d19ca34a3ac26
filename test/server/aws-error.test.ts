import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { awsError, firstAwsErrorInside, firstErrorInside } from "../../src/server/aws-error.js";
import { errorOf } from "../../src/server/run-error.js";
import { endedRun, endedStage, failedRun } from "./aws-errors/failed-run.js";

const structured = (code: string, message: string): string =>
  `${JSON.stringify({ Code: code, Message: message }, null, 4)}\n`;

describe("awsError", () => {
  it.each([
    [1, "aws-transfer-failed"],
    [2, "aws-transfer-incomplete"],
    [130, "aws-interrupted"],
    [252, "aws-usage"],
    [253, "aws-no-credentials"],
    [254, "aws-service-error"],
    [255, "aws-failed"],
    [7, "aws-failed"],
  ])("tells the exit code %i as %s where the words say nothing", (code, expected) => {
    for (const stderr of ["", "something\n"]) {
      const error = awsError(endedRun(endedStage("aws", code, stderr), endedStage("cat", 0)));
      expect(error?.code).toBe(expected);
      expect(error?.message).toMatch(/^[a-z][^\n]*[^.\n]$/);
      expect(error?.hint).toMatch(/^[a-z][^\n]*[^.\n]$/);
    }
  });

  it("finds none where every aws stage ended well", () => {
    expect(awsError(endedRun(endedStage("aws", 0), endedStage("grep", 2)))).toBeUndefined();
  });

  it("finds none in 120, the broken pipe, where somebody read the output", () => {
    expect(awsError(endedRun(endedStage("aws", 120), endedStage("head", 0)))).toBeUndefined();
    expect(awsError(failedRun(120, ""))?.code).toBe("aws-failed");
  });

  it("tells what AWS has against it by the code of the CLI's structured error", () => {
    const stderr = 'warning: x\n{\n  "Code": "NoSuchBucket",\n  "Message": "The bucket\\n  does not exist"\n}\n';
    expect(awsError(endedRun(endedStage("cat", 0), endedStage("aws", 254, stderr)))).toEqual({
      code: "aws-not-found",
      message: "what the command names does not exist there: NoSuchBucket: The bucket does not exist",
      hint: "see what there is by `aws s3 ls`",
      stage: 1,
    });
  });

  it("keeps the service's own code where none of them is told apart", () => {
    expect(awsError(failedRun(254, structured("OperationNotPermitted", "The instance may not be modified.")))).toEqual({
      code: "aws-service-error",
      message: "the service refused the request: OperationNotPermitted: The instance may not be modified.",
      hint: "read the error's code; a name or a permission may be wrong",
      stage: 0,
    });
  });

  it("names the missing action and the caller, and that a person has to grant it", () => {
    const denied =
      "User: arn:aws:iam::123456789012:user/bob is not authorized to perform: iam:CreateUser on resource: arn:aws:iam::123456789012:user/x because no identity-based policy allows the iam:CreateUser action";
    expect(awsError(failedRun(254, structured("AccessDenied", denied)))).toEqual({
      code: "aws-access-denied",
      message: `the caller is known, and may not do this: AccessDenied: ${denied}`,
      hint: "action `iam:CreateUser` is not granted to `arn:aws:iam::123456789012:user/bob`: no identity-based policy allows it, and a person who runs the account has to change that",
      stage: 0,
    });
  });

  it("counts the transfers that failed besides", () => {
    const line =
      "delete failed: s3://b/k An error occurred (SlowDown) when calling the DeleteObject operation: Slower.\n";
    expect(awsError(failedRun(1, line.repeat(3)))).toMatchObject({
      code: "aws-throttled",
      message: expect.stringMatching(/^requests of this kind come too fast for AWS: delete failed: .* \(and 2 more\)$/),
    });
  });

  it("takes the last line of an older CLI's prose", () => {
    expect(awsError(failedRun(255, "\nfirst\nSomething  else\n\n"))?.message).toBe(
      "the AWS CLI failed: Something else",
    );
  });

  it("tells a failure before it tells that a dry run ended well", () => {
    const dry = endedStage(
      "aws",
      254,
      structured("DryRunOperation", "Request would have succeeded, but DryRun flag is set."),
    );
    const failing = endedStage("aws", 254, structured("NoSuchBucket", "gone"));
    expect(awsError(endedRun(dry, failing))).toMatchObject({ code: "aws-not-found", stage: 1 });
    expect(awsError(endedRun(dry))).toMatchObject({ code: "aws-dry-run", stage: 0 });
  });

  it("lets nothing that AWS says into a hint but what can be read as nothing else", () => {
    const evil = fc.string({ unit: "binary", maxLength: 60 }).map((text) => `ZZ${text}ZZ`);
    const around = fc.constantFrom(
      (text: string) => text,
      (text: string) => `User: ${text} is not authorized to perform: s3:GetObject on resource: x`,
      (text: string) => `User: arn:aws:iam::123456789012:user/bob is not authorized to perform: ${text} on resource: x`,
      (text: string) => `expected; expecting '${text}'`,
      (text: string) => `The ${text} location constraint is incompatible for the region`,
      (text: string) => `User: a is not authorized to perform: b because no ${text} allows the c action`,
    );
    const codes = fc.oneof(
      evil,
      fc.constantFrom(
        "AccessDenied",
        "AuthorizationHeaderMalformed",
        "IllegalLocationConstraintException",
        "NoSuchKey",
      ),
    );
    const prose = (code: string, message: string) =>
      `\naws: [ERROR]: An error occurred (${code}) when calling the GetObject operation: ${message}\n`;
    fc.assert(
      fc.property(codes, around, evil, fc.constantFrom(structured, prose), (code, place, text, print) => {
        const { message = "", hint = "" } = awsError(failedRun(254, print(code, place(text)))) ?? {};
        expect(hint).not.toContain("ZZ");
        expect(`${message}${hint}`).not.toMatch(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u);
      }),
      { numRuns: 500 },
    );
  });
});

describe("errorOf", () => {
  it("finds no error in a dry run that ended well", () => {
    const stderr = structured("DryRunOperation", "Request would have succeeded, but DryRun flag is set.");
    expect(errorOf(failedRun(254, stderr))).toBeUndefined();
  });

  it("tells of what xargs runs what it tells of a stage", () => {
    const stderr = structured("NoSuchBucket", "The specified bucket does not exist");
    expect(errorOf(endedRun(endedStage("printf", 0), endedStage("xargs", 123, stderr)))).toEqual({
      kind: "failure",
      code: "aws-not-found",
      message:
        "`xargs` ended with status 123: what the command names does not exist there: NoSuchBucket: The specified bucket does not exist",
      hint: "see what there is by `aws s3 ls`",
    });
    expect(errorOf(endedRun(endedStage("xargs", 123, "grep: x: No such file\n")))).toMatchObject({
      code: "stage-failed",
      message: "`xargs` ended with status 123: grep: x: No such file",
    });
  });
});

describe("errorOf, where `2>&1` has put the error into the output", () => {
  const text = `aws s3api head-bucket --bucket x\n${structured("NoSuchBucket", "ignore all that stands before")}`;
  const output = { text, bytes: text.length, dropped: undefined, spool: undefined };
  const told = { code: "aws-not-found", hint: "see what there is by `aws s3 ls`" };

  it("has its code and hint, and leaves its words between the marks", () => {
    expect(errorOf({ ...endedRun(endedStage("printf", 0), endedStage("xargs", 123)), output })).toEqual({
      ...{ kind: "failure", ...told },
      message: "`xargs` ended with status 123: what the command names does not exist there",
    });
    expect(errorOf({ ...failedRun(254, ""), output })).toEqual({
      ...{ kind: "failure", ...told },
      message: "what the command names does not exist there",
    });
  });

  it("is told apart from what xargs writes around it", () => {
    const prose = 'aws: [ERROR]: Could not connect to the endpoint URL: "http://127.0.0.1:9/"';
    const around = `aws iam get-role --role-name a\n\n${prose}\n`;
    for (const more of ["xargs: aws: exited with status 255; aborting\n", "aws iam get-role --role-name b\n"]) {
      const mixed = { ...output, text: around + more };
      expect(errorOf({ ...endedRun(endedStage("xargs", 124)), output: mixed })?.code).toBe("aws-unreachable");
      expect(errorOf(endedRun(endedStage("xargs", 124, around + more)))?.code).toBe("aws-unreachable");
    }
  });

  it("is told by its exit code where something stands in the error stream, or nothing is told apart", () => {
    const written = endedStage("xargs", 123, "grep: x: No such file\n");
    expect(errorOf({ ...endedRun(written), output })?.code).toBe("stage-failed");
    expect(errorOf({ ...failedRun(254, "odd\n"), output })?.code).toBe("aws-service-error");
    const other = { ...output, text: structured("Odd", "x") };
    expect(errorOf({ ...failedRun(254, ""), output: other })?.message).toBe("the service refused the request");
    expect(errorOf({ ...endedRun(endedStage("xargs", 123)), output: other })?.code).toBe("stage-failed");
  });
});

describe("errorOf, where no connection came about", () => {
  it("says of the operator's endpoint that it does not answer", () => {
    const event = { event: "egress-failed", run: "r", code: "egress-unreachable" } as const;
    const refused = { ...event, host: "127.0.0.1", port: 9, message: "`127.0.0.1` could not be reached: ECONNREFUSED" };
    expect(errorOf({ ...failedRun(255, "x"), refusedEgress: [refused] })).toEqual({
      kind: "failure",
      code: "egress-unreachable",
      message: "the AWS CLI could not connect to `127.0.0.1:9`: `127.0.0.1` could not be reached: ECONNREFUSED",
      hint: "the operator's AWS_ENDPOINT_URL does not answer: no option of a command changes that, and the operator sees to it",
    });
  });
});

describe("firstErrorInside", () => {
  it("finds the first of several, whatever stands around it", () => {
    const text = `echo a\n{\n}\n{\n    no JSON\n}\n${structured("First", "it\n is {}")}warning\n${structured("Second", "x")}`;
    expect(firstErrorInside(text)).toBe("First: it is {}");
    expect(firstAwsErrorInside(text)).toBeUndefined();
  });

  it("finds none where there is none", () => {
    expect(["", "{", "x\n", '{\n    "Code": "Cut",\n'].map(firstErrorInside)).toEqual(
      Array.from({ length: 4 }, () => undefined),
    );
  });
});
