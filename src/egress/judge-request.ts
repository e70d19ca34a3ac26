import type { IncomingMessage } from "node:http";
import { err, ok, type Result } from "../language/result.js";
import { allowedHost, type Destination } from "./allowed-host.js";
import { authorise } from "./authorise.js";
import { egressEvent } from "./egress-event.js";
import { type EgressProblem, egressProblem } from "./egress-problem.js";
import type { EgressProxy } from "./egress-proxy.js";
import type { Target } from "./read-target.js";
import type { Refusal } from "./refuse-client.js";

/** A request that may pass, and whose it is. */
export type Judged = { readonly destination: Destination; readonly run: string };

/**
 * Judges a request by its target and its token; what is refused is told.
 *
 * @param target undefined when it could not be read
 */
export const judgeRequest = (
  proxy: EgressProxy,
  request: IncomingMessage,
  target: Target | undefined,
): Result<Judged, Refusal> => {
  const run = authorise(request.headers["proxy-authorization"], proxy.token);
  const refuse = (status: Refusal["status"], problem: EgressProblem): Result<Judged, Refusal> => {
    proxy.tell(egressEvent(run ?? "", run === undefined ? undefined : target, problem));
    return err({ status, code: problem.code, message: problem.message });
  };
  if (run === undefined) return refuse(407, egressProblem("egress-token", "the proxy's token was not presented"));
  if (target === undefined) return refuse(400, egressProblem("egress-malformed", "the request names no host and port"));
  const destination = destinationOf(proxy, request, target);
  return destination.ok ? ok({ destination: destination.value, run }) : refuse(403, destination.error);
};

const destinationOf = (
  { settings }: EgressProxy,
  { method }: IncomingMessage,
  { host, port }: Target,
): Result<Destination, EgressProblem> => {
  const allowed = allowedHost(host, port, settings.rules);
  if (!allowed.ok || method === "CONNECT") return allowed;
  const isPlain = allowed.value.kind === "endpoint" && settings.rules.endpoint?.scheme === "http";
  return isPlain ? allowed : err(egressProblem("egress-plain", `\`${host}\` is not reached in plain HTTP`));
};
