import { type ClientRequest, request as httpRequest } from "node:http";
import { request as httpsRequest } from "node:https";
import { connect, type Socket } from "node:net";
import { err, ok, type Result } from "../language/result.js";
import type { Destination } from "./allowed-host.js";
import type { EgressProblem } from "./egress-problem.js";
import type { Upstream } from "./egress-settings.js";
import { authorityOf } from "./read-target.js";
import { type Resolve, resolveHost, unreachable } from "./resolve-host.js";

/** How a destination is reached. */
export type Route = {
  readonly upstream: Upstream | undefined;
  readonly resolve: Resolve;
  /** How long it may take to be connected. */
  readonly milliseconds: number;
};

/** A connection to a destination. It carries an error listener, so that it may break before anybody looks at it. */
export const dial = async (destination: Destination, route: Route): Promise<Result<Socket, EgressProblem>> =>
  route.upstream === undefined ? dialStraight(destination, route) : dialThrough(destination, route.upstream, route);

const dialStraight = async (destination: Destination, route: Route): Promise<Result<Socket, EgressProblem>> => {
  const { host, port } = destination;
  const lookup = await lookupFor(destination, route.resolve);
  if (!lookup.ok) return lookup;
  // Without noDelay a request that comes in two writes waits for an acknowledgement in between: 40 ms more on each.
  const socket = connect({ host, port, ...lookup.value, noDelay: true, keepAlive: true, allowHalfOpen: true });
  return settled(host, socket, route.milliseconds, (connected) => socket.once("connect", () => connected(ok(socket))));
};

/** The operator's endpoint may be anywhere, also on this machine. */
const lookupFor = async ({ kind, host }: Destination, resolve: Resolve) => {
  if (kind === "endpoint") return ok({});
  const lookup = await resolveHost(host, resolve);
  return lookup.ok ? ok({ lookup: lookup.value }) : lookup;
};

// The operator's proxy looks the name up; only the name was judged here.
const dialThrough = (
  destination: Destination,
  upstream: Upstream,
  { milliseconds }: Route,
): Promise<Result<Socket, EgressProblem>> => {
  const asked = requestThrough(upstream, "CONNECT", authorityOf(destination), ["host", authorityOf(destination)]);
  return settled(destination.host, asked, milliseconds, (connected) => {
    // Node gives every answer to a CONNECT here, whatever its status.
    asked.once("connect", (response, socket: Socket, head) => {
      socket.on("error", () => undefined);
      if (head.length > 0) socket.unshift(head);
      if (response.statusCode === 200) return connected(ok(socket));
      socket.destroy();
      const cause = Object.assign(new Error(), { code: `the operator's proxy answered ${response.statusCode}` });
      connected(err(unreachable(destination.host, cause)));
    });
    asked.end();
  });
};

/**
 * A request to the operator's proxy, with the credentials that it wants.
 *
 * @param headers names and values by turns
 */
export const requestThrough = (
  { host, port, scheme, authorization }: Upstream,
  method: string,
  path: string,
  headers: readonly string[],
): ClientRequest => {
  const start = scheme === "https" ? httpsRequest : httpRequest;
  const credentials = authorization === undefined ? [] : ["proxy-authorization", authorization];
  return start({ host, port, method, path, agent: false, headers: [...headers, ...credentials] });
};

const settled = (
  host: string,
  attempt: Socket | ClientRequest,
  milliseconds: number,
  begin: (connected: (result: Result<Socket, EgressProblem>) => void) => void,
): Promise<Result<Socket, EgressProblem>> =>
  new Promise((resolve) => {
    const late = Object.assign(new Error(), { code: `no connection in ${milliseconds / 1000} s` });
    const timer = setTimeout(() => attempt.destroy(late), milliseconds);
    const settle = (result: Result<Socket, EgressProblem>): void => {
      clearTimeout(timer);
      resolve(result);
    };
    attempt.on("error", (cause) => settle(err(unreachable(host, cause))));
    begin(settle);
  });
