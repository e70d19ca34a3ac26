import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import type { AuthInfo } from "@modelcontextprotocol/server";
import { log } from "../log.js";
import { authenticated } from "../server/principal-of.js";
import type { Principals } from "../server/principals.js";
import type { Authentication } from "./auth/authentication.js";
import { allowOrigin, preflight } from "./cross-origin.js";
import type { Endpoint } from "./endpoint.js";
import type { Guards } from "./guards.js";
import { healthAnswer, type Readiness } from "./health.js";
import { createPace } from "./pace.js";
import { bodyRefusal, formRefusal } from "./request-form.js";
import { readTarget } from "./request-target.js";
import { refuseWith, rpcError } from "./web-response.js";

/** What requests meet on their way. */
export type Way = {
  readonly readiness: Readiness;
  readonly guards: Guards;
  readonly authentication: Authentication;
  readonly principals: Principals;
  readonly endpoint: Endpoint;
  /** Bytes of a request's body. */
  readonly maxBody: number;
};

/**
 * Answers every request: whatever is to be refused is, before a byte of its body is read. To whoever has not proved who it
 * is all paths are alike, but those that are for everybody.
 */
export const requestListener = (way: Way): RequestListener => {
  const pace = createPace(FEW);
  return (request, response) => {
    answer(way, pace, request, response).catch((cause: unknown) => {
      log({ event: "bug", message: cause instanceof Error ? (cause.stack ?? cause.message) : String(cause) });
      if (response.headersSent) response.destroy();
      else void refuseWith(response, rpcError(500, "the server made a mistake"));
    });
  };
};

/** A call takes some milliseconds before it waits for anything. */
const FEW = 4;

const answer = async (
  way: Way,
  pace: (principal: string) => Promise<void>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> => {
  response.setHeader("cache-control", "no-store");
  response.setHeader("x-content-type-options", "nosniff");
  // Whoever comes back on this connection would be refused.
  if (!way.readiness.isReady) response.setHeader("connection", "close");
  const path = aim(request);
  if (path instanceof Response) return refuseWith(response, path);
  const answered = answerForEverybody(way, path, request, response);
  if (answered !== undefined) return refuseWith(response, answered);
  const authInfo = await way.authentication.authenticate(request);
  if (authInfo instanceof Response) return refuseWith(response, authInfo);
  const { endpoint, principals, maxBody } = way;
  if (!endpoint.paths.includes(path)) return refuseWith(response, NOWHERE(`; MCP is at ${endpoint.paths.join(", ")}`));
  const unfit = bodyRefusal(request, maxBody);
  if (unfit !== undefined) return refuseWith(response, unfit);
  const principal = authenticated(authInfo);
  await pace(principal.name);
  if (response.destroyed) return;
  const parts = principals.partsOf(principal);
  if (parts === undefined) return refuseWith(response, rpcError(503, "the server knows too many principals already"));
  if (isWaiting(request)) response.writeContinue();
  if (request.method === "GET") endWith(authInfo, response);
  return endpoint.serve(request, response, { parts, authInfo });
};

/** A stream of events ends with the token that has opened it; whoever has a new one opens it anew. */
const endWith = ({ expiresAt }: AuthInfo, response: ServerResponse): void => {
  if (expiresAt === undefined) return;
  const left = Math.min(expiresAt * 1000 - Date.now(), LONGEST_TIMER);
  const timer = setTimeout(() => response.destroy(), Math.max(0, left)).unref();
  response.once("close", () => clearTimeout(timer));
};

/** Milliseconds; Node takes more for 1. */
const LONGEST_TIMER = 2 ** 31 - 1;

/** The path that a request is for, with the request in the form that everybody behind expects; or the answer to a broken one. */
const aim = (request: IncomingMessage): string | Response => {
  const refused = formRefusal(request);
  if (refused !== undefined) return refused;
  const target = readTarget(request.url ?? "");
  if (!target.ok) return rpcError(400, "the request's target is no path");
  const { path, query, authority } = target.value;
  request.url = `${path}${query}`;
  if (authority !== undefined) request.headers.host = authority;
  return path;
};

/** The answer to a request for which it does not matter who sends it. */
const answerForEverybody = (
  { readiness, guards, authentication }: Way,
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
): Response | undefined => {
  const { method = "" } = request;
  const health = method === "OPTIONS" ? undefined : healthAnswer(method, path, readiness);
  const refused = health ?? guards.host(request) ?? guards.origin(request);
  if (refused !== undefined) return refused;
  allowOrigin(request, response);
  if (method === "OPTIONS") return preflight();
  if (!readiness.isReady) return rpcError(503, "the server is stopping", { "retry-after": "5" });
  if (!path.startsWith(WELL_KNOWN)) return undefined;
  // The host has been looked at; nothing in the answer is taken from it.
  const isRead = method === "GET" || method === "HEAD";
  const metadata = isRead ? authentication.metadata(new Request(`http://localhost${path}`, { method })) : undefined;
  // Clients that look for an authorization server go on after a 404.
  return metadata ?? NOWHERE();
};

/** RFC 8615. */
const WELL_KNOWN = "/.well-known/";

const NOWHERE = (more = ""): Response => rpcError(404, `there is nothing at this path${more}`);

/** Whether the client sends its body only when it is told to (RFC 9110, 10.1.1). */
const isWaiting = ({ headers: { expect = "" }, httpVersion }: IncomingMessage): boolean =>
  httpVersion === "1.1" && expect.toLowerCase() === "100-continue";
