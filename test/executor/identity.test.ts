import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Bench, type BenchSettings, benchMachine } from "./bench-machine.js";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

let bench: Bench;
let now: number;

beforeEach(() => {
  now = Date.parse("2030-01-01T00:00:00Z");
});

afterEach(() => bench.remove());

type Told = {
  readonly answer?: string;
  readonly status?: number;
  readonly says?: string;
  readonly seconds?: number;
};

const keys = { Version: 1, AccessKeyId: "AKIDEXAMPLE", SecretAccessKey: "exported", SessionToken: "token" };

/** A bench whose CLI answers the look-up as told, and whose clock is ours. */
const start = (told: Told, operator: NodeJS.ProcessEnv = {}, settings: Partial<BenchSettings> = {}): void => {
  const FAKE_AWS = JSON.stringify({ answer: JSON.stringify(keys), ...told });
  bench = benchMachine({
    now: () => now,
    milliseconds: 10_000,
    profiles: ["default", "dev", "ops"],
    operator: { FAKE_AWS, ...operator },
    ...settings,
  });
};

/** How the CLI was asked for credentials, once per time. */
const exports = (): readonly { readonly arguments: string[]; readonly environment: Record<string, string> }[] => {
  const log = join(bench.home, ".aws", "fake-aws.log");
  return existsSync(log)
    ? readFileSync(log, "utf8")
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line))
    : [];
};

/** The environment of an aws stage. */
const stage = async (text = "aws sts get-caller-identity") => JSON.parse((await bench.run(text)).output.text);

const expiring = (at: number): Told => ({
  answer: JSON.stringify({ ...keys, Expiration: new Date(at).toISOString() }),
});

