import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Reply } from "./reply-server.js";

/**
 * A failure of the AWS CLI: how it is brought about, what the real CLI has printed, and what is told about it. A new row
 * needs the first half; `AWSPIPE_RECORD_ERRORS=ID` (a regular expression) has the tests run those rows and write the table.
 */
export type RecordedError = {
  readonly id: string;
  /** What stands behind `aws`. */
  readonly command: readonly string[];
  /** What the service answers; nothing listens where there is none. */
  readonly reply?: Reply;
  /** What the CLI's environment has besides or instead; an empty value takes a variable out. */
  readonly environment?: Readonly<Record<string, string>>;
  /** It is the engine's own look-up of credentials that fails, before the stage exists. */
  readonly when?: "credentials";
  /** The tests run it anew each time. */
  readonly live?: boolean;
  readonly exit: number;
  /** What is on the error stream with `cli_error_format` json and legacy. */
  readonly structured: string;
  readonly prose: string;
  readonly code: string;
  readonly hint: string;
};

export const TABLE = fileURLToPath(new URL("errors.jsonl", import.meta.url));

export const recordedErrors = (): readonly RecordedError[] =>
  readFileSync(TABLE, "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
