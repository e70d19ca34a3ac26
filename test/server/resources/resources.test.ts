import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { needMoto } from "../../provision/needs.js";
import { type Moto, startMoto } from "../../provision/start-moto.js";
import {
  legacyClient,
  modernClient,
  type ResourceBench,
  type ResourceClient,
  startResources,
} from "./resource-server.js";

const SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
const ID = "AKIAIOSFODNN7EXAMPLE";
const TOKEN = "IQoJb3JpZ2luX2VjEXAMPLETOKEN";

let moto: Moto;
let bench: ResourceBench;
const log = vi.hoisted((): string[] => []);
vi.mock("../../../src/log.js", () => ({ log: (entry: unknown) => void log.push(JSON.stringify(entry)) }));

beforeAll(async () => {
  moto = await startMoto(needMoto());
  log.length = 0;
  bench = await startResources({
    environment: {
      AWS_ENDPOINT_URL: moto.endpoint,
      AWS_ACCESS_KEY_ID: ID,
      AWS_SECRET_ACCESS_KEY: SECRET,
      AWS_SESSION_TOKEN: TOKEN,
      AWS_REGION: "eu-west-1",
      AWS_MCP_ALLOWED_PROFILES: "dev",
    },
    files: {
      credentials: `[dev]\naws_access_key_id = AKIADEVDEVDEVEXAMPLE\naws_secret_access_key = devEXAMPLE/${SECRET}\n`,
    },
  });
});

afterAll(async () => {
  vi.restoreAllMocks();
  bench.remove();
  await moto.stop();
});

const HOUR = { ttlMs: 3_600_000, cacheScope: "public" };
const MINUTE = { ttlMs: 60_000, cacheScope: "private" };

const HINTS = {
  "aws://config/profiles": MINUTE,
  "aws://config/environment": MINUTE,
  "aws://config/account": MINUTE,
  "awspipe://grammar": HOUR,
  "awspipe://utilities": HOUR,
  "awspipe://policy": MINUTE,
};

