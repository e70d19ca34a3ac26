import { createServer, type RequestListener, type Server, type ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { answerBroken, refuseTunnel } from "./broken-request.js";
import { probeHalfClosed } from "./half-closed.js";
import { inTurn } from "./in-turn.js";

/** What a client may take. Times are in milliseconds. */
export type Limits = {
  /** From the first byte of a request, or the connection's first moment, to the end of its headers. */
  readonly headers: number;
  /** From the first byte of a request to the end of its body. */
  readonly body: number;
  /** Between requests on one connection. */
  readonly idle: number;
  /** How often these clocks are looked at. */
  readonly check: number;
  /** Characters of all names and values of headers. */
  readonly headerBytes: number;
  readonly connections: number;
};

export const LIMITS: Limits = {
  headers: 10_000,
  body: 30_000,
  // Longer than proxies keep theirs, usually a minute: who closes must not be who is about to be asked.
  idle: 65_000,
  check: 1_000,
  headerBytes: 16_384,
  connections: 2_048,
};

/**
 * An HTTP server that no slow, greedy or broken client holds up: headers, bodies and pauses between requests have their
 * time, connections are counted, requests of one connection are answered one after the other, and what is no HTTP is told so.
 * An answer that is still being worked on is waited for, also by a client that has ended its own side of the connection.
 */
export const createHttpServer = (listener: RequestListener, limits: Limits = LIMITS): Server => {
  const server = createServer({
    maxHeaderSize: limits.headerBytes,
    headersTimeout: limits.headers,
    requestTimeout: limits.body,
    keepAliveTimeout: limits.idle,
    connectionsCheckingInterval: limits.check,
    // Whether there is one, and only one, is looked at with what it says.
    requireHostHeader: false,
  });
  const current = new WeakMap<Duplex, ServerResponse>();
  const answer = inTurn((request, response) => {
    current.set(request.socket, response);
    probeHalfClosed(request, response);
    listener(request, response);
  });
  const heard: RequestListener = (request, response) => {
    // Neither the silence before it nor the answer before it is this request's.
    request.socket.setTimeout(0);
    answer(request, response);
  };
  server.on("request", heard);
  // Whoever asks first is told to go on where its body is wanted, and not before.
  server.on("checkContinue", heard);
  server.on("connect", (_, socket) => refuseTunnel(socket));
  server.on("clientError", (error, socket) => answerBroken(error, socket, current.get(socket)));
  server.maxConnections = limits.connections;
  // For connections on which nothing was ever said.
  server.setTimeout(limits.headers);
  // Not in Node's documentation: without it the client's FIN ends the answer too.
  return Object.assign(server, { httpAllowHalfOpen: true });
};
