import { Client } from "@modelcontextprotocol/client";
import { StdioClientTransport } from "@modelcontextprotocol/client/stdio";
import { Client as LegacyClient } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport as LegacyTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { needServer } from "../provision/needs.js";

export type Settings = Readonly<Record<string, string>>;

export type ToolCall = { readonly name: string; readonly arguments: Readonly<Record<string, unknown>> };

export type CallOptions = {
  readonly signal?: AbortSignal;
  readonly onprogress?: (progress: { readonly progress: number; readonly total?: number | undefined }) => void;
};

export type Answer = {
  readonly isError: boolean;
  /** All text content. */
  readonly text: string;
  readonly data: unknown;
};

/** A client of either protocol era, connected to a server of its own. */
export type Connection = {
  readonly pid: number;
  readonly protocol: string | undefined;
  /** What the server has written to stderr so far. */
  readonly log: () => string;
  readonly tools: () => Promise<readonly unknown[]>;
  readonly call: (call: ToolCall, options?: CallOptions) => Promise<Answer>;
  /** What a server offers besides tools, asked with the same words in both eras. */
  readonly client: Pick<Client, Asked> | Pick<LegacyClient, Asked>;
  /** Notifications so far, by method. */
  readonly heard: () => readonly string[];
  readonly close: () => Promise<void>;
};

type Asked =
  | "listResources"
  | "listResourceTemplates"
  | "readResource"
  | "listPrompts"
  | "getPrompt"
  | "complete"
  | "getServerCapabilities";

/** What a client sees of its server, whatever lies between them. */
export type Connected = Omit<Connection, "pid" | "log">;

/** By `@modelcontextprotocol/client` 2.x, which finds out by itself what the server speaks. */
export const connectModern = async (settings: Settings): Promise<Connection> => {
  const transport = new StdioClientTransport(server(settings));
  const log = collect(transport.stderr);
  return { ...(await modernOver(transport)), pid: transport.pid ?? 0, log };
};

/** By `@modelcontextprotocol/sdk` 1.x, the era of 2025. */
export const connectLegacy = async (settings: Settings): Promise<Connection> => {
  const transport = new LegacyTransport(server(settings));
  const log = collect(transport.stderr);
  return { ...(await legacyOver(transport)), pid: transport.pid ?? 0, log };
};

/** A client of 2.x over any transport. */
export const modernOver = async (transport: Parameters<Client["connect"]>[0]): Promise<Connected> => {
  const client = new Client({ name: "test", version: "1" }, { versionNegotiation: { mode: "auto" } });
  const heard: string[] = [];
  client.fallbackNotificationHandler = async ({ method }) => void heard.push(method);
  await client.connect(transport);
  return {
    protocol: client.getNegotiatedProtocolVersion(),
    client,
    heard: () => heard,
    tools: async () => (await client.listTools()).tools,
    call: async ({ name, arguments: args }, options) =>
      answer(await client.callTool({ name, arguments: { ...args } }, options)),
    close: () => client.close(),
  };
};

/** A client of 1.x over any transport. */
export const legacyOver = async (transport: Parameters<LegacyClient["connect"]>[0]): Promise<Connected> => {
  const client = new LegacyClient({ name: "test", version: "1" });
  const heard: string[] = [];
  client.fallbackNotificationHandler = async ({ method }) => void heard.push(method);
  await client.connect(transport);
  return {
    protocol: undefined,
    client,
    heard: () => heard,
    tools: async () => (await client.listTools()).tools,
    call: async ({ name, arguments: args }, options) =>
      answer(await client.callTool({ name, arguments: { ...args } }, undefined, options)),
    close: () => client.close(),
  };
};

const server = (settings: Settings) => ({
  command: process.execPath,
  args: [needServer(), "serve"],
  env: { PATH: process.env.PATH ?? "", HOME: "/nonexistent", ...settings },
  stderr: "pipe" as const,
});

const collect = (
  stderr: { on: (event: "data", listener: (chunk: Buffer) => void) => unknown } | null,
): (() => string) => {
  let text = "";
  stderr?.on("data", (chunk) => {
    text += chunk.toString();
  });
  return () => text;
};

const answer = (result: Readonly<Record<string, unknown>>): Answer => ({
  isError: result.isError === true,
  text: Array.isArray(result.content)
    ? result.content.map((part: { text?: string }) => part.text ?? "").join("\n")
    : "",
  data: result.structuredContent,
});
