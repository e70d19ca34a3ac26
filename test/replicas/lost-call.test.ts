import { rmSync } from "node:fs";
import { dirname } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { legacyHttp, modernHttp } from "../http/http-clients.js";
import { until } from "../http/session-until.js";
import { type HttpServer, startHttpServer } from "../http/start-http-server.js";
import { below, withCommand } from "../server/processes.js";
import { makeSlowAws } from "../server/slow-aws.js";
import { UNCONFINED } from "../unconfined.js";
import { freePort } from "./free-port.js";
import { UNBOUNDED } from "./nginx-process.js";
import { startNginx } from "./start-nginx.js";

let slowAws: string;

beforeAll(() => {
  slowAws = makeSlowAws();
});

afterAll(() => {
  expect(withCommand(slowAws)).toEqual([]);
  rmSync(dirname(slowAws), { recursive: true, force: true });
});

/** Takes a minute. */
const LONG = { name: "aws_cli_pipeline", arguments: { command: "aws ec2 describe-availability-zones | cat" } };

const SESSIONS = { AWS_MCP_HTTP_SESSIONS: "on" };

/** Who has sent the call, whether progress was asked for, and milliseconds after which the replica is killed. */
const CASES = [
  ["2026-07-28, SDK 2.x", "asks for no progress", { reach: modernHttp, settings: {}, asks: false, after: 0 }],
  ["2026-07-28, SDK 2.x", "has heard of no progress yet", { reach: modernHttp, settings: {}, asks: true, after: 0 }],
  ["2026-07-28, SDK 2.x", "has heard of progress", { reach: modernHttp, settings: {}, asks: true, after: 4_000 }],
  [
    "2026-07-28, beside sessions",
    "has heard of progress",
    { reach: modernHttp, settings: SESSIONS, asks: true, after: 4_000 },
  ],
  ["2025, SDK 1.x", "asks for no progress", { reach: legacyHttp, settings: {}, asks: false, after: 0 }],
  // A stream would have had its first sign of life.
  ["2025, SDK 1.x", "has waited for long", { reach: legacyHttp, settings: {}, asks: false, after: 17_000 }],
  ["2025, SDK 1.x", "has heard of no progress yet", { reach: legacyHttp, settings: {}, asks: true, after: 0 }],
  ["2025, SDK 1.x", "has heard of progress", { reach: legacyHttp, settings: {}, asks: true, after: 4_000 }],
  [
    "2025 with sessions, SDK 1.x",
    "asks for no progress",
    { reach: legacyHttp, settings: SESSIONS, asks: false, after: 0 },
  ],
  [
    "2025 with sessions, SDK 1.x",
    "has heard of progress",
    { reach: legacyHttp, settings: SESSIONS, asks: true, after: 4_000 },
  ],
] as const;

describe.concurrent("a client behind nginx, of protocol", () => {
  it.each(CASES)(
    "%s, that %s is told at once that its call is lost",
    async (_, _what, { reach, settings, asks, after }) => {
      const start = (port: number): Promise<HttpServer> =>
        startHttpServer({
          ...{ AWS_ACCESS_KEY_ID: "testing", AWS_SECRET_ACCESS_KEY: "testing", AWS_MCP_AWS_CLI: slowAws },
          ...{ AWS_MCP_HTTP_AUTH: "none", AWS_MCP_PORT: String(port), ...UNCONFINED, ...settings },
        });
      const ports = [await freePort(), await freePort(), await freePort()] as const;
      // One that a session is begun at, and one to be asked afterwards.
      const first = await start(ports[0]);
      const nginx = await startNginx({ ports, replace: UNBOUNDED });
      const client = await reach({ url: nginx.url, token: undefined });
      const second = await start(ports[1]);
      let heard = 0;
      const onprogress = () => void heard++;
      const said = client.call(LONG, asks ? { onprogress } : {}).then(
        () => "answered",
        (error: Error) => error.message,
      );
      const runner = () =>
        [first, second].find(({ pid }) => below(pid).some(({ command }) => command.includes(slowAws)));
      await until(() => runner() !== undefined);
      await new Promise((resolve) => setTimeout(resolve, after));
      expect(heard > 0).toBe(asks && after > 0);
      const killed = Date.now();
      await runner()?.stop("SIGKILL");
      expect(await said).toMatch(/what it did( by then)? is not known, so look before you send it again/);
      // Both clients wait for a second before they ask what became of a stream, and for a minute where nothing ever comes.
      expect(Date.now() - killed).toBeLessThan(10_000);
      await client.close();
      await Promise.all([first, second].map((each) => each.stop()));
      await nginx.stop();
    },
  );
});
