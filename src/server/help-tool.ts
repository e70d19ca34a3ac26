import type { McpServer, ServerContext } from "@modelcontextprotocol/server";
import { z } from "zod";
import { isName } from "../catalogue/command/read-command.js";
import type { Engine } from "../engine.js";
import { quoteArgv } from "../language/quote.js";
import { answerOf } from "./answer.js";
import type { NotesRefusals } from "./audit/refused-calls.js";
import { warningLines } from "./completed-answer.js";
import type { HelpCache } from "./help-cache.js";
import { helpOutput, type PipelineOutput } from "./output-schema.js";
import type { Runs } from "./runs.js";
import type { ToolParts } from "./tool-parts.js";

const input = z.object({
  service: z.string().describe("for example s3"),
  command: z.string().optional().describe("for example ls; omit for the service's operations"),
});

const HELP_MILLISECONDS = 60_000;

/** Registers `aws_cli_help`. */
export const registerHelpTool = (server: McpServer, parts: ToolParts & NotesRefusals): void => {
  const { engine, runs, helpCache: cache } = parts;
  server.registerTool(
    "aws_cli_help",
    {
      title: "AWS CLI help",
      description:
        "Returns the AWS CLI's help page of a service or of one of its commands: what it does, its options, examples.",
      inputSchema: input,
      outputSchema: helpOutput,
      annotations: { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false },
    },
    async ({ service, command }, context: ServerContext) => {
      const words = [service, ...(command === undefined || command === "" ? [] : command.trim().split(/ +/))];
      const bad = words.find((word) => !isName(word));
      if (bad !== undefined) {
        await noteMalformed(words, context, parts);
        return helpError(
          `problem aws-name-malformed: \`${bad}\` is no name of a service or command\nhint: write it in lower case, as in service \`ec2\`, command \`describe-instances\``,
          engine,
        );
      }
      return helpFor(words, context, engine, runs, cache);
    },
  );
};

const noteMalformed = async (
  words: readonly string[],
  { mcpReq }: ServerContext,
  { noteRefused }: NotesRefusals,
): Promise<void> =>
  noteRefused?.({
    request: String(mcpReq.id),
    commands: [quoteArgv(["aws", ...words, "help"])],
    code: "aws-name-malformed",
    readOnly: true,
  });

const helpFor = async (
  words: readonly string[],
  context: ServerContext,
  engine: Engine,
  runs: Runs,
  cache: HelpCache,
) => {
  const key = words.join(" ");
  const cached = cache.get(key);
  if (cached !== undefined) return helpText(cached, engine);
  const answer = await runs.track(context.mcpReq.signal, (signal) =>
    engine.runArgv(["aws", ...words, "help"], {
      ...{ milliseconds: HELP_MILLISECONDS, signal, sink: undefined },
      request: String(context.mcpReq.id),
    }),
  );
  const { isError, text, structured } = answerOf(answer);
  if (isError) return helpError(text, engine);
  const help = withoutOverstrikes(structured.output);
  if (structured.dropped !== undefined) return helpText(cutPage(help, key, structured), engine);
  // Others are given it as well: none of it may be missing for what this one may have.
  cache.set(key, help);
  return helpText(help, engine);
};

const cutPage = (help: string, key: string, { dropped, warnings = [] }: PipelineOutput): string =>
  [
    help.trimEnd(),
    `cut: the page has ${dropped?.exact === true ? "" : "at least "}${dropped?.bytes} more bytes`,
    ...warningLines(warnings),
    `hint: read on in the part that you need: \`aws ${key} help | grep -A 20 PATTERN\``,
  ].join("\n");

// grotty(1) prints bold as a character, a backspace and the same character, underlined with `_`.
const withoutOverstrikes = (text: string): string => text.replace(/.\u0008/gu, "");

const helpText = (text: string, { policy }: Engine) => ({
  content: [{ type: "text" as const, text }],
  structuredContent: { help_text: text, policy },
});

const helpError = (text: string, engine: Engine) => ({ isError: true, ...helpText(text, engine) });
