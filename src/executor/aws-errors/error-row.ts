import type { AwsWords } from "./aws-words.js";

/** What kinds of failures of AWS are told apart. */
export type AwsErrorCode =
  | "aws-access-denied"
  | "aws-already-exists"
  | "aws-clock-skew"
  | "aws-conflict"
  | "aws-connection-lost"
  | "aws-credentials-expired"
  | "aws-credentials-invalid"
  | "aws-dependency"
  | "aws-dry-run"
  | "aws-invalid-request"
  | "aws-mfa-needed"
  | "aws-no-capacity"
  | "aws-no-credentials"
  | "aws-no-region"
  | "aws-not-enabled"
  | "aws-not-found"
  | "aws-page-token"
  | "aws-query-failed"
  | "aws-quota-exceeded"
  | "aws-role-denied"
  | "aws-throttled"
  | "aws-tls"
  | "aws-transfer-failed"
  | "aws-unavailable"
  | "aws-unreachable"
  | "aws-usage"
  | "aws-wait-failed"
  | "aws-wrong-region";

/**
 * One kind of failure: how it is known, and what is said about it. A row without `codes` and without `like` is known by
 * the CLI's own words, never by those of a service: anybody's names may stand in them.
 */
export type ErrorRow = {
  readonly code: AwsErrorCode;
  readonly says: string;
  /** One line. `{profile}` is the profile in question, other names in braces are groups of `words`. */
  readonly hint: string;
  /** AWS's codes that mean this. */
  readonly codes?: readonly string[];
  /** Codes that mean this where no row names them. */
  readonly like?: RegExp;
  /** Operations that this is about, where the CLI names one. */
  readonly operations?: readonly string[];
  /** What the message has to say besides. */
  readonly words?: RegExp;
};

/** A failure as it is told. */
export type AwsProblem = { readonly code: AwsErrorCode; readonly says: string; readonly hint: string };

/**
 * The kind of a failure: the first row that names its code, else the first whose pattern the code has, else the first
 * for the CLI's own words.
 *
 * @param profile the one that the command runs with, where it is known
 */
export const awsProblem = (
  words: AwsWords,
  rows: readonly ErrorRow[],
  profile?: string | undefined,
): AwsProblem | undefined => {
  const { code } = words;
  const told = (fits: (row: ErrorRow) => boolean): AwsProblem | undefined => {
    for (const row of rows) {
      const values = fits(row) ? valuesOf(row, words) : undefined;
      if (values !== undefined)
        return { code: row.code, says: row.says, hint: filled(row.hint, { profile, ...values }) };
    }
    return undefined;
  };
  if (code === undefined) return told(({ codes, like }) => codes === undefined && like === undefined);
  return told(({ codes }) => codes?.includes(code) === true) ?? told(({ like }) => like?.test(code) === true);
};

type Values = Readonly<Record<string, string | undefined>>;

// What a row's pattern has found; nothing where the row is about something else, or a value is none that may be quoted.
const valuesOf = ({ operations, words }: ErrorRow, { operation, message }: AwsWords): Values | undefined => {
  if (operations !== undefined && !operations.includes(operation ?? "")) return undefined;
  if (words === undefined) return {};
  const found = words.exec(message);
  if (found === null) return undefined;
  const values = Object.entries(found.groups ?? {});
  return values.every(([name, value]) => isQuotable(name, value)) ? { ...found.groups } : undefined;
};

/** What may stand in a hint though AWS has said it: values that cannot be read as anything else. */
const QUOTABLE: Readonly<Record<string, RegExp>> = {
  profile: /^[A-Za-z0-9][\w.@+-]{0,63}$/,
  region: /^[a-z]{2,4}(?:-[a-z]{2,12}){1,3}-\d{1,2}$/,
};

const isQuotable = (name: string, value: string | undefined): boolean => QUOTABLE[name]?.test(value ?? "") === true;

const filled = (hint: string, values: Values): string =>
  hint.replace(/\{(\w+)\}/g, (_, name: string) =>
    isQuotable(name, values[name]) ? (values[name] ?? "") : name.toUpperCase(),
  );
