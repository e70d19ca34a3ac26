import { serveStdio } from "@modelcontextprotocol/server/stdio";
import { protocolError } from "../protocol-error.js";
import { createServer } from "../server/create-server.js";
import { LOCAL } from "../server/principal-of.js";
import { type Shared, serverParts } from "../server/server-parts.js";
import type { Watch } from "../server/watch.js";
import type { Settings } from "../settings.js";
import type { Started } from "../start-engine.js";
import type { Served } from "./served.js";

/** Serves the client at the other end of stdin and stdout. */
export const serveOnStdio = (settings: Settings, started: Started, shared: Shared, watch: Watch): Served => {
  const { engine, ...watched } = watch(started.engine, LOCAL);
  const own = { ...watched, principal: LOCAL.name };
  const parts = serverParts({ ...started, engine }, settings, process.env, shared, own);
  const handle = serveStdio(() => createServer(parts), { onerror: protocolError });
  return {
    ended: new Promise((resolve) => {
      process.stdin.once("end", () => resolve("stdin ended"));
      process.stdin.once("close", () => resolve("stdin closed"));
      process.stdout.once("error", () => resolve("stdout broken"));
    }),
    stop: async () => {
      await parts.runs.stop();
      await handle.close();
    },
  };
};
