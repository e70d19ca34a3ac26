import { lookup } from "node:dns/promises";
import { rmSync } from "node:fs";
import type { Server } from "node:http";
import type { EgressEvent } from "./egress-event.js";
import { egressProxy } from "./egress-proxy.js";
import type { EgressSettings } from "./egress-settings.js";
import { firstLine } from "./first-line.js";

/** The line that the process reads first, as JSON; it holds secrets, and so is neither argument nor environment. */
export type ProxyConfiguration = {
  readonly settings: EgressSettings;
  readonly token: string;
  /** Absolute path of the Unix socket that it listens on as well. */
  readonly socketPath?: string | undefined;
};

/** A line that the process says on its stdout, as JSON: first where it listens, then what did not come about. */
export type ProxyLine = { readonly port: number } | EgressEvent;

const CONNECT_MILLISECONDS = 20_000;

// The proxy as a process of its own. It lives as long as somebody holds its stdin.
const main = async (): Promise<void> => {
  process.umask(0o077);
  // Whoever reads our lines may go first.
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => undefined);
  const line = await firstLine(process.stdin, () => process.exit(0));
  const configuration: ProxyConfiguration = JSON.parse(line);
  const { settings, token, socketPath } = configuration;
  const resolve = (host: string) => lookup(host, { all: true, verbatim: true });
  const proxy = { settings, token, resolve, tell, milliseconds: CONNECT_MILLISECONDS };
  if (socketPath !== undefined) {
    rmSync(socketPath, { force: true });
    await listening(egressProxy(proxy), { path: socketPath });
  }
  const port = await listening(egressProxy(proxy), { host: "127.0.0.1", port: 0 });
  process.stdout.write(`${JSON.stringify({ port })}\n`);
};

// On stdout for the server, which tells the model; on stderr, which is the server's own, for the operator.
const tell = (event: EgressEvent): void => {
  process.stdout.write(`${JSON.stringify(event)}\n`);
  process.stderr.write(`${JSON.stringify({ time: new Date().toISOString(), ...event })}\n`);
};

const listening = (server: Server, where: { path: string } | { host: string; port: number }): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(where, () => {
      const address = server.address();
      resolve(typeof address === "object" && address !== null ? address.port : 0);
    });
  });

await main();
