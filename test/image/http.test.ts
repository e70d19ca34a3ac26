import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { modernHttp } from "../http/http-clients.js";
import type { Outcome } from "../provision/run-program.js";
import type { Settings } from "../server/clients.js";
import { type Container, runOnce, serveStdio, startDetached } from "./container.js";
import { engine, IMAGE, tryEngine } from "./engine.js";
import { ownFolder } from "./own-folder.js";
import { silentAws } from "./silent-aws.js";

let container: Container | undefined;
let secrets: string;

beforeEach(() => {
  secrets = mkdtempSync(join(tmpdir(), "awspipe-secrets-"));
});

afterEach(async () => {
  await container?.remove();
  rmSync(secrets, { recursive: true });
});

/** The command of the image's own health check, as the engine runs it in the container. */
const health = async ({ name }: Container): Promise<Outcome> => {
  const [inspected] = JSON.parse(await engine("image", "inspect", IMAGE));
  const { Test } = inspected.Healthcheck ?? inspected.Config.Healthcheck;
  return tryEngine("exec", name, ...Test.slice(1));
};

const freePort = async (): Promise<number> => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  // It listens at a port.
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
};

const HTTP: Settings = { AWS_MCP_TRANSPORT: "streamable-http" };

/** The server on this machine's loopback, with a token that is mounted as a secret. */
const serveHttp = async (settings: Settings = {}) => {
  const { stdout: token, stderr: line } = await runOnce(["token", "ci"]);
  writeFileSync(join(secrets, "tokens"), line, { mode: 0o400 });
  const { user } = ownFolder(join(secrets, "tokens"));
  const port = await freePort();
  container = await startDetached(
    {
      flags: ["--network", "host", ...user, "--volume", `${secrets}/tokens:/run/secrets/tokens:ro`],
      settings: { ...HTTP, AWS_MCP_PORT: String(port), AWS_MCP_TOKEN_FILE: "/run/secrets/tokens", ...settings },
    },
    '"event":"listening"',
  );
  const url = new URL(`http://127.0.0.1:${port}/mcp`);
  return { container, url, connect: () => modernHttp({ url, token: token.trim() }) };
};

describe("the container over HTTP", () => {
  it("serves who has a token, and nobody else", async () => {
    const { url, connect } = await serveHttp();
    expect((await fetch(url, { method: "POST" })).status).toBe(401);
    const client = await connect();
    const answer = await client.call({ name: "aws_cli_pipeline", arguments: { command: "echo over HTTP | wc -w" } });
    await client.close();
    expect(answer).toMatchObject({ isError: false, text: expect.stringContaining("\n2\n") });
  });

  it("is healthy while it takes requests, and not once it was told to stop", async () => {
    const aws = await silentAws();
    const { container: served, connect } = await serveHttp({ ...aws.settings, AWS_MCP_DRAIN: "6" });
    expect(await health(served)).toMatchObject({ ok: true, stdout: "ready\n" });
    const client = await connect();
    client.call({ name: "aws_cli_pipeline", arguments: { command: "aws s3 ls" } }).catch(() => undefined);
    await aws.asked;
    await engine("kill", "--signal", "TERM", served.name);
    expect(await health(served)).toMatchObject({ ok: false, stdout: "stopping\n" });
    aws.close();
    await client.close();
  });

  it("is not healthy where nothing listens", async () => {
    container = await startDetached(
      { flags: ["--network", "none"], settings: { ...HTTP, AWS_MCP_PORT: "0" } },
      '"event":"listening"',
    );
    const asked = await tryEngine(
      ...["exec", "--env", "AWS_MCP_PORT=9", container.name],
      ...["/usr/local/bin/node", "/app/dist/cli.js", "health"],
    );
    expect(asked).toMatchObject({ ok: false, stderr: expect.stringMatching(/127\.0\.0\.1:9\/readyz does not answer/) });
  });
});

describe("the container over stdio", () => {
  it("is healthy as long as it runs", async () => {
    const served = await serveStdio();
    expect(await health(served)).toMatchObject({ ok: true, stdout: expect.stringMatching(/^stdio/) });
    await served.close();
  });
});
