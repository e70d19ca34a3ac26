import { Agent, request } from "node:http";
import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { Client as LegacyClient } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport as LegacyTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { type Era, legacy, type Message, messagesOf, modern } from "../http/mcp-requests.js";
import type { Asked } from "./asked.js";

/** Somebody who sends one request after the other. Throws what a person would be shown. */
export type Caller = {
  readonly ask: (asked: Asked) => Promise<Readonly<Record<string, unknown>>>;
  readonly close: () => Promise<void>;
};

/** Marks a request for nginx's log (W3C Trace Context). */
export const traceOf = (number: number): string => `00-${number.toString(16).padStart(32, "0")}-00000000000000aa-01`;

/** By nothing but HTTP, on a connection that is kept. */
export const rawCaller = (url: URL, token: string, era: Era): Caller => {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  return {
    ask: async ({ number, method, params }) => {
      const envelope = era.call({ name: "", arguments: {} }, number);
      const message = { ...envelope, method, params: { ...Object(envelope.params), arguments: undefined, ...params } };
      const name = { "mcp-name": String(params.name ?? params.uri) };
      const headers = {
        ...era.headers(message),
        ...(era === modern ? name : {}),
        ...{ authorization: `Bearer ${token}`, traceparent: traceOf(number) },
      };
      const { status, body } = await post(url, agent, headers, JSON.stringify(message));
      const [answer] = status === 200 ? messagesOf({ body }) : [];
      if (answer?.id !== number || answer.result === undefined) throw new Error(`${status} ${body}`);
      // A result is an object (JSON-RPC as MCP has it).
      return answer.result as Message;
    },
    close: async () => agent.destroy(),
  };
};

const post = (
  url: URL,
  agent: Agent,
  headers: Readonly<Record<string, string>>,
  text: string,
): Promise<{ readonly status: number | undefined; readonly body: string }> =>
  new Promise((resolve, reject) => {
    const sent = request(url, { method: "POST", agent, headers }, (response) => {
      let body = "";
      response.setEncoding("utf8");
      response.on("data", (chunk: string) => {
        body += chunk;
      });
      response.once("error", reject);
      response.once("end", () => resolve({ status: response.statusCode, body }));
    });
    sent.once("error", reject);
    sent.end(text);
  });

/** By `@modelcontextprotocol/client` 2.x, protocol 2026-07-28; its person says yes to every question. */
export const modernCaller = async (url: URL, token: string): Promise<Caller> => {
  const client = new Client(
    { name: "test", version: "1" },
    { versionNegotiation: { mode: "auto" }, capabilities: { elicitation: { form: {} } } },
  );
  client.setRequestHandler("elicitation/create", async () => ({ action: "accept", content: { approve: true } }));
  const trace = traced(token);
  await client.connect(new StreamableHTTPClientTransport(url, { fetch: trace.fetch }));
  return {
    ask: async ({ number, method, params }) => {
      trace.is(number);
      // Each method takes the parameters that are asked with it.
      if (method === "prompts/get") return client.getPrompt(params as Parameters<Client["getPrompt"]>[0]);
      if (method === "resources/read") return client.readResource(params as Parameters<Client["readResource"]>[0]);
      const onprogress = (): void => undefined;
      return client.callTool(params as Parameters<Client["callTool"]>[0], number % 2 === 0 ? {} : { onprogress });
    },
    close: () => client.close(),
  };
};

/** By `@modelcontextprotocol/sdk` 1.x, protocol 2025-11-25. */
export const legacyCaller = async (url: URL, token: string): Promise<Caller> => {
  const client = new LegacyClient({ name: "test", version: "1" });
  const trace = traced(token);
  const transport = new LegacyTransport(url, { fetch: trace.fetch });
  // Its own types are not exact about optional properties.
  await client.connect(transport as Parameters<LegacyClient["connect"]>[0]);
  return {
    ask: async ({ number, method, params }) => {
      trace.is(number);
      // Each method takes the parameters that are asked with it.
      if (method === "prompts/get") return client.getPrompt(params as Parameters<LegacyClient["getPrompt"]>[0]);
      if (method === "resources/read")
        return client.readResource(params as Parameters<LegacyClient["readResource"]>[0]);
      const onprogress = (): void => undefined;
      const options = number % 2 === 0 ? {} : { onprogress };
      return client.callTool(params as Parameters<LegacyClient["callTool"]>[0], undefined, options);
    },
    close: () => client.close(),
  };
};

/** Proves who it is, and marks the requests of a client that asks one thing at a time. */
const traced = (token: string) => {
  let current = 0;
  return {
    is: (number: number): void => {
      current = number;
    },
    fetch: (url: string | URL, init: RequestInit = {}): Promise<Response> => {
      const headers = new Headers(init.headers);
      headers.set("authorization", `Bearer ${token}`);
      headers.set("traceparent", traceOf(current));
      return fetch(url, { ...init, headers });
    },
  };
};

export const ERAS: readonly Era[] = [modern, legacy];
