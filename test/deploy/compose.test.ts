import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { AjvJsonSchemaValidator } from "@modelcontextprotocol/sdk/validation/ajv";
import { describe, expect, it } from "vitest";
import { deployTools } from "../../deploy/generate/deploy-tools.js";
import { hardening } from "../../deploy/generate/hardening.js";
import { PUBLISHED, packageFacts } from "../../deploy/generate/published.js";
import { idleSettings } from "../../src/commands/idle-settings.js";
import { readSettings } from "../../src/settings.js";
import { runAwspipe } from "../commands/run-awspipe.js";
import { repository } from "../provision/repository.js";
import { composeFile, composeText, folder, serviceWith } from "./compose-file.js";

const VARIABLES = { AWSPIPE_UID: "1234", HOME: "/home/me" };
const service = serviceWith(VARIABLES);
const settings = readSettings(service.environment);

describe("deploy/compose.yaml", () => {
  it("follows the schema of Compose files", async () => {
    const text = readFileSync((await deployTools()).composeSchema, "utf8");
    // Its `id`s are of an older draft than it names, its durations are Go's and no ISO 8601, and it knows no `name` yet.
    const others = ["id", "$schema", "format"];
    const schema = JSON.parse(text, (key, value) => (others.includes(key) ? undefined : value));
    const { name, ...file } = composeFile;
    const validate = new AjvJsonSchemaValidator().getValidator(schema);
    expect([name, validate(file).errorMessage]).toEqual(["awspipe", undefined]);
    expect(validate({ ...file, servcies: {} }).errorMessage).toBe("data must NOT have additional properties");
  });

  it("sets what the server reads, and nothing that it has no use for", () => {
    expect(settings).toEqual({
      ...readSettings({}),
      AWS_MCP_TRANSPORT: "streamable-http",
      AWS_MCP_HOST: "0.0.0.0",
      AWS_MCP_PORT: 8000,
      AWS_MCP_TOKEN_FILE: "/run/secrets/awspipe-tokens",
      AWS_MCP_HTTP_SESSIONS: "on",
      AWS_MCP_SECURITY_CONFIG: "/etc/awspipe/policy.yaml",
      AWS_MCP_AUDIT_LOG: "/var/log/awspipe",
      AWS_MCP_WORKDIR: "/workspace",
      AWS_MCP_SANDBOX: "required",
      AWS_MCP_DRAIN: 20,
    });
    expect(idleSettings(service.environment, settings.AWS_MCP_TRANSPORT)).toEqual([]);
  });

  it("holds the container as every other file of the project does", () => {
    expect([
      ...(service.read_only ? ["--read-only"] : []),
      ...service.cap_drop.map((each) => `--cap-drop=${each}`),
      ...service.security_opt.map((each) => `--security-opt=${each.replace(/:true$/, "")}`),
      `--pids-limit=${service.pids_limit}`,
      `--memory=${service.mem_limit}`,
      ...service.tmpfs.map((each) => `--tmpfs=${each}`),
    ]).toEqual(hardening(VARIABLES.AWSPIPE_UID));
    expect(service.user).toBe("1234:10001");
    expect(service.ports).toEqual(["127.0.0.1:8000:8000"]);
  });

  it("puts a file or a folder in every place that the settings name", () => {
    const places = [
      ...service.volumes.map(({ target }) => target),
      ...service.secrets.map(({ target }) => `/run/secrets/${target}`),
      ...service.tmpfs.map((each) => each.replace(/:.*/, "")),
    ];
    const { AWS_MCP_TOKEN_FILE, AWS_MCP_SECURITY_CONFIG, AWS_MCP_AUDIT_LOG, AWS_MCP_WORKDIR } = settings;
    expect(places).toEqual(
      expect.arrayContaining([AWS_MCP_TOKEN_FILE, AWS_MCP_SECURITY_CONFIG, AWS_MCP_AUDIT_LOG, AWS_MCP_WORKDIR]),
    );
    expect(service.volumes.filter((each) => each.read_only !== true).map(({ target }) => target)).toEqual([
      AWS_MCP_AUDIT_LOG,
    ]);
  });

  it("leaves a stopped server its drain, and two seconds after it", () => {
    expect(service.stop_grace_period).toMatch(/^\d+s$/);
    expect(Number.parseInt(service.stop_grace_period, 10)).toBeGreaterThan(settings.AWS_MCP_DRAIN + 2);
  });

  it("asks for its health as the image does", () => {
    const dockerfile = readFileSync(join(repository, "Dockerfile"), "utf8");
    const [, command = "[]"] = /^HEALTHCHECK[^[]*CMD (\[.*\])$/m.exec(dockerfile.replaceAll("\\\n", "")) ?? [];
    expect(service.healthcheck.test).toEqual(["CMD", ...JSON.parse(command)]);
  });

  it("names the image of this version wherever it names one", () => {
    const images = [...composeText.matchAll(/ghcr\.io\/\S+/g)].map(([image]) => image);
    expect([...new Set(images)]).toEqual([`${PUBLISHED.image}:${packageFacts().version}`]);
    expect(service.image).toBe(images[0]);
  });

  it("says with what it begins where that has not been done", () => {
    expect(() => serviceWith({ HOME: "/home/me" })).toThrow("run the first command at the head of compose.yaml");
  });

  it("begins with the commands that the documentation gives", () => {
    const commands = [...composeText.matchAll(/^# {3}(\S.*)$/gm)].map(([, command]) => command);
    const pages = readdirSync(join(repository, "docs"), { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".md"))
      .map((name) => readFileSync(join(repository, "docs", name), "utf8"))
      .filter((page) => page.includes("docker compose up"));
    expect([commands.length, pages.length > 0]).toEqual([2, true]);
    for (const page of pages) expect(page).toContain(`\n${commands.join("\n")}\n`);
  });
});

describe("deploy/policy.yaml", () => {
  it("passes its own examples", async () => {
    const { code, out, errors } = await runAwspipe(["policy", "test", join(folder, "policy.yaml")]);
    expect([code, out, errors]).toEqual([0, "4 passed, 0 failed\n", ""]);
  });
});
