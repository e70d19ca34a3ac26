import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type CredentialsSource, sourceIn } from "../../src/executor/credentials-source.js";
import { needAws, needMoto } from "../provision/needs.js";
import { type Moto, startMoto } from "../provision/start-moto.js";
import { type Bench, benchMachine } from "./bench-machine.js";

// The real AWS CLI says where it found keys: in files, in a program, or from the services that give keys, of which moto is
// STS, and a server of the test those on a machine and that of SSO.
const KEYS = {
  AccessKeyId: "ASIAQEXAMPLEHJKLMNPQ",
  SecretAccessKey: "secretEXAMPLEwJalrXUtnFEMIK7MDENGbPxRfi",
  Token: "token",
  Expiration: "2099-01-01T00:00:00Z",
};

let moto: Moto;
let giving: Server;
let bench: Bench;

const answers: RequestListener = ({ url = "" }, response) => {
  const isRoleList = url.endsWith("/security-credentials/");
  const sso = { accessKeyId: KEYS.AccessKeyId, secretAccessKey: KEYS.SecretAccessKey, sessionToken: "token" };
  if (url.startsWith("/federation/"))
    return response.end(JSON.stringify({ roleCredentials: { ...sso, expiration: 4e12 } }));
  return response.end(
    isRoleList ? "machine" : url.endsWith("/api/token") ? "session" : JSON.stringify({ ...KEYS, Code: "Success" }),
  );
};

beforeAll(async () => {
  moto = await startMoto(needMoto());
  giving = createServer(answers);
  await new Promise<void>((resolve) => giving.listen(0, "127.0.0.1", resolve));
});

afterAll(async () => {
  giving.close();
  await moto.stop();
});

afterEach(() => bench.remove());

const address = (): string => `http://127.0.0.1:${(giving.address() as AddressInfo).port}`;

const start = (operator: NodeJS.ProcessEnv = {}, now = Date.now): void => {
  bench = benchMachine({
    cli: needAws(),
    now,
    operator: { AWS_ENDPOINT_URL: moto.endpoint, AWS_EC2_METADATA_DISABLED: "true", AWS_PROFILE: "p", ...operator },
  });
};

const write = (name: "config" | "credentials", text: string): void =>
  writeFileSync(join(bench.home, ".aws", name), text);

const ask = () => bench.machine.identities.source(undefined, 30_000);

const own = "aws_access_key_id = AKIADEV\naws_secret_access_key = two\n";

