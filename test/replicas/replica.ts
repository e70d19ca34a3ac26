import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { type HttpServer, startHttpServer } from "../http/start-http-server.js";
import type { Settings } from "../server/clients.js";
import { freePort } from "./free-port.js";

/** A server at a port of its own, which tests end and start again. */
export type Replica = {
  readonly port: number;
  /** Its audit logs, one for each start. */
  readonly auditLogs: string;
  /** What all servers here take for `/tmp`. */
  readonly temporary: string;
  /** When it was told to die and when it was gone, in epoch milliseconds. */
  readonly kills: readonly { readonly from: number; readonly to: number }[];
  /** Throws where it does not come to listen. */
  readonly start: () => Promise<void>;
  readonly kill: () => Promise<void>;
  /** By SIGTERM; gives the exit status. */
  readonly stop: () => Promise<number | null>;
};

/**
 * A replica that is not started yet.
 *
 * @param folder where it may write
 */
export const createReplica = async (folder: string, settings: Settings): Promise<Replica> => {
  const port = await freePort();
  const auditLogs = join(folder, "audit");
  const temporary = join(folder, "tmp");
  for (const each of [auditLogs, temporary]) mkdirSync(each, { recursive: true, mode: 0o700 });
  const kills: { from: number; to: number }[] = [];
  let server: HttpServer | undefined;
  return {
    port,
    auditLogs,
    temporary,
    kills,
    start: async () => {
      const own = { AWS_MCP_PORT: String(port), AWS_MCP_AUDIT_LOG: auditLogs, TMPDIR: temporary };
      server = await startHttpServer({ ...settings, ...own });
    },
    kill: async () => {
      const from = Date.now();
      await server?.stop("SIGKILL");
      kills.push({ from, to: Date.now() });
    },
    stop: async () => server?.stop() ?? null,
  };
};

/** Three replicas that run. */
export const startReplicas = async (
  folder: string,
  settings: Settings,
): Promise<readonly [Replica, Replica, Replica]> => {
  const replicas = [
    await createReplica(join(folder, "a"), settings),
    await createReplica(join(folder, "b"), settings),
    await createReplica(join(folder, "c"), settings),
  ] as const;
  await Promise.all(replicas.map((each) => each.start()));
  return replicas;
};

/** For nginx. */
export const portsOf = ([a, b, c]: readonly [Replica, Replica, Replica]): readonly [number, number, number] => [
  a.port,
  b.port,
  c.port,
];
