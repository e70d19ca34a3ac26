import type { McpServer } from "@modelcontextprotocol/server";
import { z } from "zod";
import { commandInput, profilesInput, regionsInput } from "./fan-out/fan-out-input.js";
import { pipelineOutput } from "./output-schema.js";
import { runTool } from "./run-tool.js";
import type { ToolParts } from "./tool-parts.js";

const description = `Runs AWS CLI commands, piped through Unix filters where wanted, and returns their output. There is no shell, but these mean what they mean in sh: quotes, $'\\t', |, ;, &&, ||, 2>&1, 2>/dev/null, $(…), xargs, $AWS_REGION, $AWS_PROFILE. Refused: other variables, files as redirection targets, backticks, globs, loops. Put JMESPath and jq programs in single quotes.
What $(…) and xargs give fills option values, list elements, operands and S3 keys; it is never an option, a path or a program.
Reads and writes run. What deletes, runs code, passes a role, changes permissions, reveals a secret, carries data out of the account or turns a guard off needs a person's approval, written out and alone, or is refused, with a hint.
Files lie in the workspace, by relative name: aws s3 cp report.csv s3://b/, --item file://item.json, outfile out.json, then cat out.json; outfile - feeds the next stage.
Long output is kept: cat @result/ID | jq . goes on with it. regions and profiles run a command once in each, a list of commands one after the other; each has its own status, and nobody is asked.
Filters: jq grep sed awk sort uniq cut tr head tail wc column cat date and more.
Examples: aws s3 ls | sort | head -5
aws ec2 describe-instances --output json | jq -r '.Reservations[].Instances[].InstanceId'
aws s3api list-buckets --query 'Buckets[].Name' --output text | xargs -n 1 aws s3api get-bucket-location --bucket`;

const input = z.object({
  command: commandInput,
  regions: regionsInput,
  profiles: profilesInput,
  timeout: z.int().min(1).max(86_400).optional().describe("seconds for the whole call"),
});

/** What a call of `aws_cli_pipeline` or `aws_cli_read` may say. */
export type PipelineInput = z.output<typeof input>;

/** Registers `aws_cli_pipeline`, and `aws_cli_read`, which is the same judged as in mode read-only. */
export const registerPipelineTools = (server: McpServer, parts: ToolParts): void => {
  const schemas = { inputSchema: input, outputSchema: pipelineOutput };
  server.registerTool(
    "aws_cli_pipeline",
    {
      title: "AWS CLI pipeline",
      description,
      ...schemas,
      annotations: { readOnlyHint: false, destructiveHint: true, idempotentHint: false, openWorldHint: true },
    },
    (args, context) => runTool({ server, parts, context }, args, false),
  );
  server.registerTool(
    "aws_cli_read",
    {
      title: "AWS CLI read",
      description:
        "aws_cli_pipeline for reads alone: what changes something, reveals a secret or writes a file is refused.",
      ...schemas,
      annotations: { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: true },
    },
    (args, context) => runTool({ server, parts, context }, args, true),
  );
};
