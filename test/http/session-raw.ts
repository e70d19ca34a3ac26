import type { Message } from "../server/approval-raw.js";

/** The answer to a request of 2026-07-28 that is sent without an SDK's client. */
export const post = async (
  url: URL,
  token: string,
  message: { readonly method: string; readonly params: { readonly name: string } },
): Promise<Message> => {
  const answer = await fetch(url, {
    method: "POST",
    headers: {
      ...headersOf(token),
      "mcp-protocol-version": "2026-07-28",
      "mcp-method": message.method,
      "mcp-name": message.params.name,
    },
    body: JSON.stringify(message),
  });
  return lastMessage(await answer.text());
};

/** What every request has that is JSON. */
export const headersOf = (token: string) => ({
  authorization: `Bearer ${token}`,
  "content-type": "application/json",
  accept: "application/json, text/event-stream",
});

/** The last message of an answer, which is JSON or a stream of events. */
export const lastMessage = (text: string): Message => {
  const events = [...text.matchAll(/^data: (.*)$/gm)];
  return JSON.parse(events.at(-1)?.[1] ?? text) as Message;
};

/** The request with which a session of the 2025 era begins. */
export const INITIALIZE = {
  jsonrpc: "2.0",
  id: 0,
  method: "initialize",
  params: { protocolVersion: "2025-06-18", capabilities: {}, clientInfo: { name: "test", version: "1" } },
};

/** A call of `aws_cli_pipeline` in the 2025 era. */
export const callOf = (id: number | string, command: string) => ({
  jsonrpc: "2.0",
  id,
  method: "tools/call",
  params: { name: "aws_cli_pipeline", arguments: { command } },
});

/** What a client says that no longer wants an answer. */
export const cancelOf = (requestId: number | string) => ({
  jsonrpc: "2.0",
  method: "notifications/cancelled",
  params: { requestId },
});
