import type { ToolCall } from "../server/clients.js";

/** A protocol era, as it looks on the wire of Streamable HTTP. */
export type Era = {
  readonly name: string;
  readonly headers: (message: Message) => Readonly<Record<string, string>>;
  /** A call of a tool. */
  readonly call: (call: ToolCall, id?: unknown) => Message;
};

/** A JSON-RPC message, right or wrong. */
export type Message = Readonly<Record<string, unknown>>;

/** Costs the server little and must be answered. */
export const CHECK: ToolCall = { name: "aws_cli_check", arguments: { command: "echo a" } };

const ENVELOPE = {
  "io.modelcontextprotocol/protocolVersion": "2026-07-28",
  "io.modelcontextprotocol/clientInfo": { name: "test", version: "1" },
  "io.modelcontextprotocol/clientCapabilities": {},
};

const BOTH = { "content-type": "application/json", accept: "application/json, text/event-stream" };

export const modern: Era = {
  name: "2026-07-28",
  headers: ({ method, params }) => ({
    ...BOTH,
    "mcp-protocol-version": "2026-07-28",
    "mcp-method": String(method),
    "mcp-name": String((params as Message | undefined)?.name),
  }),
  call: (call, id = 1) => ({ jsonrpc: "2.0", id, method: "tools/call", params: { _meta: ENVELOPE, ...call } }),
};

export const legacy: Era = {
  name: "2025-11-25",
  headers: () => ({ ...BOTH, "mcp-protocol-version": "2025-11-25" }),
  call: (call, id = 1) => ({ jsonrpc: "2.0", id, method: "tools/call", params: call }),
};

export const eras: readonly Era[] = [modern, legacy];

export type Post = {
  readonly path?: string;
  readonly method?: string;
  /** Besides those of the connection and the body's length; undefined leaves one out that would be there. */
  readonly headers?: Readonly<Record<string, string | undefined>>;
  readonly body?: string | Uint8Array;
};

/** The bytes of a POST to the MCP endpoint on loopback. */
export const post = ({ path = "/mcp", method = "POST", headers = {}, body = "" }: Post): Buffer => {
  const bytes = Buffer.from(body);
  const all = { host: "localhost", "content-length": String(bytes.length), ...headers };
  const lines = Object.entries(all).flatMap(([name, value]) => (value === undefined ? [] : [`${name}: ${value}`]));
  return Buffer.concat([Buffer.from([`${method} ${path} HTTP/1.1`, ...lines, "", ""].join("\r\n"), "latin1"), bytes]);
};

/** The bytes of a call in an era's form. */
export const postCall = (era: Era, call: ToolCall, headers: Post["headers"] = {}): Buffer => {
  const message = era.call(call);
  return post({ headers: { ...era.headers(message), ...headers }, body: JSON.stringify(message) });
};

/** The JSON-RPC messages of an answer, whichever form it has. */
export const messagesOf = ({ body }: { readonly body: string }): readonly Message[] =>
  body.startsWith("{") || body.startsWith("[")
    ? [JSON.parse(body)].flat()
    : body.split("\n").flatMap((line) => (line.startsWith("data: {") ? [JSON.parse(line.slice(6))] : []));

/** The result of the call that was answered, as data. */
export const dataOf = (answer: { readonly body: string }): Message | undefined => {
  const [{ result } = {}] = messagesOf(answer).filter((message) => "result" in message);
  return (result as { structuredContent?: Message } | undefined)?.structuredContent;
};
