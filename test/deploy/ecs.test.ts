import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { idleSettings } from "../../src/commands/idle-settings.js";
import { checkAuthSettings } from "../../src/http/auth/check-auth-settings.js";
import { readSettings } from "../../src/settings.js";
import { needAws, needMoto } from "../provision/needs.js";
import { repository } from "../provision/repository.js";
import { runProgram } from "../provision/run-program.js";
import { type Moto, startMoto } from "../provision/start-moto.js";
import { IMAGE, programInImage } from "./kubernetes-image.js";

type Named = { readonly name: string };
type Container = Named & {
  readonly image: string;
  readonly user: string;
  readonly essential: boolean;
  readonly readonlyRootFilesystem: boolean;
  readonly entryPoint?: readonly string[];
  readonly command: readonly string[];
  readonly environment?: readonly (Named & { readonly value: string })[];
  readonly secrets: readonly (Named & { readonly valueFrom: string })[];
  readonly mountPoints: readonly {
    readonly sourceVolume: string;
    readonly containerPath: string;
    readonly readOnly: boolean;
  }[];
  readonly linuxParameters: object;
  readonly stopTimeout?: number;
  readonly portMappings?: readonly { readonly containerPort: number }[];
  readonly healthCheck?: { readonly command: readonly string[] };
  readonly logConfiguration: { readonly logDriver: string; readonly options: Readonly<Record<string, string>> };
};
type Task = { readonly containerDefinitions: readonly [Container, Container]; readonly volumes: readonly Named[] };

const FILE = join(repository, "deploy", "ecs", "task-definition.json");
const task: Task = JSON.parse(readFileSync(FILE, "utf8"));
const [files, server] = task.containerDefinitions;

const environment = Object.fromEntries((server.environment ?? []).map(({ name, value }) => [name, value]));
const settings = readSettings({
  ...environment,
  AWS_MCP_STATE: "rediss://user:password@master.awspipe.cache.amazonaws.com",
});

describe("the task definition", () => {
  let moto: Moto;
  beforeAll(async () => {
    moto = await startMoto(needMoto());
  });
  afterAll(() => moto.stop());

  it("is one that the AWS CLI sends, member for member, and that is registered", async () => {
    const args = ["ecs", "register-task-definition", "--output", "json", "--cli-input-json", `file://${FILE}`];
    const { ok, stdout, stderr } = await runProgram(needAws(), args, {
      env: { ...moto.environment, PATH: "/usr/bin:/bin" },
    });
    expect({ ok, stderr }).toEqual({ ok: true, stderr: "" });
    const { taskDefinition } = JSON.parse(stdout);
    expect(taskDefinition).toMatchObject({
      family: "awspipe",
      revision: 1,
      cpu: "1024",
      memory: "2048",
      volumes: task.volumes,
    });
    expect(taskDefinition.containerDefinitions).toMatchObject(task.containerDefinitions);
  });

  it("has a member that ECS does not know refused", async () => {
    const input = JSON.stringify({ ...task, containerDefinition: [] });
    const args = ["ecs", "register-task-definition", "--cli-input-json", input];
    const { ok, stderr } = await runProgram(needAws(), args, { env: { ...moto.environment, PATH: "/usr/bin:/bin" } });
    expect(ok).toBe(false);
    expect(stderr).toContain('Unknown parameter in input: "containerDefinition"');
  });
});

