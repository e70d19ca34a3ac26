import type { IncomingMessage, ServerResponse } from "node:http";
import { egressEvent } from "./egress-event.js";
import type { EgressProxy } from "./egress-proxy.js";
import { forwardRequest } from "./forward-request.js";
import { judgeRequest } from "./judge-request.js";
import { plainTarget } from "./read-target.js";
import { refuseRequest } from "./refuse-client.js";
import { upstreamFor } from "./upstream-for.js";

/** Answers a request in plain HTTP: what the operator's endpoint says, else why not. */
export const passRequest = async (
  proxy: EgressProxy,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> => {
  const target = plainTarget(request.url ?? "");
  const judged = judgeRequest(proxy, request, target);
  if (!judged.ok) return refuseRequest(response, judged.error);
  const { destination, run } = judged.value;
  const upstream = upstreamFor(proxy.settings, "http", destination);
  const { milliseconds } = proxy;
  const passed = await forwardRequest(request, response, {
    destination,
    path: target?.path ?? "/",
    upstream,
    milliseconds,
  });
  if (passed.ok || response.destroyed) return;
  proxy.tell(egressEvent(run, target, passed.error));
  response.destroy();
};
