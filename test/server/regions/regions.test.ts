import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { RegionList } from "../../../src/server/regions/region-list.js";
import { needAws, needMoto } from "../../provision/needs.js";
import { type Moto, startMoto } from "../../provision/start-moto.js";
import { type Gateway, startGateway } from "./gateway.js";
import { patient, type RegionEngine, regionEngine } from "./region-engine.js";

const NOBODY = "http://127.0.0.1:9";

let moto: Moto;
let gateway: Gateway;
/** Where nobody answers; its clock stands still, so that it asks but once. */
let offline: RegionEngine;
const started: RegionEngine[] = [];

beforeAll(async () => {
  moto = await startMoto(needMoto());
  gateway = await startGateway(moto.endpoint);
  offline = await regionEngine(needAws(), { ...moto.environment, AWS_ENDPOINT_URL: NOBODY });
});

afterAll(async () => {
  await offline.close();
  await gateway.close();
  await moto.stop();
});

afterEach(async () => {
  for (const action of ["DescribeRegions", "GetParameter", "GetParametersByPath"]) gateway.answer(action, undefined);
  for (const one of started.splice(0)) await one.close();
});

/** What a server beside the stand-in has; a setting that is empty is not set. */
const start = async (settings: Readonly<Record<string, string>> = {}): Promise<RegionEngine> => {
  const all = { ...moto.environment, AWS_ENDPOINT_URL: gateway.endpoint, ...settings };
  const set = Object.entries(all).filter(([, value]) => value !== "");
  const one = await regionEngine(needAws(), Object.fromEntries(set));
  started.push(one);
  return one;
};

const codeOf = ({ source, reason }: RegionList) => [source, reason?.split(":", 1)[0]];

const regionsXml = (...names: readonly string[]): string =>
  `<DescribeRegionsResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><requestId>1</requestId><regionInfo>${names
    .map((name) => `<item><regionName>${name}</regionName><optInStatus>opted-in</optInStatus></item>`)
    .join("")}</regionInfo></DescribeRegionsResponse>`;

const answerRegions = (...names: readonly string[]): void =>
  gateway.answer("DescribeRegions", { status: 200, type: "text/xml", body: regionsXml(...names) });

const jsonAnswer = (status: number, body: object) => ({
  status,
  type: "application/x-amz-json-1.1",
  body: JSON.stringify(body),
});

describe("the list of regions", () => {
  it("is what AWS says that the account can use, by name", async () => {
    const { regions } = await start();
    answerRegions("us-east-1", "eu-central-1");
    expect(await regions.list(patient())).toEqual({
      regions: [
        { name: "eu-central-1", description: "Europe (Frankfurt)", is_current: false, allowed: true },
        { name: "us-east-1", description: "US East (N. Virginia)", is_current: true, allowed: true },
      ],
      source: "aws",
    });
  });

  it("leaves out what the account has not opted in to", async () => {
    const { regions } = await start();
    const { source, regions: rows } = await regions.list(patient());
    const names = rows.map(({ name }) => name);
    expect([source, names.length]).toEqual(["aws", 24]);
    expect(names).toContain("eu-west-1");
    expect(names).not.toContain("me-south-1");
    expect(names).toEqual(names.toSorted());
  });

  it("is what the server came with when nobody answers, of its own partition, and says so", async () => {
    const { regions } = offline;
    const list = await regions.list(patient());
    expect(list.source).toBe("bundled");
    expect(list.reason).toMatch(/^egress-unreachable: [^\n]*127\.0\.0\.1:9/);
    expect(list.regions).toHaveLength(34);
    expect(list.regions.find(({ name }) => name === "me-central-1")).toEqual({
      name: "me-central-1",
      description: "Middle East (UAE)",
      is_current: false,
      allowed: true,
    });
  });

  it("is of the partition that the server is in", async () => {
    const { regions } = await start({ AWS_ENDPOINT_URL: NOBODY, AWS_REGION: "cn-north-1" });
    const list = await regions.list(patient());
    expect(list.regions.map(({ name, is_current }) => [name, is_current])).toEqual([
      ["cn-north-1", true],
      ["cn-northwest-1", false],
    ]);
  });

  it.each([
    ["no credentials", { AWS_ACCESS_KEY_ID: "", AWS_SECRET_ACCESS_KEY: "" }, "no-credentials"],
    ["the server's own region refused", { AWS_MCP_ALLOWED_REGIONS: "eu-*" }, "region-refused"],
    ["the account refused", { AWS_MCP_ALLOWED_ACCOUNTS: "999999999999" }, "account-refused"],
    ["an answer that does not fit", { AWS_MCP_MAX_OUTPUT: "20" }, "aws-answer-cut"],
  ])("is bundled with the reason: %s", async (_, settings, code) => {
    const { regions } = await start(settings);
    expect(codeOf(await regions.list(patient()))).toEqual(["bundled", code]);
  });

  it("is bundled where AWS's answer is not what it must be", async () => {
    const { regions } = await start();
    answerRegions("eu-central-1", "--profile=root");
    expect(codeOf(await regions.list(patient()))).toEqual(["bundled", "aws-answer-unclear"]);
  });

  it("says of each region whether a command may name it, whatever account it acts in", async () => {
    const { regions } = await start({
      AWS_MCP_ALLOWED_REGIONS: "eu-*,us-east-1",
      AWS_MCP_ALLOWED_ACCOUNTS: "999999999999",
    });
    const { regions: rows } = await regions.list(patient());
    expect(rows.filter(({ allowed }) => allowed).map(({ name }) => name)).toEqual([
      "eu-central-1",
      "eu-central-2",
      "eu-north-1",
      "eu-south-1",
      "eu-south-2",
      "eu-west-1",
      "eu-west-2",
      "eu-west-3",
      "us-east-1",
    ]);
  });

  it("asks what a region is called that is newer than the server, and takes its code where AWS does not say", async () => {
    const { regions } = await start();
    answerRegions("eu-future-1");
    gateway.answer("GetParameter", jsonAnswer(200, { Parameter: { Name: "n", Value: "Europe (Future)" } }));
    const first = await regions.list(patient());
    expect(first.regions).toEqual([
      { name: "eu-future-1", description: "Europe (Future)", is_current: false, allowed: true },
    ]);
    const other = await start();
    gateway.answer("GetParameter", undefined);
    expect((await other.regions.list(patient())).regions[0]?.description).toBe("eu-future-1");
  });
});

