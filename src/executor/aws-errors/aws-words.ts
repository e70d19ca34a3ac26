import { visible } from "../../language/visible.js";

/** What the AWS CLI has written about a failure. All of it is data: a name or a tag in it may be anybody's. */
export type AwsWords = {
  /** AWS's code, as in `AccessDenied`; undefined where the CLI itself speaks. */
  readonly code: string | undefined;
  /** The operation of AWS's interface, as in `PutObject`; the CLI's structured errors do not name it. */
  readonly operation: string | undefined;
  /** What AWS or the CLI says, on one line. */
  readonly message: string;
  /** The same as it may be shown, with the code and the files of a transfer. */
  readonly shown: string;
  /** Transfers of `aws s3` that failed besides the one that is shown. */
  readonly others: number;
};

/**
 * Reads the error stream of one AWS CLI run: its structured error (`cli_error_format = json`, since 2.34), else the first
 * transfer of `aws s3` that failed, else its prose.
 */
export const readAwsWords = (stderr: string): AwsWords =>
  structuredErrors(stderr).at(-1) ?? failedTransfer(stderr) ?? prose(stderr);

/** The first of the errors that several runs of the AWS CLI have written; undefined where none of it looks like one. */
export const firstAwsWords = (stderr: string): AwsWords | undefined =>
  structuredErrors(stderr)[0] ?? failedTransfer(stderr) ?? firstProse(stderr);

/**
 * The same in an output, where the error stream goes into it: only what nothing but the AWS CLI writes, since all the rest
 * is what the command gives.
 */
export const outputAwsWords = (output: string): AwsWords | undefined =>
  structuredErrors(output)[0] ?? firstProse(output) ?? failedTransfer(linesOf(output, TRANSFER));

const linesOf = (text: string, form: RegExp): string => (text.match(form) ?? []).join("\n");

// awscli/customizations/s3: the names of its transfers, and of making and removing a bucket.
const TRANSFER =
  /^(?:(?:upload|download|copy|move|delete|make_bucket|remove_bucket) failed: .*|fatal error: )An error occurred \(.*$/gm;

/** UTF-16 units of a message that are looked at, and that are shown. */
const MOST_READ = 4000;
const MOST_SHOWN = 600;

/** Text on one line, with nothing in it that could hide or move the rest. */
export const oneLine = (text: string): string =>
  Array.from(text.slice(0, MOST_READ).replace(/\s+/g, " ").trim(), visible).join("");

// The encoded message is of no use in part (STS, DecodeAuthorizationMessage).
const cut = (text: string): string =>
  text.length <= MOST_SHOWN || /Encoded authorization failure message: [\w-]+$/.test(text)
    ? text
    : `${text.slice(0, MOST_SHOWN - 1)}…`;

const structuredErrors = (stderr: string): readonly AwsWords[] =>
  [...stderr.matchAll(/^\{\n(?: .*\n)*\}$/gm)].flatMap(([text]) => structuredError(text) ?? []);

const structuredError = (text: string): AwsWords | undefined => {
  try {
    const read: unknown = JSON.parse(text);
    if (typeof read !== "object" || read === null || !("Code" in read)) return undefined;
    const said = oneLine(withoutUsage("Message" in read ? String(read.Message) : ""));
    const shown = cut(named(oneLine(String(read.Code)).slice(0, 100), said));
    return { code: codeIn(String(read.Code)), operation: undefined, message: bare(said), shown, others: 0 };
  } catch {
    return undefined;
  }
};

// Some services give no message.
const named = (code: string, message: string): string => (message === "" ? code : `${code}: ${message}`);

// A key may hold line breaks and any text; what AWS said stands at the end.
const failedTransfer = (stderr: string): AwsWords | undefined => {
  const [first, ...others] = stderr.match(/^(?:[a-z_]+ failed: |fatal error: ).*$/gm) ?? [];
  if (first === undefined) return undefined;
  const line = oneLine(first.replace(/^fatal error: /, ""));
  const said = line.slice(Math.max(0, line.lastIndexOf(OCCURRED)));
  return { ...serviceError(said), shown: cut(line), others: others.length };
};

const PREFIX = /^aws: (?:\[ERROR\]|error): ?/m;

const prose = (stderr: string): AwsWords => {
  const at = PREFIX.exec(stderr);
  const told = at === null ? lastWords(stderr) : withoutUsage(stderr.slice(at.index + at[0].length));
  const line = bare(oneLine(told));
  const error = serviceError(line);
  const said = error.code === undefined || line.startsWith("Waiter ") ? line : named(error.code, error.message);
  return { ...error, shown: cut(said), others: 0 };
};

// Behind it may stand what xargs says of its end, or with `-t` its next command.
const firstProse = (stderr: string): AwsWords | undefined => {
  const at = PREFIX.exec(stderr)?.index;
  return at === undefined ? undefined : prose(stderr.slice(at).split(/\n(?:\n|xargs: |aws )/, 1)[0] ?? "");
};

const OCCURRED = "An error occurred (";

// botocore/exceptions.py, ClientError and WaiterError.
const serviceError = (line: string): Pick<AwsWords, "code" | "operation" | "message"> => {
  const found =
    /^(?:Waiter \w{1,100} failed: )?An error occurred \(([^)]{1,100})\)(?: when calling the (\w{1,100}) operation)?(?: \(reached max retries: \d+\))?:(?: (.*))?$/.exec(
      line,
    );
  if (found === null) return { code: undefined, operation: undefined, message: line };
  const [, code = "", operation, message = ""] = found;
  return { code: codeIn(code), operation, message };
};

const lastWords = (stderr: string): string => {
  const lines = stderr.trim().split("\n");
  return lines.findLast((line) => line.startsWith(OCCURRED)) ?? lines.at(-1) ?? "";
};

// The usage page, and in the format `enhanced` what belongs to no message.
const withoutUsage = (text: string): string => text.split(/\n\n(?:usage: aws |Additional error details:)/, 1)[0] ?? "";

// `aws configure export-credentials` puts these words in front.
const bare = (line: string): string => line.replace(/^Unable to retrieve credentials: /, "");

/** Codes of the CLI's own structured errors: there the words say what is wrong. */
const OWN = new Set(["Configuration", "NoCredentials", "NoRegion", "ParamValidation"]);

// EC2 and some query services say who is at fault first; JSON services may say where the shape is from.
const codeIn = (text: string): string | undefined => {
  const code = text.replace(/^.*#|:.*$/gs, "").replace(/^(?:Client|Server)\./, "");
  if (OWN.has(code)) return undefined;
  return /^[\w.-]{1,100}$/.test(code) ? code : "Unknown";
};
