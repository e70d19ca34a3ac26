import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { clientFiles } from "../../deploy/generate/client-files.js";
import { CLIENTS } from "../../deploy/generate/clients.js";
import { clientsPage } from "../../deploy/generate/clients-page.js";
import { packageFacts } from "../../deploy/generate/published.js";
import { readSettings } from "../../src/settings.js";
import { repository } from "../provision/repository.js";
import { clientServers, settingsOf } from "./clients-servers.js";

const read = (path: string): string => readFileSync(join(repository, path), "utf8");
const servers = clientServers();

describe("the files for clients", () => {
  it("are what `npm run docs` makes of the table, and no others", () => {
    const files = clientFiles();
    for (const { name, text } of files) expect([name, read(`deploy/clients/${name}`)]).toEqual([name, text]);
    const names = files.map(({ name }) => name);
    expect(readdirSync(join(repository, "deploy", "clients")).sort()).toEqual(names.toSorted());
    expect(names.length).toBe(13);
    expect(read("docs/clients.md")).toBe(clientsPage());
  });

  it("hold one server each, under the member that their client looks for", () => {
    expect(Object.fromEntries(servers.map(({ name, root, server }) => [name, [root, Object.keys(server)]]))).toEqual({
      "claude-code.docker.json": ["mcpServers", ["type", "command", "args"]],
      "claude-code.http.json": ["mcpServers", ["type", "url", "headers"]],
      "claude-code.npx.json": ["mcpServers", ["type", "command", "args", "env"]],
      "claude-desktop.docker.json": ["mcpServers", ["command", "args"]],
      "cursor.docker.json": ["mcpServers", ["type", "command", "args"]],
      "cursor.http.json": ["mcpServers", ["url", "headers"]],
      "cursor.npx.json": ["mcpServers", ["type", "command", "args", "env"]],
      "vscode.docker.json": ["servers", ["type", "command", "args"]],
      "vscode.http.json": ["servers", ["type", "url", "headers"]],
      "vscode.npx.json": ["servers", ["type", "command", "args", "env"]],
      "windsurf.docker.json": ["mcpServers", ["command", "args"]],
      "windsurf.http.json": ["mcpServers", ["serverUrl", "headers"]],
      "windsurf.npx.json": ["mcpServers", ["command", "args", "env"]],
    });
    const types = new Set(servers.map(({ server }) => server.type));
    expect(types).toEqual(new Set(["stdio", "http", undefined]));
  });

  it("ask VS Code for the token that they send, as a secret", () => {
    const file = JSON.parse(read("deploy/clients/vscode.http.json"));
    expect(file.inputs).toEqual([
      { type: "promptString", id: "awspipe-token", description: "awspipe token", password: true },
    ]);
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the client replaces it
    expect(file.servers.awspipe.headers).toEqual({ Authorization: "Bearer ${input:awspipe-token}" });
  });

  it("set what the server reads, and nothing that is wrong", () => {
    const started = servers.filter(({ server }) => server.command !== undefined);
    expect(started.length).toBe(9);
    for (const { name, way, server } of started) {
      const { AWS_PROFILE, ...settings } = settingsOf(server);
      const workdir = way === "docker" ? { AWS_MCP_WORKDIR: "/workspace" } : {};
      expect([name, AWS_PROFILE]).toEqual([name, "default"]);
      expect(readSettings(settings)).toEqual({ ...readSettings({}), AWS_MCP_SANDBOX: "required", ...workdir });
    }
  });

  it("start a container that holds its server in", () => {
    const containers = servers.filter(({ way }) => way === "docker");
    expect(containers.map(({ client }) => client.id)).toEqual(CLIENTS.map(({ id }) => id));
    for (const { client, server } of containers) {
      expect([server.command, ...(server.args ?? [])]).toEqual([
        ...["docker", "run", "--rm", "--interactive", "--user=1000:10001"],
        ...["--read-only", "--cap-drop=ALL", "--security-opt=no-new-privileges", "--pids-limit=512", "--memory=1g"],
        ...["--tmpfs=/tmp:mode=1777,size=384m", "--tmpfs=/workspace:mode=0700,uid=1000,gid=10001,size=256m"],
        `--volume=${client.spelling.home}/.aws:/home/awspipe/.aws:ro`,
        ...["--env=AWS_PROFILE=default", "--env=AWS_MCP_SANDBOX=required", "--env=AWS_MCP_WORKDIR=/workspace"],
        `ghcr.io/awspipe/awspipe:${packageFacts().version}`,
      ]);
    }
  });

  it("say of each client where its file lies, what it can ask, and where that is said", () => {
    const page = read("docs/clients.md");
    for (const { name, place, asks, sources } of CLIENTS) {
      const section = page.split(`\n## ${name}\n`)[1]?.split("\n## ")[0] ?? "";
      for (const text of [place, asks, ...sources]) expect(section).toContain(text);
      for (const source of sources) expect(new URL(source).protocol).toBe("https:");
    }
  });
});
