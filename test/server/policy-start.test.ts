import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runAwspipe } from "../commands/run-awspipe.js";
import { needAws, needMoto } from "../provision/needs.js";
import { type Moto, startMoto } from "../provision/start-moto.js";
import { connectModern, type Settings } from "./clients.js";
import { fillMoto } from "./fill-moto.js";
import { type PipelineCalls, pipelineCalls } from "./pipeline-calls.js";

const broken = fileURLToPath(new URL("../policy/custom/broken/", import.meta.url));
const policies = fileURLToPath(new URL("../../security/policies/", import.meta.url));

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "policy-start-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

const write = (name: string, text: string | Buffer): string => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};

/** What a start with this policy ends with. */
const started = async (policy: string, command = "serve") => {
  const { code, out, errors } = await runAwspipe([command], { environment: { AWS_MCP_SECURITY_CONFIG: policy } });
  return { code, out, errors };
};

describe.concurrent("a policy that is broken", () => {
  // The first line of each says the line that is at fault.
  it.each(readdirSync(broken).map((name) => [name]))(
    "keeps the server from starting, with the line: %s",
    async (name) => {
      const path = join(broken, name);
      const line = /^# (\d+): /.exec(readFileSync(path, "utf8"))?.[1] ?? "";
      const { code, out, errors } = await started(path);
      expect({ code, out }).toEqual({ code: 1, out: "" });
      expect(errors.startsWith(`awspipe: ${path}:${line}: `)).toBe(true);
    },
  );

  it.each([
    ["a rule whose own command it must hit is none that it hits", "aws s3 ls", "does not hit"],
    ["a command of a rule is none", "aws s3 lst", "has no operation `lst`"],
  ])("keeps the server from starting: %s", async (name, command, says) => {
    const rule = `rules:\n  - id: x\n    decision: deny\n    because: for the test\n    operations: { s3: [rb] }\n    refuses: ["${command}"]\n`;
    const path = write(`${name.length}.yaml`, rule);
    const { code, errors } = await started(path);
    expect({ code, line: errors.startsWith(`awspipe: ${path}:6: `), says: errors.includes(says) || errors }).toEqual({
      code: 1,
      line: true,
      says: true,
    });
  });

  it("keeps it from starting where it cannot be read, is no text, or is no file", async () => {
    const bytes = write("bytes.yaml", Buffer.from("rules:\n  - id: \xff\n", "latin1"));
    const large = write("large.yaml", `# ${"x".repeat(2 ** 20)}\n`);
    mkdirSync(join(folder, "directory"));
    for (const path of [bytes, large, join(folder, "directory"), join(folder, "missing.yaml")])
      expect(await started(path)).toMatchObject({ code: 1, errors: expect.stringMatching(`^awspipe: ${path}:\\d+: `) });
    expect((await started("relative.yaml")).errors).toMatch(
      /AWS_MCP_SECURITY_CONFIG=relative\.yaml: must be an absolute path/,
    );
  });

  it("stops every command that judges", async () => {
    const path = join(broken, readdirSync(broken)[0] ?? "");
    for (const command of ["serve", "doctor"]) expect((await started(path, command)).code).toBe(1);
    for (const args of [
      ["check", "aws s3 ls"],
      ["run", "aws s3 ls"],
    ])
      expect((await runAwspipe(args, { environment: { AWS_MCP_SECURITY_CONFIG: path } })).code).toBe(1);
  });
});

describe("a workspace that overlaps what decides who runs what", () => {
  it.each([
    ["the policy's folder", (work: string) => ({ AWS_MCP_SECURITY_CONFIG: join(work, "policy.yaml") })],
    ["a folder above the policy", (work: string) => ({ AWS_MCP_SECURITY_CONFIG: join(work, "etc", "policy.yaml") })],
    ["HOME", (work: string) => ({ HOME: work })],
    ["a folder that holds HOME", (work: string) => ({ HOME: join(work, "etc") })],
    ["AWS_CONFIG_FILE", (work: string) => ({ AWS_CONFIG_FILE: join(work, "etc", "config") })],
    [
      "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE",
      (work: string) => ({ AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: join(work, "token") }),
    ],
    ["AWS_SHARED_CREDENTIALS_FILE", (work: string) => ({ AWS_SHARED_CREDENTIALS_FILE: join(work, "credentials") })],
    ["~/.aws, by a link", (work: string) => ({ HOME: linkedHome(work) })],
  ])("keeps the server from starting: %s", async (_, environment) => {
    const work = mkdtempSync(join(folder, "work-"));
    mkdirSync(join(work, "etc"));
    for (const name of ["policy.yaml", "etc/policy.yaml"])
      writeFileSync(join(work, name), 'limits: { regions: ["us-*"] }\n');
    const { code, errors } = await runAwspipe(["serve"], {
      environment: { AWS_MCP_WORKDIR: work, ...environment(work) },
    });
    expect({ code, errors }).toEqual({
      code: 1,
      errors: expect.stringMatching(/^awspipe: AWS_MCP_WORKDIR: the workspace /),
    });
  });

  it("keeps it from starting where others may write, and for the system's own folders", async () => {
    const work = mkdtempSync(join(folder, "open-"));
    chmodSync(work, 0o777);
    for (const path of [work, "/", "/etc", "/usr/share", "/tmp"])
      expect((await runAwspipe(["serve"], { environment: { AWS_MCP_WORKDIR: path } })).code).toBe(1);
  });
});

// Its `.aws` is a link to the workspace.
const linkedHome = (work: string): string => {
  const home = mkdtempSync(join(folder, "home-"));
  symlinkSync(work, join(home, ".aws"));
  return home;
};

