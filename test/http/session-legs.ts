import { Client, SSEClientTransport, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { Client as LegacyClient } from "@modelcontextprotocol/sdk/client/index.js";
import { SSEClientTransport as LegacySse } from "@modelcontextprotocol/sdk/client/sse.js";
import { StreamableHTTPClientTransport as LegacyHttp } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { ElicitRequestSchema } from "@modelcontextprotocol/sdk/types.js";
import type { PipelineOutput } from "../../src/server/output-schema.js";
import type { CallOptions, Settings } from "../server/clients.js";

/** What the person says; a test puts it here before the call. */
export type Person = {
  says: { action: "accept" | "decline" | "cancel"; content?: Record<string, boolean> };
  readonly saw: string[];
};

/** A client whose person can be asked. */
export type Reached = {
  readonly client: Pick<
    Client,
    "listTools" | "listResources" | "readResource" | "listPrompts" | "getPrompt" | "complete"
  >;
  readonly protocol: string | undefined;
  readonly person: Person;
  readonly run: (command: string, options?: CallOptions, more?: object) => Promise<PipelineOutput>;
  /** Methods of the notifications so far. */
  readonly heard: () => readonly string[];
  readonly close: () => Promise<void>;
};

/** A way from a client to the server. */
export type Leg = {
  readonly name: string;
  readonly settings: Settings;
  readonly connect: (url: URL, token: string) => Promise<Reached>;
  /** How a person is asked: as a call's result, with a request of the server's own, or not at all. */
  readonly asks: "result" | "request" | "never";
};

const newPerson = (): Person => ({ says: { action: "decline" }, saw: [] });

const headers = (token: string) => ({ requestInit: { headers: { authorization: `Bearer ${token}` } } });

type Transport = Parameters<Client["connect"]>[0];
type LegacyTransport = Parameters<LegacyClient["connect"]>[0];

const modern = async (transport: Transport): Promise<Reached> => {
  const [person, heard]: [Person, string[]] = [newPerson(), []];
  const client = new Client(
    { name: "test", version: "1" },
    { versionNegotiation: { mode: "auto" }, capabilities: { elicitation: { form: {} } } },
  );
  client.fallbackNotificationHandler = async ({ method }) => void heard.push(method);
  client.setRequestHandler("elicitation/create", async ({ params }) => {
    person.saw.push(params.message);
    return person.says;
  });
  await client.connect(transport);
  return {
    ...{ client, person },
    protocol: client.getNegotiatedProtocolVersion(),
    run: async (command, options, more) => {
      const call = { name: "aws_cli_pipeline", arguments: { command, ...more } };
      // The server has checked its answer against this very schema.
      return (await client.callTool(call, options)).structuredContent as unknown as PipelineOutput;
    },
    heard: () => heard,
    close: () => client.close(),
  };
};

const legacy = async (transport: LegacyTransport): Promise<Reached> => {
  const [person, heard]: [Person, string[]] = [newPerson(), []];
  const client = new LegacyClient({ name: "test", version: "1" }, { capabilities: { elicitation: {} } });
  client.fallbackNotificationHandler = async ({ method }) => void heard.push(method);
  client.setRequestHandler(ElicitRequestSchema, async ({ params }) => {
    person.saw.push(params.message);
    return person.says;
  });
  await client.connect(transport);
  return {
    // What the tests ask both majors for has the same shape in both.
    ...{ client: client as unknown as Reached["client"], person },
    protocol: undefined,
    run: async (command, options, more) => {
      const call = { name: "aws_cli_pipeline", arguments: { command, ...more } };
      return (await client.callTool(call, undefined, options)).structuredContent as unknown as PipelineOutput;
    },
    heard: () => heard,
    close: () => client.close(),
  };
};

const sse = { AWS_MCP_TRANSPORT: "sse" };
const sessions = { AWS_MCP_HTTP_SESSIONS: "on" };

/** The 1.x client's types are not exact about optional properties. */
const legacyHttp = (url: URL, token: string) => legacy(new LegacyHttp(url, headers(token)) as LegacyTransport);
const modernHttp = (url: URL, token: string) => modern(new StreamableHTTPClientTransport(url, headers(token)));

/** Every leg: 2026-07-28 as it is, the 2025 era with and without sessions, HTTP+SSE with both SDK majors. */
export const LEGS: readonly Leg[] = [
  {
    name: "SSE, SDK 1.x",
    settings: sse,
    connect: (url, token) => legacy(new LegacySse(url, headers(token))),
    asks: "request",
  },
  {
    name: "SSE, SDK 2.x",
    settings: sse,
    connect: (url, token) => modern(new SSEClientTransport(url, headers(token))),
    asks: "request",
  },
  { name: "sessions, SDK 1.x", settings: sessions, connect: legacyHttp, asks: "request" },
  { name: "2026-07-28 beside sessions, SDK 2.x", settings: sessions, connect: modernHttp, asks: "result" },
  { name: "no sessions, SDK 1.x", settings: {}, connect: legacyHttp, asks: "never" },
  { name: "2026-07-28, SDK 2.x", settings: {}, connect: modernHttp, asks: "result" },
];
