import { Client, InMemoryTransport } from "@modelcontextprotocol/client";
import { Client as LegacyClient } from "@modelcontextprotocol/sdk/client/index.js";
import { McpServer } from "@modelcontextprotocol/server";
import { serveStdio } from "@modelcontextprotocol/server/stdio";
import { preparePrompts, registerPrompts } from "../../../src/server/prompts/register-prompts.js";
import { ruleBook } from "../../policy/rule-book.js";
import { NOW, REGIONS } from "./rendered.js";

/** What the tests ask of a server's prompts, by either major version of the SDK. */
export type PromptClient = {
  readonly protocol: string | undefined;
  readonly capabilities: () => unknown;
  readonly list: () => Promise<readonly unknown[]>;
  readonly get: (name: string, given?: Readonly<Record<string, string>>) => Promise<unknown>;
  /** @param others arguments that are filled in already */
  readonly complete: (
    name: string,
    argument: string,
    value: string,
    others?: Readonly<Record<string, string>>,
  ) => Promise<{
    readonly values: readonly string[];
    readonly total: number | undefined;
    readonly hasMore: boolean | undefined;
  }>;
  readonly close: () => Promise<void>;
};

/** By `@modelcontextprotocol/client` 2.x, which takes the newest protocol that both speak. */
export const connectModern = async (): Promise<PromptClient> => {
  const client = new Client({ name: "test", version: "1" }, { versionNegotiation: { mode: "auto" } });
  await client.connect(served());
  return {
    ...asking(client),
    protocol: client.getNegotiatedProtocolVersion(),
  };
};

/** By `@modelcontextprotocol/sdk` 1.x, the era of 2025. */
export const connectLegacy = async (): Promise<PromptClient> => {
  const client = new LegacyClient({ name: "test", version: "1" });
  // Both majors say the same of a transport, with types of their own.
  await client.connect(served() as unknown as Parameters<typeof client.connect>[0]);
  // The methods that are asked for here are the same in both.
  return { ...asking(client as unknown as Client), protocol: undefined };
};

const asking = (client: Client): Omit<PromptClient, "protocol"> => ({
  capabilities: () => client.getServerCapabilities(),
  list: async () => (await client.listPrompts()).prompts,
  get: (name, given = {}) => client.getPrompt({ name, arguments: { ...given } }),
  complete: async (name, argument, value, others) => {
    const { completion } = await client.complete({
      ref: { type: "ref/prompt", name },
      argument: { name: argument, value },
      ...(others === undefined ? {} : { context: { arguments: { ...others } } }),
    });
    return { values: completion.values, total: completion.total, hasMore: completion.hasMore };
  },
  close: () => client.close(),
});

const served = (): InMemoryTransport => {
  const [ours, theirs] = InMemoryTransport.createLinkedPair();
  serveStdio(
    () => {
      const server = new McpServer(
        { name: "test", version: "1" },
        { capabilities: { prompts: { listChanged: false } } },
      );
      registerPrompts(server, preparePrompts({ book: ruleBook(), regions: REGIONS, now: () => NOW }));
      return server;
    },
    { transport: theirs },
  );
  return ours;
};
