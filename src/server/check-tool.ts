import type { McpServer, ServerContext } from "@modelcontextprotocol/server";
import { z } from "zod";
import type { Checked } from "../check.js";
import { strip } from "../language/strip.js";
import { oneLine } from "../language/visible.js";
import { checkOutput } from "./output-schema.js";
import { presentCheck } from "./redact/present.js";
import type { ToolParts } from "./tool-parts.js";

const input = z.object({ command: z.string().describe("the complete command") });

/** Registers `aws_cli_check`. */
export const registerCheckTool = (server: McpServer, { engine, runs, redact }: ToolParts): void => {
  server.registerTool(
    "aws_cli_check",
    {
      title: "AWS CLI check",
      description: "Says whether aws_cli_pipeline would run a command, ask a person or refuse, and why. Runs nothing.",
      inputSchema: input,
      outputSchema: checkOutput,
      annotations: { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: true },
    },
    async ({ command }, context: ServerContext) => {
      const judged = await runs.track(context.mcpReq.signal, (signal) =>
        engine.check(command, { signal, request: String(context.mcpReq.id) }),
      );
      const checked = onOneLine(await presentCheck(judged, redact));
      const { excerpt: _, runs: __, canonical, effects, ...rest } = checked;
      return {
        content: [{ type: "text" as const, text: `${notesOf(command)}${checkedText(checked)}` }],
        structuredContent: { ...rest, canonical: canonical.map((argv) => [...argv]), effects: [...effects] },
      };
    },
  );
};

// What a file says may stand in a message.
const onOneLine = (checked: Checked): Checked => ({
  ...checked,
  message: oneLine(checked.message),
  hint: oneLine(checked.hint),
  runs: oneLine(checked.runs),
});

const notesOf = (command: string): string =>
  strip(command)
    .notes.map((note) => `note: ${note}\n`)
    .join("");

const checkedText = ({ verdict, code, message, hint, excerpt, runs, effects, policy }: Checked): string =>
  [
    `verdict: ${verdict}`,
    ...(verdict === "allow" ? [] : [`${code}: ${message}`, excerpt, `hint: ${hint}`]),
    ...(runs === "" ? [] : [`runs: ${runs}`]),
    ...(effects.length === 0 ? [] : [`effects: ${effects.join(", ")}`]),
    `policy: ${policy.slice(0, 12)}`,
  ]
    .filter((line) => line !== "")
    .join("\n");
