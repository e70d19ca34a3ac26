import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { needServer } from "../provision/needs.js";
import type { Settings } from "../server/clients.js";

/** The built server, listening on loopback. */
export type HttpServer = {
  /** Of the MCP endpoint. */
  readonly url: URL;
  readonly port: number;
  /** The random token, where the server has made one. */
  readonly token: string | undefined;
  readonly pid: number;
  /** What it has written to stderr so far, line by line. */
  readonly events: () => readonly Readonly<Record<string, unknown>>[];
  /** Sends a signal and waits for the end; gives the exit status. */
  readonly stop: (signal?: NodeJS.Signals) => Promise<number | null>;
};

/** Starts a server with these settings besides the transport and a free port. Throws with its words where it does not listen. */
export const startHttpServer = async (settings: Settings = {}): Promise<HttpServer> => {
  const child = spawn(process.execPath, [needServer(), "serve"], {
    env: {
      PATH: process.env.PATH ?? "",
      HOME: "/nonexistent",
      AWS_MCP_TRANSPORT: "streamable-http",
      AWS_MCP_PORT: "0",
      ...settings,
    },
    stdio: ["ignore", "ignore", "pipe"],
  });
  let errors = "";
  child.stderr.setEncoding("utf8");
  child.stderr.on("data", (text: string) => {
    errors += text;
  });
  const ended = once(child, "exit");
  const events = () =>
    errors
      .split("\n")
      .slice(0, -1)
      .flatMap((line) => (line.startsWith("{") ? [JSON.parse(line) as Record<string, unknown>] : []));
  const listening = () => events().find(({ event }) => event === "listening");
  while (listening() === undefined) {
    const over = await Promise.race([
      ended,
      new Promise<undefined>((resolve) => setTimeout(() => resolve(undefined), 10)),
    ]);
    if (over !== undefined) throw new Error(errors);
  }
  const { url: text, token_file: file } = listening() ?? {};
  const url = new URL(String(text));
  return {
    url,
    port: Number(url.port),
    token: typeof file === "string" ? readFileSync(file, "utf8").trim() : undefined,
    pid: child.pid ?? 0,
    events,
    stop: async (signal = "SIGTERM") => {
      child.kill(signal);
      await ended;
      return child.exitCode;
    },
  };
};
