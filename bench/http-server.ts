import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

/** A server that listens on loopback. */
export type HttpServer = {
  readonly url: URL;
  readonly pid: number;
  /** The file of the random token, where it has made one. */
  readonly tokenFile: string | undefined;
  readonly auditLog: string;
  readonly stop: () => Promise<void>;
};

/** Starts the built server over HTTP, with these settings besides. */
export async function startHttp(program: string, settings: Readonly<Record<string, string>> = {}): Promise<HttpServer> {
  const home = mkdtempSync(join(tmpdir(), "awspipe-http-"));
  const auditLog = join(home, "audit.jsonl");
  const env = {
    PATH: process.env.PATH ?? "",
    HOME: home,
    AWS_MCP_TRANSPORT: "streamable-http",
    AWS_MCP_PORT: "0",
    AWS_MCP_AUDIT_LOG: auditLog,
    ...settings,
  };
  const child = spawn(process.execPath, [program, "serve"], { env, stdio: ["ignore", "ignore", "pipe"] });
  const stop = async (): Promise<void> => {
    if (child.exitCode === null) {
      child.kill();
      await once(child, "exit");
    }
    rmSync(home, { recursive: true, force: true });
  };
  const said: string[] = [];
  for await (const line of createInterface({ input: child.stderr })) {
    said.push(line);
    const { event, url, token_file: tokenFile } = line.startsWith("{") ? JSON.parse(line) : {};
    if (event === "listening") {
      child.stderr.resume();
      return { url: new URL(url), pid: child.pid ?? 0, tokenFile, auditLog, stop };
    }
  }
  await stop();
  throw new Error(`the server did not start: ${said.join("\n")}`);
}
