import { randomBytes } from "node:crypto";
import type { RequestId } from "@modelcontextprotocol/server";
import { z } from "zod";
import { err, ok, type Result } from "../language/result.js";

/**
 * A stream of events whose first event has an id, by which a client that loses the stream asks for the rest of it (MCP
 * 2025-11-25, Streamable HTTP, resumability; clients of both major versions of the TypeScript SDK do it in every protocol).
 * Every process can answer that, since the id names the request. Without it they would wait for an answer that nobody sends.
 * Gives other answers as they are, and streams that are no request's alone.
 *
 * @param body the request's, as JSON
 * @param isPrimed whether an event without data goes before all others, so that the stream can be lost at any time
 */
export const withEventId = (answer: Response, body: unknown, isPrimed = false): Response => {
  const request = singleRequest.safeParse(body);
  const isStream = answer.headers.get("content-type")?.startsWith("text/event-stream") === true;
  if (!isStream || answer.body === null || !request.success || request.data.method === LISTEN) return answer;
  const field = `id: ${eventId(request.data.id)}\nretry: ${RETRY}\n`;
  let isMarked = isPrimed;
  const mark = new TransformStream<Uint8Array, Uint8Array>({
    start: (controller) => {
      if (isPrimed) controller.enqueue(Buffer.from(`${field}data: \n\n`));
    },
    transform: (chunk, controller) => {
      // The library sends each event as a piece of its own; between them are comments.
      if (!isMarked && Buffer.from(chunk).subarray(0, EVENT.length).equals(EVENT)) {
        isMarked = true;
        controller.enqueue(Buffer.from(field));
      }
      controller.enqueue(chunk);
    },
  });
  return new Response(answer.body.pipeThrough(mark), answer);
};

/**
 * The answer to a client that asks for the rest of a stream which such an id was in, or nothing for other requests. It says
 * that the call is over and nobody knows how: whatever cut the stream has ended the call too, or the process that ran it.
 */
export const lostAnswer = ({ method, headers }: Request): Response | undefined => {
  if (method !== "GET") return undefined;
  const id = requestOf(headers.get("last-event-id") ?? "");
  if (!id.ok) return undefined;
  const message = { jsonrpc: "2.0", id: id.value, error: { code: -32_000, message: LOST } };
  return new Response(`event: message\ndata: ${JSON.stringify(message)}\n\n`, {
    headers: { "content-type": "text/event-stream", "x-accel-buffering": "no" },
  });
};

const LOST =
  "the connection broke before this call was answered: the server that ran it has died, or has ended the call with the connection; what it did by then is not known, so look before you send it again";

/** Milliseconds that a client waits before it asks. */
const RETRY = 500;

const EVENT = Buffer.from("event:");

/** Ends without an answer, and says nothing that could be lost (MCP 2026-07-28). */
const LISTEN = "subscriptions/listen";

const requestId = z.union([z.string().max(256), z.number()]);
const singleRequest = z.object({ id: requestId, method: z.string() });

/** Events of all streams have ids of their own (MCP 2025-11-25, Streamable HTTP). */
const eventId = (id: RequestId): string =>
  `${PREFIX}${randomBytes(9).toString("base64url")}.${Buffer.from(JSON.stringify(id)).toString("base64url")}`;

const requestOf = (event: string): Result<RequestId, "no-such-event"> => {
  const written = FORM.exec(event)?.[1];
  if (written === undefined) return err("no-such-event");
  try {
    const id = requestId.safeParse(JSON.parse(Buffer.from(written, "base64url").toString("utf8")));
    return id.success ? ok(id.data) : err("no-such-event");
  } catch {
    return err("no-such-event");
  }
};

const PREFIX = "awspipe.";
const FORM = /^awspipe\.[\w-]{12}\.([\w-]{1,2048})$/;
