import { Client } from "@modelcontextprotocol/client";
import { Client as LegacyClient } from "@modelcontextprotocol/sdk/client/index.js";
import { ResourceListChangedNotificationSchema } from "@modelcontextprotocol/sdk/types.js";
import { InMemoryTransport, McpServer } from "@modelcontextprotocol/server";
import { serveStdio } from "@modelcontextprotocol/server/stdio";
import type { KeptResults } from "../../../src/kept-results.js";
import { protocolOf } from "../../../src/server/results/protocol-of.js";
import { resultLinks } from "../../../src/server/results/result-links.js";
import { registerResultResources } from "../../../src/server/results/result-resources.js";
import { createRuns } from "../../../src/server/runs.js";
import { plainPresentation } from "./plain-presentation.js";

/** A client of a server that has kept results and a tool `links`, which answers with links to all of them. */
export type ResultClient = {
  readonly resources: () => Promise<readonly unknown[]>;
  readonly templates: () => Promise<readonly unknown[]>;
  readonly read: (uri: string) => Promise<{ readonly contents: readonly unknown[] }>;
  readonly complete: (variable: string, value: string, said?: Record<string, string>) => Promise<readonly string[]>;
  readonly links: () => Promise<readonly unknown[]>;
  /** How often the client has heard that the list has changed. */
  readonly heard: () => number;
  readonly close: () => Promise<void>;
};

/** A transport whose other end is served, to this owner of results. */
export const serveResults = (results: KeptResults, owner = "local"): InMemoryTransport => {
  const [mine, its] = InMemoryTransport.createLinkedPair();
  serveStdio(() => serverOf(results, owner), { transport: its });
  return mine;
};

const serverOf = (results: KeptResults, owner: string): McpServer => {
  const server = new McpServer({ name: "results", version: "1" });
  registerResultResources(server, {
    results,
    presentation: plainPresentation,
    runs: createRuns(),
    owner,
  });
  server.registerTool("links", {}, async (context) => ({
    content: await resultLinks(await results.list(owner), protocolOf(server, context), plainPresentation),
  }));
  return server;
};

const refTo = (variable: string) => ({
  type: "ref/resource" as const,
  uri: variable === "page" ? "awspipe://result/{id}/{page}" : "awspipe://result/{id}",
});

export const connectModern = async (results: KeptResults): Promise<ResultClient> => {
  const client = new Client({ name: "test", version: "1" }, { versionNegotiation: { mode: "auto" } });
  let heard = 0;
  client.setNotificationHandler("notifications/resources/list_changed", () => {
    heard += 1;
  });
  await client.connect(serveResults(results));
  await client.listen({ resourcesListChanged: true });
  return {
    resources: async () => (await client.listResources()).resources,
    templates: async () => (await client.listResourceTemplates()).resourceTemplates,
    read: (uri) => client.readResource({ uri }),
    complete: async (variable, value, said) =>
      (
        await client.complete({
          ref: refTo(variable),
          argument: { name: variable, value },
          context: { arguments: { ...said } },
        })
      ).completion.values,
    links: async () => (await client.callTool({ name: "links" })).content,
    heard: () => heard,
    close: () => client.close(),
  };
};

export const connectLegacy = async (results: KeptResults): Promise<ResultClient> => {
  const client = new LegacyClient({ name: "test", version: "1" });
  let heard = 0;
  client.setNotificationHandler(ResourceListChangedNotificationSchema, () => {
    heard += 1;
  });
  // The two SDKs have the same transport, each by its own name.
  await client.connect(serveResults(results) as unknown as Parameters<typeof client.connect>[0]);
  return {
    resources: async () => (await client.listResources()).resources,
    templates: async () => (await client.listResourceTemplates()).resourceTemplates,
    read: (uri) => client.readResource({ uri }),
    complete: async (variable, value, said) =>
      (
        await client.complete({
          ref: refTo(variable),
          argument: { name: variable, value },
          context: { arguments: { ...said } },
        })
      ).completion.values,
    // The client has read it as a tool's result, which has content.
    links: async () => (await client.callTool({ name: "links" })).content as readonly unknown[],
    heard: () => heard,
    close: () => client.close(),
  };
};

/** Messages of the 2025 era without an SDK's client. */
export const rawClient = async (
  transport: InMemoryTransport,
  protocolVersion: string,
): Promise<(method: string, params: Record<string, unknown>) => Promise<unknown>> => {
  const answers = new Map<unknown, (answer: unknown) => void>();
  transport.onmessage = (message) => {
    if ("id" in message) answers.get(message.id)?.("result" in message ? message.result : message);
  };
  const ask = (method: string, params: Record<string, unknown>) =>
    new Promise<unknown>((resolve) => {
      const id = answers.size + 1;
      answers.set(id, resolve);
      void transport.send({ jsonrpc: "2.0", id, method, params });
    });
  await transport.start();
  const clientInfo = { name: "test", version: "1" };
  await ask("initialize", { protocolVersion, capabilities: {}, clientInfo });
  await transport.send({ jsonrpc: "2.0", method: "notifications/initialized" });
  return ask;
};