describe("identities", () => {
  it("gives the stage the operator's keys from the environment, and asks nobody", async () => {
    start(
      {},
      { AWS_ACCESS_KEY_ID: "AKIDOWN", AWS_SECRET_ACCESS_KEY: "own", AWS_PROFILE: "dev", AWS_REGION: "eu-west-1" },
    );
    const { environment, argv } = await stage();
    const { directories } = bench.machine;
    expect({ ...environment, AWSPIPE_RUN: "" }).toEqual({
      LC_ALL: "C.UTF-8",
      HOME: directories.home,
      PATH: directories.path,
      TMPDIR: directories.home,
      AWSPIPE_RUN: "",
      AWS_ACCESS_KEY_ID: "AKIDOWN",
      AWS_SECRET_ACCESS_KEY: "own",
      AWS_REGION: "eu-west-1",
      AWS_CONFIG_FILE: join(directories.configuration, "config-0"),
      AWS_SHARED_CREDENTIALS_FILE: "/dev/null/none",
      AWS_EC2_METADATA_DISABLED: "true",
      AWS_PAGER: "",
      AWS_CLI_AUTO_PROMPT: "off",
      AWS_CLI_ERROR_FORMAT: "json",
    });
    expect(argv).toEqual([join(bench.programs, "fake-aws"), "sts", "get-caller-identity"]);
    expect(exports()).toEqual([]);
  });

  it("has the CLI find the keys otherwise, with the operator's environment there and only there", async () => {
    start(
      {},
      { AWS_PROFILE: "dev", PATH: "/usr/bin:/opt/helpers", SECRET_OF_OPERATOR: "x", LD_PRELOAD: "", PYTHONPATH: "/x" },
    );
    const { environment } = await stage();
    expect(environment).toMatchObject({
      AWS_ACCESS_KEY_ID: "AKIDEXAMPLE",
      AWS_SECRET_ACCESS_KEY: "exported",
      AWS_SESSION_TOKEN: "token",
      PATH: bench.machine.directories.path,
    });
    expect(Object.keys(environment).filter((name) => /PROFILE|OPERATOR|FAKE|LD_|PYTHON/.test(name))).toEqual([]);
    const [asked, ...more] = exports();
    expect(more).toEqual([]);
    expect(asked?.arguments).toEqual(["configure", "export-credentials", "--format", "process"]);
    expect(asked?.environment).toMatchObject({
      HOME: bench.machine.directories.credentialHome,
      PATH: `${bench.machine.directories.credentialHome}/bin:/usr/bin:/opt/helpers`,
      AWS_REGION: "us-east-1",
      AWS_PROFILE: "dev",
      SECRET_OF_OPERATOR: "x",
      AWS_CONFIG_FILE: join(bench.home, ".aws", "config"),
      AWS_SHARED_CREDENTIALS_FILE: join(bench.home, ".aws", "credentials"),
    });
    expect(Object.keys(asked?.environment ?? {}).filter((name) => /^(LD_|PYTHON)/.test(name))).toEqual([]);
  });

  it("takes `--profile` as the identity: it is asked for, and neither in argv nor in the environment", async () => {
    start({}, { AWS_PROFILE: "default" });
    writeFileSync(join(bench.home, ".aws", "config"), "[profile dev]\nregion = eu-north-1\n");
    const { environment, argv } = await stage("aws sts get-caller-identity --profile dev");
    expect(argv.slice(1)).toEqual(["sts", "get-caller-identity"]);
    expect(environment.AWS_PROFILE).toBeUndefined();
    expect(environment.AWS_REGION).toBe("eu-north-1");
    expect(exports().map((each) => each.arguments.slice(-2))).toEqual([["--profile", "dev"]]);
  });

  it("takes the region of the operator, then the profile's, then us-east-1", async () => {
    start({});
    expect((await stage()).environment.AWS_REGION).toBe("us-east-1");
    bench.remove();
    start({}, { AWS_DEFAULT_REGION: "ap-south-1" });
    expect((await stage()).environment.AWS_REGION).toBe("ap-south-1");
  });

  it("asks once for calls at once, of one pipeline or of several", async () => {
    start({ seconds: 0.2 });
    const text = "aws sts get-caller-identity | aws sts get-caller-identity";
    await Promise.all([bench.run(text), bench.run(text), bench.run(text)]);
    expect(exports().length).toBe(1);
    now += 6 * MINUTE;
    await Promise.all([bench.run(text), bench.run(text), bench.run(text)]);
    expect(exports().length).toBe(2);
  });

  it("asks again after five minutes when the keys have no end", async () => {
    start({});
    await stage();
    now += 5 * MINUTE;
    await stage();
    expect(exports().length).toBe(1);
    now += 1;
    await stage();
    expect(exports().length).toBe(2);
  });

  it("asks again when less than the deadline and a minute is left", async () => {
    start(expiring(Date.parse("2030-01-01T00:04:00Z")), {}, { milliseconds: 2 * MINUTE });
    await stage();
    now += MINUTE;
    await stage();
    expect(exports().length).toBe(1);
    now += 1;
    await stage();
    expect(exports().length).toBe(2);
  });

  it("keeps profiles apart, their keys and their configuration, through every renewal", async () => {
    start({});
    writeFileSync(
      join(bench.home, ".aws", "config"),
      "[default]\noutput = text\n[profile dev]\noutput = yaml\n[profile ops]\noutput = table\n",
    );
    const outputs = async () => {
      const found: Record<string, string> = {};
      for (const profile of ["", " --profile dev", " --profile ops"]) {
        const { environment } = await stage(`aws sts get-caller-identity${profile}`);
        found[profile] = `${environment.AWS_CONFIG_FILE}: ${readFileSync(environment.AWS_CONFIG_FILE, "utf8")}`;
      }
      return found;
    };
    const first = await outputs();
    expect(Object.values(first).map((each) => each.split("\n")[1])).toEqual([
      "output = text",
      "output = yaml",
      "output = table",
    ]);
    now += HOUR;
    expect(await outputs()).toEqual(first);
    now += HOUR;
    await Promise.all([stage("aws sts get-caller-identity --profile ops"), stage()]);
    expect(await outputs()).toEqual(first);
  });

  it.each([
    [
      "the CLI's last words",
      { status: 253, says: "warning\nUnable to locate credentials\n" },
      "; the AWS CLI says: Unable to locate credentials",
    ],
    ["an answer without keys", { answer: "{}" }, "; the AWS CLI says: the AWS CLI answered without keys"],
    ["an answer that is none", { answer: "<html>" }, "; the AWS CLI says: the AWS CLI's answer could not be read"],
    ["null", { answer: "null" }, "; the AWS CLI says: the AWS CLI's answer could not be read"],
    [
      "an endless answer",
      { answer: "x".repeat(100_000) },
      "; the AWS CLI says: the AWS CLI's answer could not be read",
    ],
    ["silence", { status: 1 }, ""],
  ])("fails with no-credentials on %s, and asks again the next time", async (_, told, words) => {
    start(told);
    for (const times of [1, 2]) {
      expect(await bench.fail("aws sts get-caller-identity")).toEqual({
        kind: "failure",
        stage: 0,
        code: "no-credentials",
        message: `no credentials were found for this command${words}`,
        hint: "the operator gives them by AWS_PROFILE, by AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or by a role",
      });
      expect(exports().length).toBe(times);
    }
  });
});
