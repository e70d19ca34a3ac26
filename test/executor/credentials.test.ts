import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { needAws, needMoto } from "../provision/needs.js";
import { type Moto, startMoto } from "../provision/start-moto.js";
import { type Bench, benchMachine } from "./bench-machine.js";

// The real AWS CLI finds the keys here, and a stand-in for AWS answers whose they are.
let moto: Moto;
let bench: Bench;

beforeAll(async () => {
  moto = await startMoto(needMoto());
});

afterAll(() => moto.stop());

afterEach(() => bench.remove());

const start = (operator: NodeJS.ProcessEnv = {}): void => {
  const { AWS_ENDPOINT_URL } = moto.environment;
  bench = benchMachine({
    cli: needAws(),
    milliseconds: 40_000,
    profiles: ["default", "dev", "process", "role"],
    operator: { AWS_ENDPOINT_URL, ...operator },
  });
};

const write = (name: string, lines: readonly string[]): void =>
  writeFileSync(join(bench.home, ".aws", name), `${lines.join("\n")}\n`);

/** The Python program of an operator, in a directory that only the operator's PATH names. */
const program = (folder: string, name: string, lines: readonly string[]): void => {
  mkdirSync(folder, { recursive: true });
  const [first = ""] = readFileSync(join(bench.programs, "flood"), "utf8").split("\n");
  writeFileSync(join(folder, name), [first, ...lines, ""].join("\n"), { mode: 0o755 });
};

const identity = async (text = "aws sts get-caller-identity") => {
  const { stages, output } = await bench.run(text);
  expect(stages.map(({ exit, stderr }) => ({ exit, stderr }))).toEqual([
    { exit: { kind: "exited", code: 0 }, stderr: "" },
  ]);
  return JSON.parse(output.text);
};

describe("exportCredentials", () => {
  beforeEach(() => start());

  it("finds the keys of the default profile and of one that the command names", async () => {
    write("credentials", [
      "[default]\naws_access_key_id = AKIADEFAULT\naws_secret_access_key = one",
      "[dev]\naws_access_key_id = AKIADEV\naws_secret_access_key = two",
    ]);
    write("config", ["[profile dev]", "region = eu-west-3"]);
    expect(await identity()).toMatchObject({ Account: "123456789012" });
    expect(await identity("aws sts get-caller-identity --profile dev")).toMatchObject({ Account: "123456789012" });
  });

  it("runs the operator's credential_process with the operator's PATH, and a stage has neither", async () => {
    const folder = join(bench.home, "bin");
    const secrets = { AWS_MCP_STATE: "redis://u:secret@h", AWS_MCP_TRANSPORT: "stdio", HERS: "seen" };
    Object.assign(bench.machine.operator, { AWS_PROFILE: "process", PATH: `${folder}:/usr/bin:/bin`, ...secrets });
    program(folder, "find-keys", [
      "import json, os, pathlib",
      `pathlib.Path("${bench.home}/seen.json").write_text(json.dumps(dict(os.environ)))`,
      'print(json.dumps({"Version": 1, "AccessKeyId": "AKIAPROCESS", "SecretAccessKey": "three"}))',
    ]);
    write("config", ["[profile process]", "credential_process = find-keys", "region = eu-west-3"]);
    expect(await identity()).toMatchObject({ Account: "123456789012" });
    const seen = JSON.parse(readFileSync(join(bench.home, "seen.json"), "utf8"));
    const { configuration, credentialHome } = bench.machine.directories;
    expect(seen.PATH).toBe(`${credentialHome}/bin:${folder}:/usr/bin:/bin`);
    // The server's own settings, among them the password of its store, are nobody else's.
    expect([seen.HERS, Object.keys(seen).filter((name) => name.startsWith("AWS_MCP_"))]).toEqual(["seen", []]);
    expect(readdirSync(join(credentialHome, "bin"))).toEqual(["lsb_release"]);
    expect(readFileSync(join(configuration, "config-0"), "utf8")).toBe("[default]\nregion = eu-west-3\n");
  });

  it("sees no alias file of the operator's, nor does a stage", async () => {
    mkdirSync(join(bench.home, ".aws", "cli"), { recursive: true });
    const stolen = join(bench.home, "stolen");
    const alias = [
      "[toplevel]",
      `sts = !touch ${stolen}`,
      `configure = !touch ${stolen}`,
      "[command sts]",
      `get-caller-identity = !touch ${stolen}`,
    ];
    writeFileSync(join(bench.home, ".aws", "cli", "alias"), `${alias.join("\n")}\n`);
    write("credentials", ["[default]\naws_access_key_id = AKIADEFAULT\naws_secret_access_key = one"]);
    expect(await identity()).toMatchObject({ Account: "123456789012" });
    expect(existsSync(stolen)).toBe(false);
  });

  it("assumes a role, with a cache of its own where the operator has none", async () => {
    write("credentials", ["[default]\naws_access_key_id = AKIADEFAULT\naws_secret_access_key = one"]);
    write("config", [
      "[profile role]",
      "role_arn = arn:aws:iam::210987654321:role/reader",
      "source_profile = default",
      "region = us-east-1",
    ]);
    expect((await identity("aws sts get-caller-identity --profile role")).Arn).toMatch(
      /^arn:aws:sts::210987654321:assumed-role\/reader\//,
    );
    expect(readdirSync(join(bench.home, ".aws")).sort()).toEqual(["config", "credentials"]);
  });

  it("keeps the role's session in the operator's cache where there is one", async () => {
    mkdirSync(join(bench.home, ".aws", "cli", "cache"), { recursive: true });
    write("credentials", ["[default]\naws_access_key_id = AKIADEFAULT\naws_secret_access_key = one"]);
    write("config", ["[profile role]", "role_arn = arn:aws:iam::210987654321:role/reader", "source_profile = default"]);
    await identity("aws sts get-caller-identity --profile role");
    const cached = readdirSync(join(bench.home, ".aws", "cli", "cache"));
    expect(cached.filter((name) => name.endsWith(".json")).length).toBe(1);
  });

  it("gives the CLI's own words when there are no keys", async () => {
    const { code, message } = await bench.fail("aws sts get-caller-identity --profile dev");
    expect({ code, message }).toEqual({
      code: "no-credentials",
      message: expect.stringMatching(/; the AWS CLI says: .*The config profile \(dev\) could not be found/),
    });
    const none = await bench.fail("aws sts get-caller-identity");
    expect(none.message).toMatch(/; the AWS CLI says: .*Unable to retrieve credentials: no credentials found/);
  });
});

