import { chmodSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { type BenchStart, type ResourceBench, startResources } from "./resource-server.js";

let bench: ResourceBench;

afterEach(() => bench.remove());

const profiles = async (start: BenchStart) => {
  bench = await startResources(start);
  return bench.read("aws://config/profiles");
};

const keys = "aws_access_key_id = AKIADEV\naws_secret_access_key = two\n";
const config = [
  "[default]\nregion = eu-west-1",
  "[profile dev]\nregion = eu-west-3\nsource_profile = base\nrole_arn = arn:aws:iam::210987654321:role/reader",
  "[profile prod]\nsso_session = s\nsso_account_id = 123456789012\nsso_role_name = reader",
  "[profile process]\ncredential_process = /bin/false",
  "[sso-session s]\nsso_region = eu-west-1\nsso_start_url = https://example.awsapps.com/start",
  "[services v]\ns3 =\n  endpoint_url = http://localhost",
].join("\n");
const credentials = `[base]\n${keys}`;

const row = (name: string, changes: object = {}) => ({
  name,
  is_current: false,
  allowed: false,
  exists: true,
  region: null,
  ...changes,
});

describe("aws://config/profiles", () => {
  it("has the profiles of both files, says which is the server's and which a command may name", async () => {
    expect(
      await profiles({ environment: { AWS_MCP_ALLOWED_PROFILES: "dev,gone" }, files: { config, credentials } }),
    ).toEqual({
      profiles: [
        row("default", { is_current: true, allowed: true, region: "eu-west-1" }),
        row("dev", { allowed: true, region: "eu-west-3" }),
        row("gone", { allowed: true, exists: false, region: "us-east-1" }),
        row("base"),
        row("process"),
        row("prod"),
      ],
      problems: {},
    });
  });

  it("has the server's own where there are no files at all, and no default that nobody uses", async () => {
    expect(await profiles({ environment: { AWS_PROFILE: "own", AWS_REGION: "eu-north-1" } })).toEqual({
      profiles: [row("own", { is_current: true, allowed: true, exists: false, region: "eu-north-1" })],
      problems: {},
    });
  });

  it("takes the policy's limits into account", async () => {
    const at = join(import.meta.dirname, "profiles-policy.yaml");
    const environment = { AWS_MCP_ALLOWED_PROFILES: "dev,prod", AWS_MCP_SECURITY_CONFIG: at, AWS_PROFILE: "base" };
    const { profiles: rows } = (await profiles({ environment, files: { config, credentials } })) as {
      profiles: { name: string; allowed: boolean }[];
    };
    expect(rows.filter(({ allowed }) => allowed).map(({ name }) => name)).toEqual(["dev"]);
  });

  it("reads the files that the environment names", async () => {
    const other = join(import.meta.dirname, "profiles.ini");
    expect(
      await profiles({ environment: { AWS_CONFIG_FILE: other, AWS_PROFILE: "there" }, files: { config } }),
    ).toEqual({
      profiles: [row("there", { is_current: true, allowed: true, region: "sa-east-1" })],
      problems: {},
    });
  });

  it("says that a file is broken, in the AWS CLI's words, and does not know then what exists", async () => {
    const read = await profiles({ files: { config: "[default\nregion = eu-west-1\n", credentials } });
    expect(read).toEqual({
      profiles: [row("default", { is_current: true, allowed: true, exists: null, region: "us-east-1" })],
      problems: {
        profiles: expect.stringMatching(/^aws: \[ERROR\]: Unable to parse config file: \/.*\/\.aws\/config$/),
      },
    });
  });

  it("says that a file is none, or is not where the environment says", async () => {
    const environment = { AWS_CONFIG_FILE: "/nonexistent/config", AWS_SHARED_CREDENTIALS_FILE: "/usr" };
    expect(await profiles({ environment })).toMatchObject({
      problems: { config: "/nonexistent/config cannot be read: ENOENT", credentials: "/usr is not a file" },
    });
  });

  it.skipIf(process.getuid?.() === 0)("says that a file may not be read", async () => {
    bench = await startResources({ files: { config } });
    chmodSync(join(bench.parts.operator.HOME ?? "", ".aws", "config"), 0o000);
    expect(await bench.read("aws://config/profiles")).toMatchObject({
      problems: { config: expect.stringMatching(/ cannot be read: EACCES$/) },
    });
  });

  it("shows what hides in a name", async () => {
    const { profiles: rows } = (await profiles({
      files: { config: '[profile "a\u001b[31m\u202eb"]\nregion = x\n' },
    })) as {
      profiles: { name: string }[];
    };
    expect(rows.map(({ name }) => name)).toEqual(["default", "a␛[31m<U+202E>b"]);
  });

  it("lists a thousand, those first that a command may name, and says how many more there are", async () => {
    const many = Array.from({ length: 1100 }, (_, index) => `[profile p${index}]\nregion = x`).join("\n");
    const read = (await profiles({ environment: { AWS_MCP_ALLOWED_PROFILES: "p999" }, files: { config: many } })) as {
      profiles: { name: string }[];
      left_out: number;
    };
    expect([read.profiles.length, read.left_out]).toEqual([1000, 101]);
    expect(read.profiles.slice(0, 3).map(({ name }) => name)).toEqual(["default", "p999", "p0"]);
  });
});
