import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { idleSettings } from "../../src/commands/idle-settings.js";
import { checkAuthSettings } from "../../src/http/auth/check-auth-settings.js";
import { servedHosts } from "../../src/http/guards.js";
import { healthAnswer } from "../../src/http/health.js";
import { readSettings } from "../../src/settings.js";
import { runAwspipe } from "../commands/run-awspipe.js";
import { needAws } from "../provision/needs.js";
import { connectModern } from "../server/clients.js";
import { type Container, FOLDER, type Probe, type Rendered, render, VARIANTS } from "./kubernetes-rendered.js";

/** What the server finds in its environment; what comes from a secret has a value that it could have. */
const environmentOf = ({ one, config }: Rendered): Record<string, string> => {
  const [{ envFrom = [], env = [] }] = one("Deployment").spec.template.spec.containers;
  expect(envFrom).toHaveLength(1);
  const secrets = env.map(({ name }) => {
    expect(name).toBe("AWS_MCP_STATE");
    return [name, "rediss://awspipe:a-password@master.awspipe.cache.amazonaws.com:6379"];
  });
  return { ...config("awspipe-settings"), ...Object.fromEntries(secrets) };
};

const containerOf = ({ one }: Rendered): Container => one("Deployment").spec.template.spec.containers[0];

describe.each(VARIANTS)("the settings of %s", async (variant) => {
  const rendered = await render(variant);
  const environment = environmentOf(rendered);
  const settings = readSettings(environment);

  it("are settings of this version, have values that they take, and go together", () => {
    expect(() => checkAuthSettings(settings)).not.toThrow();
    expect(idleSettings(environment, settings.AWS_MCP_TRANSPORT)).toEqual([]);
    expect(settings.AWS_MCP_STATE === undefined).toBe(settings.AWS_MCP_STATE_KEY_FILE === undefined);
  });

  it("start no server that cannot confine its stages, and serve at the port that the pod has", () => {
    const { AWS_MCP_SANDBOX, AWS_MCP_EGRESS, AWS_MCP_TRANSPORT, AWS_MCP_HOST, AWS_MCP_PORT, AWS_MCP_HTTP_AUTH } =
      settings;
    expect({
      AWS_MCP_SANDBOX,
      AWS_MCP_EGRESS,
      AWS_MCP_TRANSPORT,
      AWS_MCP_HOST,
      AWS_MCP_PORT,
      AWS_MCP_HTTP_AUTH,
    }).toEqual({
      AWS_MCP_SANDBOX: "required",
      AWS_MCP_EGRESS: "aws",
      AWS_MCP_TRANSPORT: "streamable-http",
      AWS_MCP_HOST: "0.0.0.0",
      AWS_MCP_PORT: containerOf(rendered).ports?.[0]?.containerPort,
      AWS_MCP_HTTP_AUTH: "token",
    });
  });

  it("let requests in that are for the service, by each name that it has in the cluster", () => {
    const { name, namespace } = rendered.one("Service").metadata;
    const names = [name, `${name}.${namespace}`, `${name}.${namespace}.svc`, `${name}.${namespace}.svc.cluster.local`];
    expect(servedHosts(settings)).toEqual(expect.arrayContaining(names));
  });

  it("name files and folders that are mounted, of which only a workspace can be written to", () => {
    const { volumeMounts } = containerOf(rendered);
    const mountOf = (path: string | undefined) => {
      const mount = volumeMounts.find(({ mountPath }) => `${path}/`.startsWith(`${mountPath}/`));
      return mount && `${mount.name}${mount.readOnly === true ? "" : ", to write"}`;
    };
    expect(mountOf(settings.AWS_MCP_TOKEN_FILE)).toBe("tokens");
    expect(mountOf(settings.AWS_MCP_SECURITY_CONFIG)).toBe("policy");
    // Naming a workspace says that every replica has it.
    const isShared = variant === "shared-workspace";
    expect(settings.AWS_MCP_WORKDIR).toBe(isShared ? "/workspace" : undefined);
    expect(mountOf(settings.AWS_MCP_WORKDIR)).toBe(isShared ? "workspace, to write" : undefined);
    expect(mountOf("/tmp")).toBe("tmp, to write");
    expect(mountOf(settings.AWS_MCP_STATE_KEY_FILE)).toBe(variant === "base" ? undefined : "state-key");
    expect(Object.keys(rendered.config("awspipe-policy"))).toEqual([
      settings.AWS_MCP_SECURITY_CONFIG?.split("/").at(-1),
    ]);
  });

  it("give calls under way their time before the pod is killed", () => {
    const { terminationGracePeriodSeconds: grace } = rendered.one("Deployment").spec.template.spec;
    const { lifecycle } = containerOf(rendered);
    expect(settings.AWS_MCP_DRAIN).toBeGreaterThanOrEqual(settings.AWS_MCP_TIMEOUT);
    // docs/http.md: the server ends at the latest about two seconds after the drain.
    expect((lifecycle?.preStop.sleep.seconds ?? Number.NaN) + settings.AWS_MCP_DRAIN + 2).toBeLessThan(grace);
  });

  it("have probes that the server answers, and a stopping server is not started anew", () => {
    const { startupProbe, readinessProbe, livenessProbe } = containerOf(rendered);
    const status = (probe: Probe | undefined, isReady: boolean) =>
      healthAnswer("GET", probe?.httpGet.path ?? "", { isReady })?.status;
    const statuses = (isReady: boolean) =>
      [startupProbe, readinessProbe, livenessProbe].map((each) => status(each, isReady));
    expect(statuses(true)).toEqual([200, 200, 200]);
    expect(statuses(false)).toEqual([503, 503, 200]);
    const ports = [startupProbe, readinessProbe, livenessProbe].map((probe) => probe?.httpGet.port);
    expect(new Set(ports)).toEqual(new Set(["http"]));
  });
});

