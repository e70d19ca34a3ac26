import { z } from "zod";
import { targetOutput } from "./fan-out/targets-schema.js";

const error = z.object({
  kind: z.enum(["problem", "refusal", "failure"]),
  code: z.string(),
  message: z.string(),
  hint: z.string(),
});

const stage = z.object({
  name: z.string(),
  exit_code: z.int().optional(),
  signal: z.string().optional(),
  /** How often xargs ran its command. */
  runs: z.int().optional(),
  duration_ms: z.number(),
  stderr: z.string().optional(),
  /** What held it in, by name. */
  enforced: z.array(z.string()),
});

const files = {
  dropped: z.object({ bytes: z.int(), exact: z.boolean() }).optional(),
  /** All of the output where it did not fit, as a file for commands and as a resource. */
  result: z.object({ id: z.string(), file: z.string(), uri: z.string(), bytes: z.int() }).optional(),
  /** Files that came into the workspace, and those that did not. */
  written: z.array(z.string()).optional(),
  left_out: z.array(z.object({ path: z.string(), reason: z.string() })).optional(),
};

const identity = z.object({
  profile: z.string(),
  region: z.string(),
  /** Twelve digits, and the caller's ARN; left out where AWS does not say. */
  account: z.string().optional(),
  arn: z.string().optional(),
});

/** One of several pipelines. */
const part = z.object({
  command: z.string(),
  /** Its output went into the words of another command. */
  substitution: z.boolean().optional(),
  status: z.enum(["success", "error", "skipped", "not-run"]),
  exit_code: z.int().optional(),
  output: z.string(),
  stages: z.array(stage),
  duration_ms: z.number().optional(),
  ...files,
  error: error.optional(),
});

const status = z.enum(["success", "partial", "error"]);

/** What the answer to one command has. */
const plain = {
  output: z.string(),
  duration_ms: z.number().optional(),
  ...files,
  /** The output, where it is one small JSON object or array. */
  json: z.unknown().optional(),
  /** As whom, and where, the aws commands ran. */
  identities: z.array(identity).optional(),
  /** How many secrets are hidden in the answer. */
  redacted: z.int().optional(),
  /** What was left out of the text before it was read, or of the call. */
  notes: z.array(z.string()).optional(),
  warnings: z.array(z.string()).optional(),
  error: error.optional(),
};

/** What `aws_cli_pipeline` answers as data. */
export const pipelineOutput = z.object({
  /** `partial`: of several commands or places some have failed. */
  status,
  ...plain,
  stages: z.array(stage),
  enforced: z.array(z.string()),
  /** Where the text has several, each one's result. */
  pipelines: z.array(part).optional(),
  /** Where the call has several commands or places, each one's result. */
  targets: z.array(targetOutput(plain)).optional(),
  /** Digest of the rules that judged the call. */
  policy: z.string(),
});

export type PipelineOutput = z.infer<typeof pipelineOutput>;

/** What `aws_cli_check` answers as data. */
export const checkOutput = z.object({
  verdict: z.enum(["allow", "ask", "deny", "problem"]),
  code: z.string(),
  message: z.string(),
  hint: z.string(),
  canonical: z.array(z.array(z.string())),
  effects: z.array(z.string()),
  policy: z.string(),
});

/** What `aws_cli_help` answers as data. */
export const helpOutput = z.object({ help_text: z.string(), policy: z.string() });
