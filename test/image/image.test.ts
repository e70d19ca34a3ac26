import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { repository } from "../provision/repository.js";
import { engine, IMAGE } from "./engine.js";

type Config = {
  readonly User: string;
  readonly Env: readonly string[];
  readonly Entrypoint: readonly string[];
  readonly Cmd: readonly string[];
  readonly WorkingDir: string;
  readonly StopSignal: string;
  readonly Labels: Readonly<Record<string, string>>;
  readonly Healthcheck: { readonly Test: readonly string[] };
};

let config: Config;

beforeAll(async () => {
  const [inspected] = JSON.parse(await engine("image", "inspect", IMAGE));
  // podman shows the health check beside the configuration.
  config = { Healthcheck: inspected.Healthcheck, ...inspected.Config };
});

describe("the configuration of the image", () => {
  it("starts the server without a shell, as a user without privileges", () => {
    const { User, Entrypoint, Cmd, WorkingDir, StopSignal } = config;
    expect({ User, Entrypoint, Cmd, WorkingDir, StopSignal: StopSignal.replace(/^15$/, "SIGTERM") }).toEqual({
      User: "10001:10001",
      Entrypoint: ["/usr/bin/tini", "-s", "--", "/usr/local/bin/node", "/app/dist/cli.js"],
      Cmd: ["serve"],
      WorkingDir: "/home/awspipe",
      StopSignal: "SIGTERM",
    });
  });

  it("asks for confinement, and names the AWS CLI", () => {
    expect([...config.Env].sort()).toEqual([
      "AWS_MCP_AWS_CLI=/usr/local/aws-cli/v2/current/bin/aws",
      "AWS_MCP_SANDBOX=required",
      "HOME=/home/awspipe",
      "LANG=C.UTF-8",
      "PATH=/usr/local/bin:/usr/bin",
    ]);
  });

  it("has a health check that needs no shell", () => {
    expect(config.Healthcheck.Test).toEqual(["CMD", "/usr/local/bin/node", "/app/dist/cli.js", "health"]);
  });

  it("says what it is, in the labels of the Open Container Initiative", () => {
    const { version } = JSON.parse(readFileSync(join(repository, "package.json"), "utf8"));
    const labels = Object.entries(config.Labels).filter(([name]) => name.startsWith("org.opencontainers.image."));
    expect(Object.fromEntries(labels.map(([name, value]) => [name.split(".").at(-1), value]))).toEqual({
      title: "awspipe",
      description: "An MCP server that runs AWS CLI commands with Unix pipes and never starts a shell",
      source: "https://github.com/awspipe/awspipe",
      url: "https://github.com/awspipe/awspipe",
      licenses: "MIT",
      version,
      revision: expect.stringMatching(/^(?:[0-9a-f]{40}|unknown)$/),
      created: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:Z|[+-]\d\d:\d\d)$/),
    });
  });

  it("names the server to the registry of MCP, which looks for that", () => {
    expect(config.Labels["io.modelcontextprotocol.server.name"]).toBe("io.github.awspipe/awspipe");
  });
});