describe("the ingress", () => {
  it("waits for longer than a call may take, takes the largest body, and goes to the MCP endpoint alone", async () => {
    const rendered = await render("eks-irsa");
    const settings = readSettings(environmentOf(rendered));
    const { metadata, spec } = rendered.one("Ingress");
    const said = metadata.annotations;
    const seconds = ["nginx.ingress.kubernetes.io/proxy-read-timeout", "nginx.org/proxy-read-timeout"].map(
      (name) => said[name],
    );
    for (const each of seconds) expect(Number.parseInt(each ?? "", 10)).toBeGreaterThan(settings.AWS_MCP_TIMEOUT);
    const bodies = [said["nginx.ingress.kubernetes.io/proxy-body-size"], said["nginx.org/client-max-body-size"]];
    expect(bodies).toEqual([`${settings.AWS_MCP_MAX_BODY / 1_048_576}m`, "1m"]);
    const { hostname, pathname } = new URL(settings.AWS_MCP_PUBLIC_URL ?? "");
    const backend = { service: { name: rendered.one("Service").metadata.name, port: { name: "http" } } };
    expect(spec).toEqual({
      ingressClassName: "nginx",
      tls: [{ hosts: [hostname], secretName: "awspipe-tls" }],
      rules: [
        {
          host: hostname,
          http: {
            paths: [
              { path: pathname, pathType: "Exact", backend },
              { path: "/.well-known/oauth-protected-resource", pathType: "Prefix", backend },
            ],
          },
        },
      ],
    });
  });
});

describe("the policy", () => {
  it("is one that a server starts with: its own examples come out as it says", async () => {
    const { code, errors } = await runAwspipe(["policy", "test", join(FOLDER, "base", "policy.yaml")]);
    expect({ code, errors }).toEqual({ code: 0, errors: "" });
  });
});

describe("the workspace of a replica", () => {
  let volume: string;
  beforeEach(() => {
    volume = mkdtempSync(join(tmpdir(), "awspipe-volume-"));
    // As a pod's own volume is: open to everybody in it, with the bit that fsGroup adds.
    chmodSync(volume, 0o2777);
  });
  afterEach(() => rmSync(volume, { recursive: true }));

  it("is made below the directory for temporary files, open to nobody else, and gone with the server", async () => {
    const server = await connectModern({ TMPDIR: volume, AWS_MCP_AWS_CLI: needAws() });
    const { isError } = await server.call({ name: "aws_cli_pipeline", arguments: { command: "ls" } });
    const found = readdirSync(volume).map((own) => [own, statSync(join(volume, own, "workspace")).mode & 0o777]);
    await server.close();
    expect({ isError, found }).toEqual({ isError: false, found: [[expect.stringMatching(/^awspipe-/), 0o700]] });
    await vi.waitFor(() => expect(readdirSync(volume)).toEqual([]), 5000);
  });

  it("may be a folder with the access point's permissions, not one that others may write to", async () => {
    const folder = join(volume, "access-point");
    mkdirSync(folder);
    chmodSync(
      folder,
      Number.parseInt((await render("shared-workspace")).one("StorageClass").parameters.directoryPerms ?? "", 8),
    );
    writeFileSync(join(folder, "notes.txt"), "a\n");
    const run = (workspace: string) => {
      const environment = { AWS_MCP_AWS_CLI: needAws(), AWS_MCP_WORKDIR: workspace };
      return runAwspipe(["run", "cat notes.txt"], { environment });
    };
    expect(await run(folder)).toMatchObject({ code: 0, out: "a\n" });
    expect((await run(volume)).errors).toContain("can be written to by others");
  });
});
