import type { RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { log } from "../log.js";
import type { Principals } from "../server/principals.js";
import type { Runs } from "../server/runs.js";
import type { Settings } from "../settings.js";
import { openAuthentication } from "./auth/open-authentication.js";
import type { Endpoint } from "./endpoint.js";
import { createExchanges } from "./exchanges.js";
import { createGuards } from "./guards.js";
import { createHttpServer } from "./http-server.js";
import { listen, urlAt } from "./listen.js";
import { requestListener } from "./request-listener.js";
import { refuseWith, rpcError } from "./web-response.js";

export type HttpParts = {
  readonly settings: Settings;
  readonly principals: Principals;
  readonly runs: Runs;
  readonly endpoint: Endpoint;
  /** Absolute path of a directory of this process alone, for the file of a random token. */
  readonly directory: string;
  /** Epoch milliseconds. */
  readonly now: () => number;
};

/** A server that listens. */
export type Listening = {
  /**
   * Takes no calls any longer, waits for those under way as long as the settings say, then ends them and every connection.
   * Meanwhile it goes on listening: probes and load balancers are told, where a closed door would tell them nothing. Called
   * once more, it waits for nothing.
   */
  readonly drain: () => Promise<void>;
};

/**
 * Listens where the settings say. Throws where it cannot, and where authentication cannot be had as the settings ask; until
 * that is known nobody is served.
 */
export const serveHttp = async ({
  settings,
  principals,
  runs,
  endpoint,
  directory,
  now,
}: HttpParts): Promise<Listening> => {
  const readiness = { isReady: false };
  const exchanges = createExchanges();
  let listener: RequestListener = (_, response) => void refuseWith(response, rpcError(503, "the server is starting"));
  const server = createHttpServer((request, response) => {
    exchanges.add(response);
    listener(request, response);
  });
  await listen(server, settings);
  try {
    const guards = createGuards(settings);
    // An HTTP server that listens at a host and a port has such an address (Node, `net.Server.address`).
    const { port } = server.address() as AddressInfo;
    const url = urlAt(settings.AWS_MCP_HOST, port, endpoint.paths[0] ?? "/");
    const resource = new URL(settings.AWS_MCP_PUBLIC_URL ?? url);
    const authentication = await openAuthentication(settings, { resource, directory, now });
    const maxBody = settings.AWS_MCP_MAX_BODY;
    listener = requestListener({ readiness, guards, authentication, principals, endpoint, maxBody });
    readiness.isReady = true;
    log({ event: "listening", url: url.href, ...authentication.says });
  } catch (cause) {
    server.close();
    server.closeAllConnections();
    throw cause;
  }
  const hurry = new AbortController();
  const drain = async (): Promise<void> => {
    readiness.isReady = false;
    const told = pause(TOLD);
    await within(settled(runs, exchanges.unanswered), settings.AWS_MCP_DRAIN * 1000, hurry.signal);
    await runs.stop();
    // Their answers are on the way; then what waits for changes ends.
    await within(exchanges.over(), ANSWERS);
    await endpoint.close();
    await within(exchanges.over(), ANSWERS);
    await within(told, TOLD, hurry.signal);
    server.close();
    await within(exchanges.over(), ANSWERS);
    server.closeAllConnections();
  };
  let draining: Promise<void> | undefined;
  return {
    drain: () => {
      if (draining !== undefined) hurry.abort();
      draining ??= drain();
      return draining;
    },
  };
};

/** Milliseconds that the last answers have to get out. */
const ANSWERS = 500;

/**
 * Milliseconds that the door stays open at least, for refusals: by one of them a load balancer learns that this server takes
 * nothing more. What it still sends at the moment in which the door is closed is lost, and nobody knows whether it has run.
 */
const TOLD = 250;

/** Calls that have come and have not begun yet are waited for, too. */
const settled = async (runs: Runs, unanswered: () => number): Promise<void> => {
  do {
    await runs.idle();
    await pause(TICK);
  } while (unanswered() > 0);
};

/** Milliseconds. */
const TICK = 10;

const within = async (
  wait: Promise<unknown>,
  milliseconds: number,
  hurry: AbortSignal = new AbortController().signal,
): Promise<void> => {
  const over = new AbortController();
  const signal = AbortSignal.any([over.signal, hurry]);
  await Promise.race([wait, pause(milliseconds, undefined, { signal }).catch(() => undefined)]);
  over.abort();
};