describe("the server's container", () => {
  it("gains nothing and writes nowhere but in its volumes", () => {
    expect(server).toMatchObject({
      user: "10001:10001",
      essential: true,
      readonlyRootFilesystem: true,
      linuxParameters: { initProcessEnabled: true, capabilities: { drop: ["ALL"] } },
      command: ["serve"],
      dependsOn: [{ containerName: files.name, condition: "SUCCESS" }],
    });
    expect(server).not.toHaveProperty("entryPoint");
    // Fargate takes neither; bind mounts are what is there instead (ECS developer guide, "task definition differences").
    for (const { linuxParameters } of task.containerDefinitions) {
      expect(linuxParameters).not.toHaveProperty("tmpfs");
      expect(linuxParameters).not.toHaveProperty("capabilities.add");
    }
  });

  it("runs the image of this version, as the other one does", () => {
    expect([files.image, server.image]).toEqual([IMAGE, IMAGE]);
  });

  it("has settings of this version that go together", () => {
    expect(() => checkAuthSettings(settings)).not.toThrow();
    expect(idleSettings(environment, settings.AWS_MCP_TRANSPORT)).toEqual([]);
    expect(settings).toMatchObject({
      AWS_MCP_TRANSPORT: "streamable-http",
      AWS_MCP_HOST: "0.0.0.0",
      AWS_MCP_PORT: server.portMappings?.[0]?.containerPort,
      // Nobody says that Fargate's kernel has Landlock: `required` would start nothing where it has not.
      AWS_MCP_SANDBOX: "auto",
      AWS_MCP_EGRESS: "aws",
    });
  });

  it("names files and folders that are mounted, of which only temporary ones can be written to", () => {
    const mountOf = (path: string | undefined) => {
      const mount = server.mountPoints.find(({ containerPath }) => `${path}/`.startsWith(`${containerPath}/`));
      return mount && `${mount.sourceVolume}${mount.readOnly ? "" : ", to write"}`;
    };
    expect(mountOf(settings.AWS_MCP_TOKEN_FILE)).toBe("secrets");
    expect(mountOf(settings.AWS_MCP_STATE_KEY_FILE)).toBe("secrets");
    expect(mountOf(settings.AWS_MCP_SECURITY_CONFIG)).toBe("policy");
    expect(mountOf("/tmp")).toBe("tmp, to write");
    const written = server.mountPoints.filter(({ readOnly }) => !readOnly).map(({ containerPath }) => containerPath);
    expect(written).toEqual(["/tmp"]);
    const mounted = new Set(server.mountPoints.map(({ sourceVolume }) => sourceVolume));
    expect(mounted).toEqual(new Set(task.volumes.map(({ name }) => name)));
  });

  it("has a workspace of its own, since naming one says that all tasks have it", () => {
    expect(settings.AWS_MCP_WORKDIR).toBeUndefined();
    expect(task.volumes).toEqual([{ name: "tmp" }, { name: "secrets" }, { name: "policy" }]);
  });

  it("gives calls under way their time before the task is killed", () => {
    expect(settings.AWS_MCP_DRAIN).toBeGreaterThanOrEqual(settings.AWS_MCP_TIMEOUT);
    expect(settings.AWS_MCP_DRAIN + 2).toBeLessThan(server.stopTimeout ?? 0);
    // ECS developer guide, "Container timeouts": at most 120 seconds on Fargate.
    expect(server.stopTimeout).toBeLessThanOrEqual(120);
  });

  it("is asked for its health by its own program", () => {
    expect(server.healthCheck?.command).toEqual(["CMD", ...programInImage(), "health"]);
  });

  it("waits for its log rather than lose lines of the audit", () => {
    expect(server.logConfiguration).toMatchObject({ logDriver: "awslogs", options: { mode: "blocking" } });
  });

  it("gets secrets by reference alone", () => {
    const references = task.containerDefinitions.flatMap(({ secrets }) => secrets.map(({ valueFrom }) => valueFrom));
    expect(references).toHaveLength(4);
    for (const reference of references)
      expect(reference).toMatch(/^arn:aws:(secretsmanager|ssm):us-east-1:111122223333:/);
  });
});

describe("the container that writes the files", () => {
  let folder: string;
  const path = (...names: readonly string[]) => join(folder, ...names);
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "awspipe-task-"));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("is root without what root may do, but to give files away, and has ended before the server starts", () => {
    expect(files).toMatchObject({ user: "0", essential: false, readonlyRootFilesystem: true });
    // What Docker gives (moby, oci/caps/defaults.go) without CHOWN: Fargate adds none back once all are dropped.
    const given = [
      "CHOWN",
      "DAC_OVERRIDE",
      "FSETID",
      "FOWNER",
      "MKNOD",
      "NET_RAW",
      "SETGID",
      "SETUID",
      "SETFCAP",
      "SETPCAP",
    ];
    const all = [...given, "NET_BIND_SERVICE", "SYS_CHROOT", "KILL", "AUDIT_WRITE"];
    const drop = all.filter((name) => name !== "CHOWN").sort();
    expect(files.linuxParameters).toEqual({ initProcessEnabled: true, capabilities: { drop } });
    expect(files.entryPoint?.[0]).toBe(programInImage()[0]);
  });

  it("writes each file where the server looks for it, for the server's user alone", async () => {
    const [script = "", owner, policy = "", secrets = "", temporary = "", ...more] = files.command;
    expect([owner, policy, secrets, temporary, more]).toEqual([
      "10001",
      "/etc/awspipe",
      "/run/secrets/awspipe",
      "/tmp",
      [],
    ]);
    const { AWS_MCP_SECURITY_CONFIG, AWS_MCP_TOKEN_FILE, AWS_MCP_STATE_KEY_FILE } = settings;
    const expected = [AWS_MCP_SECURITY_CONFIG, AWS_MCP_TOKEN_FILE, AWS_MCP_STATE_KEY_FILE].map((each) =>
      path(each ?? ""),
    );
    const places = [policy, secrets, temporary].map((each) => path(each));
    for (const place of places) mkdirSync(place, { recursive: true });
    const env = { POLICY: "rules: []\n", TOKENS: "ci read sha256:0\n", STATE_KEY: "00" };
    expect(Object.keys(env).sort()).toEqual(files.secrets.map(({ name }) => name).sort());
    // Another user's files can be made by root alone.
    const user = process.getuid?.() === 0 ? 10001 : (process.getuid?.() ?? 0);
    const [, ...options] = files.entryPoint ?? [];
    const args = [...options, script, String(user), ...places];
    expect(await runProgram(process.execPath, args, { env })).toEqual({ ok: true, stdout: "", stderr: "" });
    const written = expected.map((each) => [
      readFileSync(each, "utf8"),
      statSync(each).uid,
      statSync(each).mode & 0o777,
    ]);
    expect(written).toEqual([env.POLICY, env.TOKENS, env.STATE_KEY].map((text) => [text, user, 0o400]));
    expect(statSync(path(temporary)).uid).toBe(user);
  });
});
