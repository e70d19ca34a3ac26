import type { McpServer, ServerContext } from "@modelcontextprotocol/server";
import { z } from "zod";
import type { Engine } from "../engine.js";
import { log } from "../log.js";
import { answerOf } from "./answer.js";
import { pipelineOutput } from "./output-schema.js";
import { reportProgress } from "./progress.js";
import type { Runs } from "./runs.js";

const description = `Runs one AWS CLI command, optionally piped through Unix filters, and returns its output. There is no shell: quotes and | work as in sh; ;, &&, >, $VAR, $(…), backticks and globs are refused. Put JMESPath and jq programs in single quotes.
Reads and writes run. What deletes, runs code, passes a role, changes permissions, reveals a secret, carries data out of the account or turns a guard off needs a person's approval or is refused, with a hint.
Files lie in the workspace, by relative name: aws s3 cp report.csv s3://b/, --item file://item.json, outfile out.json, then cat out.json; outfile - feeds the next stage.
Filters: jq grep egrep fgrep sort uniq cut tr head tail wc column cat base64 date echo.
Examples: aws s3 ls | sort | head -5
aws ec2 describe-instances --output json | jq -r '.Reservations[].Instances[].InstanceId'`;

const input = z.object({
  command: z.string().describe("the complete command"),
  timeout: z.int().min(1).max(86_400).optional().describe("seconds it may take"),
});

/** Registers `aws_cli_pipeline`. */
export const registerPipelineTool = (server: McpServer, engine: Engine, runs: Runs, timeoutSeconds: number): void => {
  server.registerTool(
    "aws_cli_pipeline",
    {
      title: "AWS CLI pipeline",
      description,
      inputSchema: input,
      outputSchema: pipelineOutput,
      annotations: { readOnlyHint: false, destructiveHint: true, idempotentHint: false, openWorldHint: true },
    },
    async ({ command, timeout }, context: ServerContext) => {
      const seconds = Math.min(timeout ?? timeoutSeconds, MOST_SECONDS);
      const answer = await reportProgress(context, seconds, () =>
        runs.track(context.mcpReq.signal, (signal) =>
          engine.run(command, { milliseconds: seconds * 1000, signal, sink: undefined }),
        ),
      );
      const { isError, text, structured } = answerOf(answer);
      log({
        event: "call",
        status: structured.status,
        code: structured.error?.code ?? "",
        ms: structured.duration_ms ?? 0,
      });
      return { isError, content: [{ type: "text", text }], structuredContent: structured };
    },
  );
};

// setTimeout takes 2^31-1 milliseconds at most; a day is what the schema allows.
const MOST_SECONDS = 86_400;