describe.each([
  ["2026-07-28", modernClient],
  ["2025", legacyClient],
] as const)("resources for a client of %s", (era, connect) => {
  let client: ResourceClient;

  beforeAll(async () => {
    client = await connect(bench.resources);
  });

  afterAll(() => client.close());

  const text = async (uri: string): Promise<string> => {
    // One of text, as the tests of its contents say.
    const [content] = (await client.read(uri)).contents as readonly { readonly text: string }[];
    return content?.text ?? "";
  };

  it("speak that era", () => {
    expect(client.protocol).toBe(era === "2025" ? undefined : era);
  });

  it("are listed with what they are", async () => {
    const listed = await client.list();
    expect(listed.map(({ uri, name, mimeType }) => [uri, name, mimeType])).toEqual([
      ["aws://config/profiles", "aws_profiles", "application/json"],
      ["aws://config/environment", "aws_environment", "application/json"],
      ["aws://config/account", "aws_account", "application/json"],
      ["awspipe://grammar", "awspipe_grammar", "text/markdown"],
      ["awspipe://utilities", "awspipe_utilities", "application/json"],
      ["awspipe://policy", "awspipe_policy", "application/json"],
    ]);
    for (const { title, description, annotations } of listed) {
      expect(title).toMatch(/^[A-Z]/);
      expect(description).toMatch(/^[A-Z].*\.$/);
      expect(annotations).toMatchObject({ audience: ["user", "assistant"] });
    }
    expect(await client.templates()).toMatchObject([
      { uriTemplate: "awspipe://utilities/{name}", name: "awspipe_utility", mimeType: "application/json" },
    ]);
  });

  it("can all be read, and say how long they may be kept where the era has that", async () => {
    for (const [uri, hint] of Object.entries(HINTS)) {
      const { contents, ttlMs, cacheScope } = await client.read(uri);
      const mimeType = uri === "awspipe://grammar" ? "text/markdown" : "application/json";
      expect(contents).toEqual([{ uri, mimeType, text: expect.stringMatching(/\S/) }]);
      expect([uri, { ttlMs, cacheScope }]).toEqual([uri, era === "2025" ? {} : hint]);
    }
  });

  it("hold what they are for", async () => {
    const json = async (uri: string): Promise<unknown> => JSON.parse(await text(uri));
    expect(await json("aws://config/profiles")).toMatchObject({
      profiles: [
        { name: "default", is_current: true, exists: false },
        { name: "dev", allowed: true },
      ],
    });
    expect(await json("aws://config/environment")).toMatchObject({
      aws_region: "eu-west-1",
      credentials_source: "environment",
    });
    expect(await json("aws://config/account")).toMatchObject({ account_id: "123456789012" });
    expect(await text("awspipe://grammar")).toMatch(/^# What a command may say\n/);
    expect(await json("awspipe://utilities")).toMatchObject({
      utilities: expect.arrayContaining([{ name: "jq", because: expect.any(String) }]),
    });
    expect(await json("awspipe://policy")).toMatchObject({ mode: "strict", policy: bench.parts.engine.policy });
    expect(await json("awspipe://utilities/head")).toMatchObject({ name: "head", runs: true });
    expect(await json("awspipe://utilities/curl")).toMatchObject({ name: "curl", runs: false });
  });

  it("never hold a key", async () => {
    const uris = [...Object.keys(HINTS), "awspipe://utilities/jq"];
    const all = (await Promise.all(uris.map(text))).join("\n");
    expect(all.length).toBeGreaterThan(20_000);
    for (const key of [
      ID,
      SECRET,
      TOKEN,
      ID.slice(-6),
      SECRET.slice(0, 10),
      SECRET.slice(-10),
      "AKIADEV",
      "devEXAMPLE",
    ])
      expect([key, all.includes(key)]).toEqual([key, false]);
    expect(log.join("")).not.toContain(SECRET);
  });

  it("complete the name of a utility", async () => {
    expect(await client.complete("awspipe://utilities/{name}", "name", "sha")).toEqual([
      "sha1sum",
      "sha256sum",
      "sha512sum",
    ]);
    expect((await client.complete("awspipe://utilities/{name}", "name", "")).length).toBe(57);
    expect(await client.complete("awspipe://utilities/{name}", "name", "zzz")).toEqual([]);
  });

  it("are none where nobody has heard of them", async () => {
    for (const uri of ["awspipe://utilities/no-such-program", "awspipe://utilities/constructor", "awspipe://nothing"])
      await expect(client.read(uri)).rejects.toMatchObject({ code: -32_602, data: { uri } });
  });

  it("are not read to the end for a client that no longer waits", async () => {
    const leaving = new AbortController();
    const reading = client.read("aws://config/account", leaving.signal);
    leaving.abort();
    await expect(reading).rejects.toThrow();
    expect(JSON.parse(await text("aws://config/account"))).toMatchObject({ account_id: "123456789012" });
  });
});

describe("a mistake in a read", () => {
  it("is told to the operator, and only that there was one to the client", async () => {
    const broken = await startResources({
      change: (parts) => ({
        ...parts,
        texts: () => {
          throw new Error(`cannot read /home/operator/${SECRET}`);
        },
      }),
    });
    const client = await modernClient(broken.resources);
    try {
      for (const uri of ["awspipe://grammar", "awspipe://utilities", "awspipe://utilities/head"]) {
        log.length = 0;
        const failure: unknown = await client.read(uri).catch((error: unknown) => error);
        expect(failure).toMatchObject({
          code: -32_603,
          message: "the server made a mistake and could not read this; the operator finds the reason in the log",
        });
        expect(JSON.stringify(failure)).not.toContain("operator/");
        const [line = "{}"] = log;
        expect(JSON.parse(line)).toMatchObject({
          event: "resource",
          status: "bug",
          uri,
          message: expect.stringMatching(/^Error: cannot read \/home\/operator\//),
        });
      }
      // The others go on.
      expect(await client.read("awspipe://policy")).toHaveProperty("contents");
    } finally {
      await client.close();
      broken.remove();
    }
  });
});