describe("the details of a region", () => {
  it("hold its place, its zones and its services", async () => {
    const { regions } = await start();
    const details = await regions.details("eu-central-1", patient());
    if (!details.ok) throw new Error(details.error.message);
    const { services, ...rest } = details.value;
    expect(rest).toEqual({
      code: "eu-central-1",
      name: "Europe (Frankfurt)",
      partition: "aws",
      geographic_location: { continent: "Europe", country: "Germany", subdivision: "Hessen", city: "Frankfurt" },
      availability_zones: ["a", "b", "c"].map((letter, index) => ({
        name: `eu-central-1${letter}`,
        state: "available",
        zone_id: `euc1-az${index + 1}`,
        zone_type: "availability-zone",
      })),
      is_current: false,
      allowed: true,
      source: "aws",
    });
    expect(services.length).toBeGreaterThan(200);
    expect(services).toEqual(services.toSorted((a, b) => (a.id < b.id ? -1 : 1)));
    expect(services).toContainEqual({ id: "lambda", name: "AWS Lambda" });
    expect(services).toContainEqual({ id: "ec2", name: "Amazon Elastic Compute Cloud (EC2)" });
  });

  it("say what nobody knows, instead of a place called Unknown", async () => {
    const { regions } = offline;
    const [ireland, secret] = [
      await regions.details("eu-west-1", patient()),
      await regions.details("us-iso-east-1", patient()),
    ];
    expect(ireland.ok && ireland.value.geographic_location).toEqual({
      continent: "Europe",
      country: "Ireland",
      subdivision: "Dublin",
      city: null,
      reason: "the name that AWS has for it, `Europe (Ireland)`, has no city in it",
    });
    expect(secret.ok && secret.value.geographic_location).toEqual({
      continent: null,
      country: null,
      subdivision: null,
      city: null,
      reason: "AWS publishes no place of this region",
    });
  });

  it("leave a part empty that failed, by itself, and say why", async () => {
    const { regions } = await start();
    gateway.answer("GetParametersByPath", jsonAnswer(400, { __type: "AccessDeniedException", message: "no" }));
    const details = await regions.details("eu-west-1", patient());
    expect(
      details.ok && { ...details.value, availability_zones: details.value.availability_zones.length },
    ).toMatchObject({
      availability_zones: 3,
      services: [],
      source: "aws",
      problems: { services: expect.stringMatching(/^aws-[a-z-]+: .*AccessDeniedException/) },
    });
  });

  it("leave out what the operator's limits refuse", async () => {
    const { regions } = await start({ AWS_MCP_ALLOWED_REGIONS: "us-*" });
    const details = await regions.details("eu-west-1", patient());
    expect(details.ok && details.value).toMatchObject({ availability_zones: [], allowed: false });
    expect(details.ok && details.value.problems?.availability_zones).toMatch(/^region-refused: .*`eu-west-1`/);
    expect(details.ok && details.value.services.length).toBeGreaterThan(200);
  });

  it("are bundled when nobody answers", async () => {
    const { regions } = offline;
    const details = await regions.details("us-east-1", patient());
    expect(details.ok && details.value).toMatchObject({ name: "US East (N. Virginia)", source: "bundled" });
    expect(details.ok && Object.keys(details.value.problems ?? {})).toEqual(["availability_zones", "services"]);
  });

  it("are those of a region that AWS knows and the server does not", async () => {
    const { regions } = await start();
    answerRegions("eu-future-1");
    const details = await regions.details("eu-future-1", patient());
    expect(details.ok && details.value).toMatchObject({
      code: "eu-future-1",
      partition: null,
      geographic_location: { country: null, reason: expect.stringContaining("newer than this server") },
    });
  });

  it.each([
    ["eu-centra-1", "read aws://config/regions/eu-central-1, or read aws://config/regions/ca-central-1"],
    ["EU-WEST-1", "read aws://config/regions/eu-west-1"],
    ["fips-us-east-1", "read aws://config/regions/us-east-1"],
    ["us-east-1;id", ""],
    ["../profiles", ""],
    ["constructor", ""],
    ["__proto__", ""],
    ["", ""],
    ["aws-global", ""],
  ])("do not exist for %s", async (region, hint) => {
    const { regions } = offline;
    const details = await regions.details(region, patient());
    expect(details.ok ? details.value : details.error).toMatchObject({
      code: "region-unknown",
      message: `\`${region}\` is no region that AWS or this server knows`,
      ...(hint === "" ? {} : { hint: expect.stringContaining(hint.split(",", 1)[0] ?? "") }),
    });
  });
});

