import type { McpServer, ServerContext } from "@modelcontextprotocol/server";
import { z } from "zod";
import type { CallOptions, EngineAnswer } from "../engine.js";
import { log } from "../log.js";
import { answerOf } from "./answer.js";
import { askPerson, askPersonNow, asksByResult, canAskPerson, personAnswer } from "./ask-person.js";
import { pipelineOutput } from "./output-schema.js";
import { reportProgress } from "./progress.js";
import type { ToolParts } from "./tool-parts.js";

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
    (args, context) => runTool(server, parts, args, context, false),
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
    (args, context) => runTool(server, parts, args, context, true),
  );
};

const runTool = (
  server: McpServer,
  { engine, runs, timeoutSeconds }: ToolParts,
  { command, timeout }: z.output<typeof input>,
  context: ServerContext,
  readOnly: boolean,
) => {
  const seconds = timeout ?? timeoutSeconds;
  // Nobody else is at the other end of a pipe.
  const principal = context.http?.authInfo?.clientId ?? "local";
  const call: Omit<CallOptions, "signal"> = { milliseconds: seconds * 1000, sink: undefined, readOnly, principal };
  const run = (said: CallOptions["answer"]): Promise<EngineAnswer> =>
    runs.track(context.mcpReq.signal, (signal) =>
      engine.run(command, { ...call, signal, ...(said === undefined ? {} : { answer: said }) }),
    );
  return reportProgress(context, seconds, async () => {
    const answer = await run(personAnswer(context));
    if (answer.kind !== "ask" || !canAskPerson(server, context)) return toolResult(answer);
    log({ event: "asks", code: answer.checked.code, policy: answer.policy });
    if (asksByResult(context)) return askPerson(answer);
    return toolResult(await run(await askPersonNow(answer, context)));
  });
};

const toolResult = (answer: EngineAnswer) => {
  const { isError, text, structured } = answerOf(answer);
  log({
    event: "call",
    status: structured.status,
    code: structured.error?.code ?? "",
    ms: structured.duration_ms ?? 0,
    policy: structured.policy,
  });
  return { isError, content: [{ type: "text" as const, text }], structuredContent: structured };
};
