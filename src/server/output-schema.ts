import { z } from "zod";

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
  duration_ms: z.number(),
  stderr: z.string().optional(),
  /** What held it in, by name. */
  enforced: z.array(z.string()),
});

/** What `aws_cli_pipeline` answers as data. */
export const pipelineOutput = z.object({
  status: z.enum(["success", "error"]),
  output: z.string(),
  stages: z.array(stage),
  duration_ms: z.number().optional(),
  dropped: z.object({ bytes: z.int(), exact: z.boolean() }).optional(),
  spool: z.string().optional(),
  enforced: z.array(z.string()),
  /** Files that came into the workspace, and those that did not. */
  written: z.array(z.string()).optional(),
  left_out: z.array(z.object({ path: z.string(), reason: z.string() })).optional(),
  warnings: z.array(z.string()).optional(),
  /** Digest of the rules that judged the call. */
  policy: z.string(),
  error: error.optional(),
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
