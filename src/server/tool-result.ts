import type { CallToolResult } from "@modelcontextprotocol/server";
import type { KeptResult } from "../kept-result.js";
import { log } from "../log.js";
import type { Answer } from "./answer.js";
import { protocolOf } from "./results/protocol-of.js";
import { resultLinks } from "./results/result-links.js";
import type { Called } from "./run-tool.js";
import { type InlineFiles, NO_FILES } from "./written-files/inline-files.js";

/**
 * An answer as the result of a tool call, with the files that go with it and links to the output that did not fit into it. The operator's log hears
 * nothing of it: what was run is in the audit log, which is stderr where no file is named.
 */
export const toolResult = async (
  { isError, text, structured }: Answer,
  { kept, files = NO_FILES }: Beside,
  { server, parts, context }: Called,
): Promise<CallToolResult> => {
  const links = await resultLinks(kept, protocolOf(server, context), parts.presentation);
  return { isError, content: [{ type: "text", text }, ...files.blocks, ...links], structuredContent: structured };
};

/** What an answer has besides its text. */
type Beside = { readonly kept: readonly KeptResult[]; readonly files?: InlineFiles };

/** A mistake of ours: the operator reads what it was, the client that there was one. */
export const bugResult = (cause: unknown, policy: string) => {
  const message = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
  log({ event: "bug", code: "internal-error", message });
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
