import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "@modelcontextprotocol/client";
import { Client as LegacyClient } from "@modelcontextprotocol/sdk/client/index.js";
import { InMemoryTransport, McpServer } from "@modelcontextprotocol/server";
import { serveStdio } from "@modelcontextprotocol/server/stdio";
import { createEngine } from "../../../src/engine.js";
import { compileTexts } from "../../../src/server/resources/compile-texts.js";
import { loadTexts } from "../../../src/server/resources/resource-texts.js";
import {
  createResources,
  type Resources,
  type ResourcesParts,
  registerResources,
} from "../../../src/server/resources/resources.js";
import { createRuns } from "../../../src/server/runs.js";
import { readSettings } from "../../../src/settings.js";
import { loadRuleBook } from "../../../src/start-engine.js";
import { type BenchSettings, benchMachine } from "../../executor/bench-machine.js";
import { needAws } from "../../provision/needs.js";

/** What a server with these settings makes its resources of. */
export type ResourceBench = {
  readonly parts: ResourcesParts;
  readonly resources: Resources;
  /** Reads a resource of JSON without a client. */
  readonly read: (uri: string) => Promise<unknown>;
  readonly remove: () => void;
};

export type BenchStart = {
  /** The operator's environment, settings included; HOME is the bench's own. */
  readonly environment?: NodeJS.ProcessEnv;
  /** Files in `~/.aws`, by name. */
  readonly files?: Readonly<Record<string, string>>;
  readonly now?: () => number;
  readonly change?: (parts: ResourcesParts) => ResourcesParts;
};

export const startResources = async ({
  environment = {},
  files = {},
  now = Date.now,
  change = (parts) => parts,
}: BenchStart = {}): Promise<ResourceBench> => {
  const isSetting = ([name]: readonly [string, unknown]) => name.startsWith("AWS_MCP_");
  const settings = readSettings(Object.fromEntries(Object.entries(environment).filter(isSetting)));
  const operator = { AWS_EC2_METADATA_DISABLED: "true", ...environment };
  const chosen: Partial<BenchSettings> = { cli: needAws(), operator, now };
  const bench = benchMachine(chosen);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(bench.home, ".aws", name), text);
  const { machine, seals } = bench;
  const book = await loadRuleBook(settings, machine.operator, machine.workspace);
  const engine = createEngine({ ...bench.settings, book, machine, seals });
  const texts = mkdtempSync(join(tmpdir(), "awspipe-texts-"));
  compileTexts(join(import.meta.dirname, "../../../grammar"), texts);
  const parts = change({
    engine,
    book,
    machine,
    settings,
    operator: machine.operator,
    now,
    texts: () => loadTexts(texts),
  });
  const resources = createResources(parts);
  return {
    parts,
    resources,
    read: async (uri) => {
      const text = await resources.all.find((each) => each.uri === uri)?.read(new AbortController().signal);
      return JSON.parse(text ?? "");
    },
    remove: () => {
      bench.remove();
      rmSync(texts, { recursive: true, force: true });
    },
  };
};

/** A client of either protocol era on a server with nothing but the resources. */
export type ResourceClient = {
  readonly protocol: string | undefined;
  readonly list: () => Promise<readonly Readonly<Record<string, unknown>>[]>;
  readonly templates: () => Promise<readonly Readonly<Record<string, unknown>>[]>;
  /** The whole result. */
  readonly read: (uri: string, signal?: AbortSignal) => Promise<Readonly<Record<string, unknown>>>;
  readonly complete: (uri: string, name: string, value: string) => Promise<readonly string[]>;
  readonly close: () => Promise<void>;
};

const serve = (resources: Resources): InMemoryTransport => {
  const [near, far] = InMemoryTransport.createLinkedPair();
  const runs = createRuns();
  serveStdio(
    () => {
      const server = new McpServer({ name: "test", version: "1" });
      registerResources(server, resources, runs);
      return server;
    },
    { transport: far },
  );
  return near;
};

const completion = (uri: string, name: string, value: string) => ({
  ref: { type: "ref/resource" as const, uri },
  argument: { name, value },
});

/** By `@modelcontextprotocol/client` 2.x. */
export const modernClient = async (resources: Resources): Promise<ResourceClient> => {
  const client = new Client({ name: "test", version: "1" }, { versionNegotiation: { mode: "auto" } });
  await client.connect(serve(resources));
  return {
    protocol: client.getNegotiatedProtocolVersion(),
    list: async () => (await client.listResources()).resources,
    templates: async () => (await client.listResourceTemplates()).resourceTemplates,
    read: (uri, signal) => client.readResource({ uri }, signal === undefined ? {} : { signal }),
    complete: async (...asked) => (await client.complete(completion(...asked))).completion.values,
    close: () => client.close(),
  };
};

/** By `@modelcontextprotocol/sdk` 1.x, the era of 2025. */
export const legacyClient = async (resources: Resources): Promise<ResourceClient> => {
  const client = new LegacyClient({ name: "test", version: "1" });
  await client.connect(serve(resources));
  return {
    protocol: undefined,
    list: async () => (await client.listResources()).resources,
    templates: async () => (await client.listResourceTemplates()).resourceTemplates,
    read: (uri, signal) => client.readResource({ uri }, signal === undefined ? {} : { signal }),
    complete: async (...asked) => (await client.complete(completion(...asked))).completion.values,
    close: () => client.close(),
  };
};