describe("the source of credentials", () => {
  it.each<[string, CredentialsSource, "config" | "credentials", string]>([
    ["the credentials file", "profile", "credentials", `[p]\n${own}`],
    ["the config file", "profile", "config", `[profile p]\n${own}`],
    [
      "a program",
      "process",
      "config",
      `[profile p]\ncredential_process = printf '${JSON.stringify({ Version: 1, ...KEYS })}'\n`,
    ],
    [
      "a role",
      "assume-role",
      "config",
      `[profile p]\nrole_arn = arn:aws:iam::210987654321:role/reader\nsource_profile = q\n[profile q]\n${own}`,
    ],
  ])("is known for %s", async (_, source, name, text) => {
    start();
    write(name, text);
    expect(await ask()).toMatchObject({ ok: true, value: { source } });
  });

  it("is the environment where the operator's keys are, and nobody is asked", async () => {
    start({ AWS_ACCESS_KEY_ID: "AKIAOWN", AWS_SECRET_ACCESS_KEY: "own" });
    bench.machine.directories.remove();
    mkdirSync(bench.machine.directories.configuration, { recursive: true });
    expect(await ask()).toEqual({ ok: true, value: { source: "environment", expires: undefined } });
  });

  it("is known for a token of web identity", async () => {
    start({ AWS_PROFILE: "", AWS_ROLE_ARN: "arn:aws:iam::210987654321:role/reader" });
    const token = join(bench.home, "token");
    writeFileSync(token, "token");
    Object.assign(bench.machine.operator, { AWS_WEB_IDENTITY_TOKEN_FILE: token });
    expect(await ask()).toMatchObject({ ok: true, value: { source: "web-identity" } });
  });

  it("is known for a container and for a machine, with the end that they give", async () => {
    const value = { expires: Date.parse(KEYS.Expiration) };
    start({ AWS_PROFILE: "", AWS_CONTAINER_CREDENTIALS_FULL_URI: `${address()}/keys` });
    expect(await ask()).toEqual({ ok: true, value: { ...value, source: "container-role" } });
    bench.remove();
    start({ AWS_PROFILE: "", AWS_EC2_METADATA_DISABLED: "false", AWS_EC2_METADATA_SERVICE_ENDPOINT: address() });
    expect(await ask()).toEqual({ ok: true, value: { ...value, source: "instance-profile" } });
  });

  it("is known for a session of SSO", async () => {
    start({ AWS_ENDPOINT_URL_SSO: address() });
    const session = "sso_session = s\nsso_account_id = 123456789012\nsso_role_name = reader\n";
    const portal = "[sso-session s]\nsso_region = us-east-1\nsso_start_url = https://example.awsapps.com/start\n";
    write("config", `[profile p]\n${session}${portal}`);
    const cache = join(bench.home, ".aws", "sso", "cache");
    mkdirSync(cache, { recursive: true });
    const token = { accessToken: "token", expiresAt: "2099-01-01T00:00:00Z", region: "us-east-1" };
    writeFileSync(join(cache, `${createHash("sha1").update("s").digest("hex")}.json`), JSON.stringify(token));
    expect(await ask()).toMatchObject({ ok: true, value: { source: "sso" } });
  });

  it("is asked for once while the keys count, by all who ask at once", async () => {
    let now = Date.parse("2030-01-01T00:00:00Z");
    start({}, () => now);
    const said = JSON.stringify({ Version: 1, AccessKeyId: KEYS.AccessKeyId, SecretAccessKey: KEYS.SecretAccessKey });
    const log = join(bench.home, "asked");
    writeFileSync(join(bench.home, "keys"), `#!/bin/sh\necho asked >> ${log}\nprintf '${said}'\n`, { mode: 0o755 });
    write("config", `[profile p]\ncredential_process = ${join(bench.home, "keys")}\n`);
    // The CLI has the program run once for the keys, and once for where they come from.
    const asked = () => readFileSync(log, "utf8").split("\n").length - 1;
    await Promise.all([ask(), ask()]);
    expect(asked()).toBe(2);
    now += 5 * 60_000;
    expect(await ask()).toEqual({ ok: true, value: { source: "process", expires: undefined } });
    expect(asked()).toBe(2);
    now += 1;
    await ask();
    expect(asked()).toBe(4);
  });

  it("is found where the environment names a profile without a name", async () => {
    start({ AWS_PROFILE: "", AWS_DEFAULT_PROFILE: "" });
    write("credentials", `[default]\n${own}`);
    expect(await ask()).toMatchObject({ ok: true, value: { source: "profile" } });
  });

  it("is the CLI's own words where there are no credentials", async () => {
    start({ AWS_PROFILE: "nobody" });
    expect(await ask()).toEqual({ ok: false, error: expect.stringMatching(/profile \(nobody\) could not be found/) });
  });
});

describe("sourceIn", () => {
  const listed = (type: string): string =>
    `NAME       : VALUE                    : TYPE             : LOCATION\nprofile    : sso                      : manual           : --profile\naccess_key : ****************MPLE     : ${type.padEnd(16)} : \nsecret_key : ****************EKEY     : ${type.padEnd(16)} : \n`;

  it.each([
    ["env", "environment"],
    ["shared-credentials-file", "profile"],
    ["config-file", "profile"],
    ["iam-role", "instance-profile"],
    ["assume-role", "assume-role"],
    ["assume-role-with-web-identity", "web-identity"],
    ["container-role", "container-role"],
    ["custom-process", "process"],
    ["sso", "sso"],
    ["login", "login"],
    ["tomorrow", "unknown"],
    ["constructor", "unknown"],
    ["None", "unknown"],
  ])("reads %s", (type, source) => {
    expect(sourceIn(listed(type))).toBe(source);
  });

  it("reads the columns of older versions", () => {
    const old = (line: string) =>
      sourceIn(
        `      Name                    Value             Type    Location\n${line}\nsecret_key     ****************EKEY              env    \n`,
      );
    expect(old("access_key     ****************MPLE shared-credentials-file    ")).toBe("profile");
    expect(old("access_key                <not set>             None    None")).toBe("unknown");
  });

  it("takes nothing for the source that a key's end could be", () => {
    expect(sourceIn("access_key : **************** sso      : New_Type         : \n")).toBe("unknown");
    expect(sourceIn("access_key : **************** sso      : tomorrow         : \n")).toBe("unknown");
    expect(sourceIn("access_key : **************** : s      : tomorrow         : \n")).toBe("unknown");
  });
});
