import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect } from "../../bench/connect.js";
import { runAwspipe } from "../commands/run-awspipe.js";
import { startHttpServer } from "../http/start-http-server.js";
import { needAws, needServer } from "../provision/needs.js";
import { connectModern } from "../server/clients.js";
import type { Standin } from "./standin.js";

export type Environment = Readonly<Record<string, string>>;
export type Call = Readonly<Record<string, unknown>>;

/** What `awspipe ARGS` writes to stdout and stderr. */
export const said = async (args: readonly string[], environment: Environment = {}): Promise<string> => {
  const { out, errors } = await runAwspipe(args, { environment: { AWS_MCP_AWS_CLI: needAws(), ...environment } });
  return `${out}${errors}`;
};

/** What a start of the server says that does not come about. */
export const started = (environment: Environment): Promise<string> => said(["serve"], environment);

export const checked = (command: string, environment: Environment = {}): Promise<string> =>
  said(["check", command], environment);

export const ran = (command: string, environment: Environment = {}): Promise<string> =>
  said(["run", command], environment);

/** What a model reads whose client calls `aws_cli_pipeline` several times, one call after the other. */
export const called = async (calls: readonly Call[], environment: Environment = {}): Promise<string> => {
  const server = await connectModern({ AWS_MCP_AWS_CLI: needAws(), ...environment });
  try {
    const answers: string[] = [];
    for (const args of calls) answers.push((await server.call({ name: "aws_cli_pipeline", arguments: args })).text);
    return answers.join("\n");
  } finally {
    await server.close();
  }
};

/** What a model reads after a person has said no. */
export const declined = async (command: string, environment: Environment): Promise<string> => {
  const { client, close } = await connect(needServer(), { AWS_MCP_AWS_CLI: needAws(), ...environment }, () => false);
  try {
    const { content } = await client.callTool({ name: "aws_cli_pipeline", arguments: { command } });
    return content.map((block) => (block.type === "text" ? block.text : "")).join("\n");
  } finally {
    await close();
  }
};

/** The status and the body that an HTTP client gets; `TOKEN` in a header is the server's random token. */
export const requested = async (
  headers: Environment,
  environment: Environment = {},
  method: "POST" | "GET" = "POST",
): Promise<string> => {
  const server = await startHttpServer({ AWS_MCP_AWS_CLI: needAws(), ...environment });
  try {
    const given = Object.entries(headers).map(([name, value]) => [name, value.replace("TOKEN", server.token ?? "")]);
    const response = await fetch(server.url, {
      method,
      headers: {
        "content-type": "application/json",
        accept: "application/json, text/event-stream",
        ...Object.fromEntries(given),
      },
      ...(method === "POST" ? { body: JSON.stringify({ jsonrpc: "2.0", id: 1, method: "ping", params: {} }) } : {}),
    });
    return `HTTP ${response.status}\n${await response.text()}`;
  } finally {
    await server.stop();
  }
};

export const withStandin = async (
  standin: Promise<Standin>,
  use: (environment: Environment) => Promise<string>,
): Promise<string> => {
  const { environment, stop } = await standin;
  try {
    return await use(environment);
  } finally {
    stop();
  }
};

export const inFolder = async (use: (folder: string) => Promise<string>): Promise<string> => {
  const folder = mkdtempSync(join(tmpdir(), "troubles-"));
  try {
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

/** Writes a file with just this mode; gives its path. */
export const written = (folder: string, name: string, text: string | Uint8Array, mode = 0o600): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  chmodSync(path, mode);
  return path;
};
