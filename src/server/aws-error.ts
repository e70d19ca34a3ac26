import type { CompletedRun, StageResult } from "../executor/run-result.js";

/** What an aws stage's exit code means, and what to do about it. */
export type AwsError = {
  /** Stable, kebab-case. */
  readonly code: string;
  readonly message: string;
  readonly hint: string;
  /** Index of the stage. */
  readonly stage: number;
};

// AWS CLI user guide, "Return codes"; 120 is Python's own for output that nobody reads any more.
const meanings: Readonly<Record<number, { readonly code: string; readonly says: string; readonly hint: string }>> = {
  1: {
    code: "aws-transfer-failed",
    says: "a transfer of `aws s3` failed",
    hint: "check the bucket and key with `aws s3 ls`",
  },
  130: { code: "aws-interrupted", says: "the AWS CLI was interrupted", hint: "send the command again" },
  252: {
    code: "aws-usage",
    says: "the AWS CLI did not accept the command",
    hint: "compare it with the operation's help",
  },
  253: {
    code: "aws-no-credentials",
    says: "the AWS CLI found no credentials or a broken configuration",
    hint: "tell the operator",
  },
  254: {
    code: "aws-service-error",
    says: "the service refused the request",
    hint: "read the error's code; a name or a permission may be wrong",
  },
  255: {
    code: "aws-failed",
    says: "the AWS CLI failed",
    hint: "check the region and the connection, then send it again",
  },
};

/** The error of the first aws stage that failed, by its exit code; the text is the CLI's own structured error. */
export const awsError = (run: CompletedRun): AwsError | undefined => {
  const stage = run.stages.findIndex((result, index) => isFailedAws(result, index < run.stages.length - 1));
  const result = run.stages[stage];
  if (result === undefined || result.exit.kind !== "exited") return undefined;
  const { exit } = result;
  const { code, says, hint } = meanings[exit.code] ?? {
    code: "aws-failed",
    says: `the AWS CLI ended with ${exit.code}`,
    hint: "read its error",
  };
  const words = structuredError(result.stderr) ?? lastLine(result.stderr);
  return { code, message: words === "" ? says : `${says}: ${words}`, hint, stage };
};

const isFailedAws = ({ name, exit }: StageResult, hasConsumer: boolean): boolean =>
  name === "aws" && exit.kind === "exited" && exit.code !== 0 && !(exit.code === 120 && hasConsumer);

/** The first of the AWS CLI's structured errors in what several runs of it have written, as one line. */
export const firstErrorInside = (stderr: string): string | undefined =>
  [...stderr.matchAll(/^\{\n(?: .*\n)*\}$/gm)]
    .map(([object]) => structuredError(object))
    .find((error) => error !== undefined);

// The engine asks the CLI for `cli_error_format = json`; versions before 2.34 answer in prose.
const structuredError = (stderr: string): string | undefined => {
  const start = stderr.indexOf("{");
  if (start < 0) return undefined;
  try {
    const read: unknown = JSON.parse(stderr.slice(start));
    if (typeof read !== "object" || read === null || !("Code" in read) || !("Message" in read)) return undefined;
    return `${String(read.Code)}: ${oneLine(String(read.Message))}`;
  } catch {
    return undefined;
  }
};

const lastLine = (stderr: string): string => oneLine(stderr.trim().split("\n").at(-1) ?? "");

const oneLine = (text: string): string => text.replace(/\s+/g, " ").trim().slice(0, 600);
