import type { McpServer, ServerContext } from "@modelcontextprotocol/server";
import { z } from "zod";
import type { CallOptions, EngineAnswer } from "../engine.js";
import { strip } from "../language/strip.js";
import { log } from "../log.js";
import { answerOf } from "./answer.js";
import { askPerson, askPersonNow, asksByResult, canAskPerson, personAnswer } from "./ask-person.js";
import { pipelineOutput } from "./output-schema.js";
import { reportProgress } from "./progress.js";
import type { ToolParts } from "./tool-parts.js";

const description = `Runs AWS CLI commands, piped through Unix filters where wanted, and returns their output. There is no shell, but these mean what they mean in sh: quotes, $'\\t', |, ;, &&, ||, 2>&1, 2>/dev/null, $(…), xargs, $AWS_REGION, $AWS_PROFILE. Refused: other variables, files as redirection targets, backticks, globs, loops. Put JMESPath and jq programs in single quotes.
What $(…) and xargs give fills option values, list elements, operands and S3 keys; it is never an option, a path or a program.
Reads and writes run. What deletes, runs code, passes a role, changes permissions, reveals a secret, carries data out of the account or turns a guard off needs a person's approval, written out and alone, or is refused, with a hint.
Files lie in the workspace, by relative name: aws s3 cp report.csv s3://b/, --item file://item.json, outfile out.json, then cat out.json; outfile - feeds the next stage.
Filters: jq grep sed awk sort uniq cut tr head tail wc column cat date and more.
Examples: aws s3 ls | sort | head -5
aws ec2 describe-instances --output json | jq -r '.Reservations[].Instances[].InstanceId'
aws s3api list-buckets --query 'Buckets[].Name' --output text | xargs -n 1 aws s3api get-bucket-location --bucket`;

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
  return reportProgress(context, seconds, async (progress) => {
    const run = (said: CallOptions["answer"]): Promise<EngineAnswer> =>
      runs.track(context.mcpReq.signal, (signal) =>
        engine.run(command, { ...call, signal, progress, ...(said === undefined ? {} : { answer: said }) }),
      );
    try {
      const answer = await run(personAnswer(context));
      if (answer.kind !== "ask" || !canAskPerson(server, context)) return toolResult(answer, command);
      log({ event: "asks", code: answer.checked.code, policy: answer.policy });
      if (asksByResult(context)) return askPerson(answer);
      return toolResult(await run(await askPersonNow(answer, context)), command);
    } catch (cause) {
      if (context.mcpReq.signal.aborted) throw cause;
      return bugResult(cause, engine.policy);
    }
  });
};

/** A mistake of ours: the operator reads what it was, the client that there was one. */
const bugResult = (cause: unknown, policy: string) => {
  const message = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
  log({ event: "call", status: "bug", code: "internal-error", message });
  const error = {
    kind: "failure" as const,
    code: "internal-error",
    message: "the server made a mistake, and the command may have run in part",
    hint: "look at what has changed before sending it again, and tell the operator, who finds the reason in the log",
  };
  const structured = { status: "error" as const, output: "", stages: [], enforced: [], policy, error };
  const text = `${error.kind} ${error.code}: ${error.message}\nhint: ${error.hint}`;
  return { isError: true, content: [{ type: "text" as const, text }], structuredContent: structured };
};

const toolResult = (answer: EngineAnswer, command: string) => {
  const { isError, text, structured } = answerOf(answer, strip(command).notes);
  log({
    event: "call",
    status: structured.status,
    code: structured.error?.code ?? "",
    ms: structured.duration_ms ?? 0,
    policy: structured.policy,
  });
  return { isError, content: [{ type: "text" as const, text }], structuredContent: structured };
};