describe("a server with a policy", () => {
  let moto: Moto;
  beforeAll(async () => {
    moto = await startMoto(needMoto());
    await fillMoto(moto);
  });
  afterAll(() => moto.stop());

  const withServer = async (settings: Settings, work: (calls: PipelineCalls) => Promise<void>): Promise<void> => {
    const server = await connectModern({ ...moto.environment, AWS_MCP_AWS_CLI: needAws(), ...settings });
    await work(pipelineCalls(() => server)).finally(server.close);
  };

  it("asks the operator's rules, in whatever spelling", () =>
    withServer({ AWS_MCP_SECURITY_CONFIG: join(policies, "aws-mcp-server.yaml") }, async ({ run, refused }) => {
      expect(await refused("aws cloudwatch delete-dashboards --dashboard-names d")).toBe("policy-dangerous-command");
      expect(await refused("aws --region us-east-1 cloudwatch 'delete-'dashboards --dashboard-n d")).toBe(
        "policy-dangerous-command",
      );
      expect(await run("aws iam list-users --query 'length(Users)'")).toBe("3");
    }));

  it("limits regions and accounts, those that nobody names too", async () => {
    const limits = (text: string) => ({
      AWS_MCP_SECURITY_CONFIG: write(`${text.length}-limits.yaml`, `limits: ${text}\n`),
    });
    await withServer(limits('{ regions: ["us-east-1"] }'), async ({ run, refused }) => {
      expect(await refused("aws s3 ls --region eu-west-1")).toBe("region-refused");
      await run("aws s3 ls");
    });
    await withServer(
      { ...limits('{ regions: ["eu-west-1"], profiles: ["*"] }'), AWS_REGION: "us-east-1" },
      async ({ run, refused }) => {
        expect(await refused("aws s3 ls")).toBe("region-refused");
        await run("aws ec2 describe-vpcs --region eu-west-1 | wc -l");
      },
    );
    const work = mkdtempSync(join(tmpdir(), "limited-"));
    writeFileSync(join(work, "in.json"), '{"Bucket":"website"}');
    const settings = { ...limits('{ accounts: ["123456789012"] }'), AWS_MCP_WORKDIR: work };
    await withServer(settings, async ({ run }) => {
      await run("aws s3 ls");
      expect(await run("aws s3api list-objects-v2 --cli-input-json file://in.json --query 'length(Contents)'")).toBe(
        "1",
      );
    });
    rmSync(work, { recursive: true });
    // Nobody is asked whose keys these are: the verdict is about an account that the policy allows.
    const checked = await runAwspipe(["check", "aws s3 ls"], { environment: settings });
    expect([checked.code, checked.out]).toEqual([0, "allow\nruns: aws s3 ls\n"]);
    await withServer(limits('{ accounts: ["111122223333", "444455556666"] }'), async ({ refused }) => {
      expect(await refused("aws s3 ls")).toBe("account-refused");
    });
  });

  it("carries the hash of its rules in every answer, and another policy has another", async () => {
    const hashes = new Set<string>();
    for (const settings of [
      {},
      { AWS_MCP_SECURITY_MODE: "read-only" },
      { AWS_MCP_SECURITY_CONFIG: join(policies, "aws-mcp-server.yaml") },
    ]) {
      await withServer(settings, async ({ call }) => {
        const commands = ["aws s3 ls", "aws s3 ls --debug", "aws s3 ls;", "cat gone.txt"];
        const answers = await Promise.all(commands.map((command) => call(command)));
        const found = new Set(answers.map(({ data }) => (data as { readonly policy: string }).policy));
        expect(found.size).toBe(1);
        for (const { text } of answers) expect(text).toContain([...found][0]?.slice(0, 12));
        for (const hash of found) hashes.add(hash);
      });
    }
    expect(hashes.size).toBe(3);
  });

  it("judges `aws_cli_read` as in mode read-only, whatever the operator allowed", async () => {
    const policy = write(
      "allows.yaml",
      'rules:\n  - { id: x, decision: allow, because: "for the test", effects: [destroy], operations: { s3: [rb] }, accepts: ["aws s3 rb s3://b"] }\n',
    );
    const settings = { AWS_MCP_SECURITY_CONFIG: policy, AWS_MCP_EFFECTS: "write=allow" };
    const server = await connectModern({ ...moto.environment, AWS_MCP_AWS_CLI: needAws(), ...settings });
    const read = async (command: string) => {
      const { isError, data } = await server.call({ name: "aws_cli_read", arguments: { command } });
      return { isError, code: (data as { readonly error?: { readonly code: string } }).error?.code };
    };
    try {
      expect(await read("aws s3 rb s3://website")).toEqual({ isError: true, code: "effect-destroy" });
      expect(await read("aws s3 mb s3://more")).toEqual({ isError: true, code: "effect-write" });
      expect(await read("aws secretsmanager get-secret-value --secret-id x")).toMatchObject({ isError: true });
      expect(await read("aws s3 ls | wc -l")).toEqual({ isError: false, code: undefined });
      const checked = await server.call({
        name: "aws_cli_check",
        arguments: { command: "aws s3 rb s3://website | cat" },
      });
      expect(checked).toMatchObject({
        isError: false,
        data: {
          verdict: "allow",
          effects: ["destroy", "read"],
          canonical: [["aws", "s3", "rb", "s3://website"], ["cat"]],
        },
      });
      expect(
        (await server.call({ name: "aws_cli_pipeline", arguments: { command: "aws s3 ls | grep -c website" } })).text,
      ).toContain("\n1\n");
    } finally {
      await server.close();
    }
  });
});
