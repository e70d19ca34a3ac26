import { Client } from "@modelcontextprotocol/client";
import { Client as LegacyClient } from "@modelcontextprotocol/sdk/client/index.js";
import { InMemoryTransport, McpServer } from "@modelcontextprotocol/server";
import { serveStdio } from "@modelcontextprotocol/server/stdio";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { registerRegionResources } from "../../../src/server/regions/register-region-resources.js";
import { createRuns } from "../../../src/server/runs.js";
import { needAws, needMoto } from "../../provision/needs.js";
import { type Moto, startMoto } from "../../provision/start-moto.js";
import { type RegionEngine, regionEngine } from "./region-engine.js";

let moto: Moto;
let online: RegionEngine;
let offline: RegionEngine;

beforeAll(async () => {
  moto = await startMoto(needMoto());
  online = await regionEngine(needAws(), moto.environment);
  offline = await regionEngine(needAws(), { ...moto.environment, AWS_ENDPOINT_URL: "http://127.0.0.1:9" });
});

afterAll(async () => {
  await online.close();
  await offline.close();
  await moto.stop();
});

/** What either SDK's client gives for these calls. */
type Reader = {
  readonly protocol: string | undefined;
  readonly resources: () => Promise<unknown>;
  readonly templates: () => Promise<unknown>;
  readonly read: (uri: string) => Promise<Record<string, unknown>>;
  readonly complete: (value: string) => Promise<unknown>;
};

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const serving = ({ regions }: RegionEngine): InMemoryTransport => {
  const [mine, its] = InMemoryTransport.createLinkedPair();
  const handle = serveStdio(
    () => {
      const server = new McpServer({ name: "regions", version: "1" });
      registerRegionResources(server, regions, createRuns());
      return server;
    },
    { transport: its },
  );
  closing.push(() => handle.close());
  return mine;
};

const REF = { type: "ref/resource" as const, uri: "aws://config/regions/{region}" };

const modern = async (of: RegionEngine): Promise<Reader> => {
  const client = new Client({ name: "test", version: "1" }, { versionNegotiation: { mode: "auto" } });
  await client.connect(serving(of));
  closing.push(() => client.close());
  return {
    protocol: client.getNegotiatedProtocolVersion(),
    resources: async () => (await client.listResources()).resources,
    templates: async () => (await client.listResourceTemplates()).resourceTemplates,
    read: (uri) => client.readResource({ uri }),
    complete: async (value) => (await client.complete({ ref: REF, argument: { name: "region", value } })).completion,
  };
};

const legacy = async (of: RegionEngine): Promise<Reader> => {
  const client = new LegacyClient({ name: "test", version: "1" });
  // The two SDKs have the same transport, each by its own name.
  await client.connect(serving(of) as unknown as Parameters<typeof client.connect>[0]);
  closing.push(() => client.close());
  return {
    protocol: undefined,
    resources: async () => (await client.listResources()).resources,
    templates: async () => (await client.listResourceTemplates()).resourceTemplates,
    read: (uri) => client.readResource({ uri }),
    complete: async (value) => (await client.complete({ ref: REF, argument: { name: "region", value } })).completion,
  };
};

const bodyOf = ({ contents }: Record<string, unknown>, uri: string): Record<string, unknown> => {
  expect(contents).toEqual([{ uri, mimeType: "application/json", text: expect.any(String) }]);
  // The line above has looked at the form.
  const [{ text }] = contents as [{ text: string }];
  return JSON.parse(text) as Record<string, unknown>;
};

const hintOf = ({ ttlMs, cacheScope }: Record<string, unknown>) => ({ ttlMs, cacheScope });

describe.each([
  ["2026-07-28", modern],
  ["the era of 2025", legacy],
] as const)("the resources of regions, in %s", (era, connect) => {
  const isModern = era === "2026-07-28";

  it("are one resource and one template", async () => {
    const reader = await connect(online);
    expect(reader.protocol).toBe(isModern ? era : undefined);
    expect(await reader.resources()).toEqual([
      expect.objectContaining({ uri: "aws://config/regions", name: "aws_regions", mimeType: "application/json" }),
    ]);
    expect(await reader.templates()).toEqual([
      expect.objectContaining({ uriTemplate: REF.uri, name: "aws_region_details", mimeType: "application/json" }),
    ]);
  });

  it("are read, and may be kept for five minutes by the one who asked", async () => {
    const reader = await connect(online);
    const list = await reader.read("aws://config/regions");
    const { regions, source } = bodyOf(list, "aws://config/regions");
    expect(source).toBe("aws");
    expect(regions).toContainEqual({
      name: "eu-central-1",
      description: "Europe (Frankfurt)",
      is_current: false,
      allowed: true,
    });
    const details = await reader.read("aws://config/regions/eu-central-1");
    expect(bodyOf(details, "aws://config/regions/eu-central-1")).toMatchObject({
      code: "eu-central-1",
      geographic_location: { city: "Frankfurt" },
      source: "aws",
    });
    const hint = isModern ? { ttlMs: 300_000, cacheScope: "private" } : {};
    expect([hintOf(list), hintOf(details)]).toEqual([hint, hint]);
  });

  it("may be kept for ten seconds only where AWS could not be heard", async () => {
    const reader = await connect(offline);
    const list = await reader.read("aws://config/regions");
    expect(bodyOf(list, "aws://config/regions")).toMatchObject({ source: "bundled" });
    expect(hintOf(list)).toEqual(isModern ? { ttlMs: 10_000, cacheScope: "private" } : {});
  });

  it("do not exist for an unknown region: an error of the protocol that names the nearest", async () => {
    const reader = await connect(online);
    const uri = "aws://config/regions/eu-centrall-1";
    await expect(reader.read(uri)).rejects.toMatchObject({
      code: -32602,
      data: { uri },
      message: expect.stringMatching(
        /region-unknown: `eu-centrall-1` is no region .*\nhint: read aws:\/\/config\/regions\/eu-central-1/,
      ),
    });
  });

  it("complete a region's beginning: of all that are known before AWS was heard, then of those the account has", async () => {
    const unread = await regionEngine(needAws(), moto.environment);
    closing.push(() => unread.close());
    const reader = await connect(unread);
    const all = ["me-central-1", "me-south-1"];
    expect(await reader.complete("me-")).toMatchObject({ values: all });
    expect(await reader.complete("EU-W")).toMatchObject({ values: ["eu-west-1", "eu-west-2", "eu-west-3"] });
    expect(await reader.complete("x")).toMatchObject({ values: [] });
    await reader.read("aws://config/regions");
    expect(await reader.complete("me-")).toMatchObject({ values: [] });
    expect(await reader.complete("eu-w")).toMatchObject({ values: ["eu-west-1", "eu-west-2", "eu-west-3"] });
  });
});