describe("the enabled regions", () => {
  it("are sorted names", async () => {
    const { regions } = await start();
    answerRegions("us-east-1", "eu-central-1");
    expect(await regions.enabled(undefined, patient())).toEqual({ ok: true, value: ["eu-central-1", "us-east-1"] });
  });

  it("are asked for with the profile's own credentials, where the operator allows it", async () => {
    const folder = mkdtempSync(join(tmpdir(), "regions-profiles-"));
    const files = { AWS_CONFIG_FILE: join(folder, "config"), AWS_SHARED_CREDENTIALS_FILE: join(folder, "credentials") };
    writeFileSync(files.AWS_CONFIG_FILE, "[profile audit]\nregion = eu-west-1\n");
    writeFileSync(files.AWS_SHARED_CREDENTIALS_FILE, "[audit]\naws_access_key_id = a\naws_secret_access_key = b\n");
    const { regions } = await start({ ...files, AWS_MCP_ALLOWED_PROFILES: "audit" });
    answerRegions("eu-west-1");
    expect(await regions.enabled("audit", patient())).toEqual({ ok: true, value: ["eu-west-1"] });
    const refused = await regions.enabled("root", patient());
    expect(refused.ok ? refused.value : refused.error.code).toBe("aws-profile-refused");
    rmSync(folder, { recursive: true });
  });

  it("say what went wrong, with a hint", async () => {
    const { regions } = offline;
    const enabled = await regions.enabled(undefined, patient());
    expect(enabled).toMatchObject({
      ok: false,
      error: { code: "egress-unreachable", hint: expect.stringMatching(/^[a-z]/) },
    });
  });
});

describe("a read", () => {
  const asksOf = (before: number) =>
    gateway
      .asked()
      .slice(before)
      .filter((action) => action === "DescribeRegions").length;

  it("is shared by those who ask at once, kept for five minutes, and a failure for ten seconds", async () => {
    const { regions, clock } = await start();
    const before = gateway.asked().length;
    await Promise.all([regions.list(patient()), regions.list(patient()), regions.enabled(undefined, patient())]);
    expect(asksOf(before)).toBe(1);
    clock.now += 299_999;
    await regions.list(patient());
    expect(asksOf(before)).toBe(1);
    clock.now += 1;
    gateway.answer("DescribeRegions", { status: 400, type: "text/xml", body: "<Response><Errors/></Response>" });
    expect((await regions.list(patient())).source).toBe("bundled");
    expect(asksOf(before)).toBe(2);
    gateway.answer("DescribeRegions", undefined);
    clock.now += 9_999;
    expect((await regions.list(patient())).source).toBe("bundled");
    expect(asksOf(before)).toBe(2);
    clock.now += 1;
    expect((await regions.list(patient())).source).toBe("aws");
    expect(asksOf(before)).toBe(3);
  });

  it("that is cancelled does not end the one that shares it, and holds up no command", async () => {
    const { regions, engine } = await start({ AWS_MCP_CONCURRENCY: "1" });
    const before = gateway.asked().length;
    const { came, release } = gateway.hold("DescribeRegions");
    const hasty = new AbortController();
    const [first, second] = [regions.list(hasty.signal), regions.list(patient())];
    await came;
    hasty.abort();
    expect(codeOf(await first)).toEqual(["bundled", "cancelled"]);
    const call = { milliseconds: 20_000, signal: patient(), sink: undefined };
    const ran = await engine.run("aws sts get-caller-identity --query Account --output text", call);
    expect(ran).toMatchObject({ kind: "ran", result: { kind: "run", output: { text: "123456789012\n" } } });
    release();
    expect((await second).source).toBe("aws");
    expect(asksOf(before)).toBe(1);
  });
});
