import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "@modelcontextprotocol/client";
import { StdioClientTransport } from "@modelcontextprotocol/client/stdio";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { bundleManifest } from "../../deploy/generate/bundle-manifest.js";
import { deployTools } from "../../deploy/generate/deploy-tools.js";
import { jsonText } from "../../deploy/generate/json-text.js";
import { packBundle } from "../../deploy/generate/pack-bundle.js";
import { serverOffers } from "../../deploy/generate/server-offers.js";
import { idleSettings } from "../../src/commands/idle-settings.js";
import { readSettings } from "../../src/settings.js";
import { needServer } from "../provision/needs.js";
import { repository } from "../provision/repository.js";
import { type Outcome, runProgram } from "../provision/run-program.js";

const path = join(repository, "deploy", "mcpb", "manifest.json");
const manifestForm = z.looseObject({
  version: z.string(),
  server: z.looseObject({
    entry_point: z.string(),
    mcp_config: z.strictObject({
      command: z.string(),
      args: z.array(z.string()),
      env: z.record(z.string(), z.string()),
    }),
  }),
  tools: z.array(z.looseObject({ name: z.string() })),
  prompts: z.array(z.looseObject({ name: z.string(), arguments: z.array(z.string()).optional() })),
  compatibility: z.looseObject({ platforms: z.array(z.string()) }),
  user_config: z.record(z.string(), z.looseObject({ default: z.string() })),
});
const manifest = manifestForm.parse(JSON.parse(readFileSync(path, "utf8")));

const mcpb = async (...args: readonly string[]): Promise<Outcome> =>
  runProgram(process.execPath, [(await deployTools()).mcpb, ...args]);

/** What a client puts in the places of the manifest (MANIFEST.md, Variable Substitution). */
const filled = (text: string, folder: string, chosen: Readonly<Record<string, string>>): string =>
  text.replaceAll(/\$\{(?:(__dirname)|user_config\.([a-z]+))\}/g, (place, isFolder, key) =>
    isFolder === undefined ? (chosen[key] ?? manifest.user_config[key]?.default ?? place) : folder,
  );

const environment = (chosen: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(manifest.server.mcp_config.env).map(([name, value]) => [name, filled(value, "", chosen)]),
  );

describe("deploy/mcpb/manifest.json", () => {
  it("is what `npm run docs` makes of the server", async () => {
    expect(readFileSync(path, "utf8")).toBe(jsonText(bundleManifest(await serverOffers(needServer()))));
  });

  it("is valid, by mcpb's own word, and would not be with a member more", async () => {
    expect(await mcpb("validate", path)).toMatchObject({ ok: true, stdout: "Manifest schema validation passes!\n" });
    const other = join(mkdtempSync(join(tmpdir(), "awspipe-mcpb-")), "manifest.json");
    writeFileSync(other, JSON.stringify({ ...manifest, licence: "MIT" }));
    expect((await mcpb("validate", other)).ok).toBe(false);
    rmSync(join(other, ".."), { recursive: true });
  });

  it("sets what the server reads, whatever a person has left empty", () => {
    const empty = environment({});
    expect(readSettings(empty)).toEqual({ ...readSettings({}), AWS_MCP_SANDBOX: "required" });
    expect(idleSettings(empty, "stdio")).toEqual([]);
    const chosen = { profile: "audit", region: "eu-west-1", mode: "read-only", policy: "/home/me/policy.yaml" };
    expect(environment(chosen)).toEqual({
      AWS_PROFILE: "audit",
      AWS_REGION: "eu-west-1",
      AWS_MCP_SECURITY_MODE: "read-only",
      AWS_MCP_SECURITY_CONFIG: "/home/me/policy.yaml",
      AWS_MCP_SANDBOX: "required",
    });
    expect(Object.keys(manifest.user_config)).toEqual(Object.keys(chosen));
  });

  it("claims no system but the server's own", () => {
    expect(manifest.compatibility.platforms).toEqual(["linux"]);
  });
});

describe("npm run mcpb", () => {
  const folder = mkdtempSync(join(tmpdir(), "awspipe-bundle-"));
  const unpacked = join(folder, "unpacked");

  beforeAll(async () => {
    // What it packs is the repository's `dist`.
    needServer();
    const bundle = await packBundle(folder);
    expect(await mcpb("unpack", bundle, unpacked)).toMatchObject({ ok: true });
  }, 240_000);

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("packs the server, what it runs with, and nothing that only developers need", () => {
    for (const name of ["manifest.json", "package.json", "LICENSE", manifest.server.entry_point, "node_modules/zod"])
      expect([name, existsSync(join(unpacked, name))]).toEqual([name, true]);
    for (const name of ["src", "test", "node_modules/vitest", "node_modules/typescript", "dist/cli.d.ts", ".cache"])
      expect([name, existsSync(join(unpacked, name))]).toEqual([name, false]);
  });

  it("packs a server that starts as the manifest says, and has the tools and prompts that it names", async () => {
    const { command, args } = manifest.server.mcp_config;
    const transport = new StdioClientTransport({
      // The client's own Node; it has no other either.
      command: command === "node" ? process.execPath : command,
      args: args.map((arg) => filled(arg, unpacked, {})),
      env: { PATH: process.env.PATH ?? "", HOME: folder, ...environment({}) },
      stderr: "ignore",
    });
    const client = new Client({ name: "test", version: "1" });
    await client.connect(transport);
    const { tools } = await client.listTools();
    const { prompts } = await client.listPrompts();
    const ran = await client.callTool({ name: "aws_cli_pipeline", arguments: { command: "seq 3 | wc -l" } });
    const serverVersion = client.getServerVersion()?.version;
    await client.close();
    expect(serverVersion?.startsWith(manifest.version)).toBe(true);
    expect(tools.map(({ name }) => name)).toEqual(manifest.tools.map(({ name }) => name));
    expect(prompts.map(({ name, arguments: given = [] }) => [name, given.map((each) => each.name)])).toEqual(
      manifest.prompts.map(({ name, arguments: given = [] }) => [name, given]),
    );
    expect(ran.structuredContent).toMatchObject({ status: "success", output: "3\n" });
  });
});
