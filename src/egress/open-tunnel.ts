import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { dial } from "./dial.js";
import { egressEvent } from "./egress-event.js";
import type { EgressProxy } from "./egress-proxy.js";
import { joinSockets } from "./join-sockets.js";
import { judgeRequest } from "./judge-request.js";
import { connectTarget } from "./read-target.js";
import { refuseTunnel } from "./refuse-client.js";
import { upstreamFor } from "./upstream-for.js";

/** Answers a CONNECT: a tunnel where its target allows one, else why not. */
export const openTunnel = async (
  proxy: EgressProxy,
  request: IncomingMessage,
  client: Duplex,
  head: Buffer,
): Promise<void> => {
  client.on("error", () => undefined);
  const target = connectTarget(request.url ?? "");
  const judged = judgeRequest(proxy, request, target);
  if (!judged.ok) return refuseTunnel(client, judged.error);
  const { destination, run } = judged.value;
  const upstream = upstreamFor(proxy.settings, "https", destination);
  const dialled = await dial(destination, { upstream, resolve: proxy.resolve, milliseconds: proxy.milliseconds });
  if (!dialled.ok) {
    proxy.tell(egressEvent(run, target, dialled.error));
    if (dialled.error.code !== "egress-unreachable") return refuseTunnel(client, { status: 403, ...dialled.error });
    // Where a connection ends without an answer, the CLI names the endpoint that it could not reach. After a status it
    // says instead that it could not reach the proxy.
    client.destroy();
  } else if (client.destroyed) {
    dialled.value.destroy();
  } else {
    client.write("HTTP/1.1 200 Connection Established\r\n\r\n");
    if (head.length > 0) dialled.value.write(head);
    joinSockets(client, dialled.value);
  }
};
