import { type ClientRequest, request as httpRequest, type IncomingMessage, type ServerResponse } from "node:http";
import type { Result } from "../language/result.js";
import { err, ok } from "../language/result.js";
import type { Destination } from "./allowed-host.js";
import { requestThrough } from "./dial.js";
import type { EgressProblem } from "./egress-problem.js";
import type { Upstream } from "./egress-settings.js";
import { authorityOf } from "./read-target.js";
import { unreachable } from "./resolve-host.js";

export type Forwarding = {
  readonly destination: Destination;
  readonly path: string;
  readonly upstream: Upstream | undefined;
  readonly milliseconds: number;
};

/**
 * Sends a plain request on to the operator's endpoint and its answer back. Settles when the answer begins, or with why
 * there is none; the client has heard nothing then.
 */
export const forwardRequest = (
  request: IncomingMessage,
  response: ServerResponse,
  forwarding: Forwarding,
): Promise<Result<undefined, EgressProblem>> =>
  new Promise((resolve) => {
    const asked = ask(request, forwarding);
    const { host } = forwarding.destination;
    const late = Object.assign(new Error(), { code: "ETIMEDOUT" });
    const timer = setTimeout(() => asked.destroy(late), forwarding.milliseconds);
    asked.once("socket", (socket) => socket.once("connect", () => clearTimeout(timer)));
    asked.on("error", (cause) => {
      clearTimeout(timer);
      if (response.headersSent) response.destroy();
      resolve(err(unreachable(host, cause)));
    });
    asked.once("response", (answer) => {
      clearTimeout(timer);
      passBack(answer, response);
      resolve(ok(undefined));
    });
    response.once("close", () => asked.destroy());
    request.pipe(asked);
  });

// Headers as they came, in their order and spelling: they are signed.
const ask = (request: IncomingMessage, { destination, path, upstream }: Forwarding): ClientRequest => {
  const method = request.method ?? "GET";
  const chunked = request.headers["transfer-encoding"] === undefined ? [] : ["transfer-encoding", "chunked"];
  // Each request its own connection: one that the other side is about to close cannot be taken by mistake.
  const headers = [...endToEnd(request), ...chunked, "connection", "close"];
  const { host, port } = destination;
  if (upstream !== undefined)
    return requestThrough(upstream, method, `http://${authorityOf(destination)}${path}`, headers);
  return httpRequest({ host, port, method, path, headers, agent: false });
};

const passBack = (answer: IncomingMessage, response: ServerResponse): void => {
  // The words beside the status are nobody's business, and may hold what no header can.
  response.writeHead(answer.statusCode ?? 502, [...endToEnd(answer)]);
  answer.once("error", () => response.destroy());
  answer.pipe(response);
};

// RFC 9110, section 7.6.1, and what the client said is for us; `Expect` was answered here.
const HOP_BY_HOP = [
  "connection",
  "expect",
  "keep-alive",
  "proxy-authenticate",
  "proxy-authorization",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
];

// Whatever `Connection` names: without its length a body would be the beginning of another request.
const FRAMING = ["content-length", "host"];

const endToEnd = ({ rawHeaders, headers }: IncomingMessage): readonly string[] => {
  const named = (headers.connection ?? "").split(",").map((name) => name.trim().toLowerCase());
  const stays = (name: string): boolean =>
    FRAMING.includes(name) || !(HOP_BY_HOP.includes(name) || named.includes(name));
  return rawHeaders.flatMap((name, index) =>
    index % 2 === 0 && stays(name.toLowerCase()) ? [name, rawHeaders[index + 1] ?? ""] : [],
  );
};
