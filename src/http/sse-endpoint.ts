import type { IncomingMessage, ServerResponse } from "node:http";
import type { Caller, Endpoint } from "./endpoint.js";
import { createSessionTable, SESSION_BOUNDS, type SessionBounds, sessionId } from "./session-table.js";
import { readJson } from "./sse-body.js";
import { openStream, type SseStream } from "./sse-stream.js";
import { refuseWith, rpcError } from "./web-response.js";

export type SseSettings = {
  /** Bytes of a message. */
  readonly maxBody: number;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** The endpoint's URL as clients write it, where a proxy stands in front. */
  readonly publicUrl?: string | undefined;
  readonly bounds?: SessionBounds;
};

const STREAM = "/sse";
const MESSAGES = "/messages";

/**
 * The endpoint of the HTTP+SSE transport (MCP 2024-11-05, deprecated since 2025-03-26): a stream that a client opens, and
 * beside it the path that its messages go to, each answered over the stream. A stream is its principal's alone.
 */
export const sseEndpoint = ({ maxBody, now, publicUrl, bounds = SESSION_BOUNDS }: SseSettings): Endpoint => {
  const streams = createSessionTable<SseStream>(bounds, now);
  const path = publicUrl === undefined ? MESSAGES : new URL(MESSAGES.slice(1), publicUrl).pathname;

  const open = async (response: ServerResponse, { parts }: Caller): Promise<void> => {
    const full = streams.makeRoom(parts);
    if (full !== undefined) return refuseWith(response, full);
    // Whoever has gone already would never be seen going.
    if (response.destroyed) return;
    const id = sessionId();
    response.once("close", () => streams.remove(id));
    // The transport adds an id of its own, which has fewer random bits than ours.
    const stream = openStream(response, { parts, messages: `${path}?${ID}=${id}` });
    streams.add(id, stream);
    await stream.opened;
  };
  const receive = async (request: IncomingMessage, response: ServerResponse, caller: Caller): Promise<void> => {
    const id = new URLSearchParams(request.url?.split("?", 2)[1]).get(ID) ?? "";
    const find = () => streams.find(id, caller.parts);
    if (find() === undefined) return refuseWith(response, NO_STREAM());
    const message = await readJson(request, caller.authInfo, maxBody);
    if (!message.ok) return refuseWith(response, message.error);
    // It may have closed since.
    const answer = (await find()?.receive(message.value, caller.authInfo)) ?? NO_STREAM();
    if (!answer.ok) return refuseWith(response, answer);
    response.writeHead(answer.status).end("Accepted");
  };
  return {
    paths: [STREAM, MESSAGES],
    serve: async (request, response, caller) => {
      const isStream = request.url?.split("?", 1)[0] === STREAM;
      const method = isStream ? "GET" : "POST";
      if (request.method !== method)
        return refuseWith(response, rpcError(405, "method not allowed", { allow: method }));
      return isStream ? open(response, caller) : receive(request, response, caller);
    },
    close: streams.close,
  };
};

/** The part of a query that names a stream. */
const ID = "session";

const NO_STREAM = (): Response => rpcError(404, `there is no such stream; open one with GET ${STREAM}`);
