import { afterEach, describe, expect, it } from "vitest";
import { type BenchStart, type ResourceBench, startResources } from "./resource-server.js";

let bench: ResourceBench;

afterEach(() => bench.remove());

const environment = async (start: BenchStart) => {
  bench = await startResources(start);
  return bench.read("aws://config/environment");
};

const keys = { AWS_ACCESS_KEY_ID: "AKIAOWN", AWS_SECRET_ACCESS_KEY: "own" };
const own = "aws_access_key_id = AKIADEV\naws_secret_access_key = twotwo\n";

describe("aws://config/environment", () => {
  it("names the environment as the source of keys that are there", async () => {
    expect(
      await environment({ environment: { ...keys, AWS_PROFILE: "dev", AWS_DEFAULT_REGION: "eu-west-2" } }),
    ).toEqual({
      aws_profile: "dev",
      aws_region: "eu-west-2",
      aws_region_source: "AWS_DEFAULT_REGION",
      has_credentials: true,
      credentials_source: "environment",
      credentials_expire: null,
      endpoint: null,
      problems: {},
    });
  });

  it("names a profile, and the region that the profile has", async () => {
    const files = { config: "[default]\nregion = eu-west-3\n", credentials: `[default]\n${own}` };
    const read = await environment({ files });
    // The CLI shows how the keys end when it is asked where they come from.
    expect(JSON.stringify(read)).not.toMatch(/ADEV|twotwo/);
    expect(read).toMatchObject({
      aws_profile: "default",
      aws_region: "eu-west-3",
      aws_region_source: "profile",
      has_credentials: true,
      credentials_source: "profile",
    });
  });

  it("says when the keys of a program end, and that the region is nobody's choice", async () => {
    const said = { Version: 1, AccessKeyId: "AKIA1", SecretAccessKey: "s", Expiration: "2099-01-01T00:00:00Z" };
    const files = { config: `[profile p]\ncredential_process = printf '${JSON.stringify(said)}'\n` };
    expect(await environment({ environment: { AWS_PROFILE: "p" }, files })).toMatchObject({
      aws_region: "us-east-1",
      aws_region_source: "default",
      credentials_source: "process",
      credentials_expire: "2099-01-01T00:00:00.000Z",
    });
  });

  it("says why there are none, without a key that a program says on failing", async () => {
    const key = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
    const files = { config: `[profile p]\ncredential_process = ls /AKIAIOSFODNN7EXAMPLE '${key}'\n` };
    const read = await environment({ environment: { AWS_PROFILE: "p", AWS_REGION: "eu-west-1" }, files });
    expect(read).toMatchObject({
      aws_region_source: "AWS_REGION",
      has_credentials: false,
      credentials_source: "none",
      credentials_expire: null,
      problems: { credentials: expect.stringMatching(/cannot access/) },
    });
    expect(JSON.stringify(read)).not.toMatch(/AKIAIOS|wJalr/);
  });

  it("says that there are none where there is nothing", async () => {
    expect(await environment({})).toEqual({
      aws_profile: "default",
      aws_region: "us-east-1",
      aws_region_source: "default",
      has_credentials: false,
      credentials_source: "none",
      credentials_expire: null,
      endpoint: null,
      problems: { credentials: expect.stringMatching(/Unable to retrieve credentials: no credentials found$/) },
    });
  });

  it("shows no more of the operator's endpoint than where it is", async () => {
    const endpoint = "http://user:secret@localhost:4566/path?token=secret";
    expect(await environment({ environment: { ...keys, AWS_ENDPOINT_URL: endpoint } })).toMatchObject({
      endpoint: "http://localhost:4566",
    });
  });

  it("asks again after ten seconds where there were none", async () => {
    let now = Date.now();
    const read = () => bench.read("aws://config/environment");
    bench = await startResources({ now: () => now });
    expect(await read()).toMatchObject({ has_credentials: false });
    Object.assign(bench.parts.operator, keys);
    now += 9999;
    expect(await read()).toMatchObject({ has_credentials: false });
    now += 1;
    expect(await read()).toMatchObject({ has_credentials: true });
  });
});