describe("a profile beside the operator's own keys", () => {
  it("is the identity all the same", async () => {
    start({ AWS_ACCESS_KEY_ID: "AKIAOWN", AWS_SECRET_ACCESS_KEY: "own" });
    write("credentials", ["[dev]\naws_access_key_id = AKIADEV\naws_secret_access_key = two"]);
    write("config", ["[profile role]", "role_arn = arn:aws:iam::210987654321:role/reader", "source_profile = dev"]);
    expect((await identity("aws sts get-caller-identity --profile role")).Arn).toMatch(/assumed-role\/reader/);
    expect((await identity()).Arn).not.toMatch(/assumed-role/);
  });
});

describe("a real aws stage", () => {
  beforeEach(() => start(moto.environment));

  const exits = async (text: string) => (await bench.run(text)).stages.map(({ name, exit }) => ({ name, ...exit }));

  it("answers into a pipe", async () => {
    const { output } = await bench.run("aws sts get-caller-identity --output json | jq -r .Account");
    expect(output.text).toBe("123456789012\n");
    expect(await exits("aws s3 ls | wc -l")).toEqual([
      { name: "aws", kind: "exited", code: 0 },
      { name: "wc", kind: "exited", code: 0 },
    ]);
  });

  it("gives its own status for what AWS refuses, and for what the CLI does not understand", async () => {
    expect(await exits("aws ec2 describe-instances --instance-ids i-00000000")).toEqual([
      { name: "aws", kind: "exited", code: 254 },
    ]);
    expect(await exits("aws ec2 describe-instances --filters Name=x,Valuess=1")).toEqual([
      { name: "aws", kind: "exited", code: 252 },
    ]);
  });

  it("leaves nothing in the directories that must stay empty", async () => {
    await bench.run("aws sts get-caller-identity | wc -c");
    const { empty, path, workspace, fifos } = bench.machine.directories;
    expect([empty, path, workspace].map((each) => readdirSync(each))).toEqual([[], [], []]);
    expect(readdirSync(fifos).length).toBeGreaterThan(0);
  });
});
