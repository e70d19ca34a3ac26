import type { IncomingMessage, ServerResponse } from "node:http";
import type { NodeServerResponseLike } from "@modelcontextprotocol/node";
import { drained, isUnread } from "./unread-body.js";

/**
 * Sends a web response, whether the request's body was read or not. The connection ends with it: those are kept for clients
 * that are served.
 */
export const refuseWith = async (response: ServerResponse<IncomingMessage>, answer: Response): Promise<void> => {
  const body = Buffer.from(await answer.arrayBuffer());
  return sendWhole(response, { status: answer.status, headers: Object.fromEntries(answer.headers), body });
};

/** An answer in the shape of JSON-RPC's errors, which clients show (MCP 2026-07-28, Streamable HTTP). */
export const rpcError = (status: number, message: string, headers: Readonly<Record<string, string>> = {}): Response =>
  Response.json({ jsonrpc: "2.0", error: { code: -32_000, message }, id: null }, { status, headers });

/**
 * A response for the protocol's library to write to. Its connection ends where the client does not take what is sent. JSON
 * goes out in one piece, so that the client has all of it or is told that there is none, also where this process is killed.
 *
 * @param unread milliseconds between two pieces that the client takes
 */
export const takenInTime = (
  response: ServerResponse<IncomingMessage>,
  unread: number = UNREAD,
): NodeServerResponseLike => {
  const begin = (status: number, headers: Readonly<Record<string, string>>): void => {
    response.socket?.setTimeout(unread);
    response.writeHead(status, ownHeaders(headers));
  };
  let sendAll: ((body: Buffer) => unknown) | undefined;
  const chunks: (string | Uint8Array)[] = [];
  return {
    writeHead: (status, headers = {}) => {
      // What is said before the body was read is short.
      if (isUnread(response.req)) sendAll = (body) => sendWhole(response, { status, headers, body });
      else if (headers["content-type"] === "application/json")
        sendAll = (body) => {
          begin(status, { ...headers, "content-length": String(body.length) });
          response.end(body);
        };
      else begin(status, headers);
    },
    write: (chunk) => (sendAll === undefined ? response.write(chunk) : chunks.push(chunk) > 0),
    end: (chunk) => {
      if (sendAll === undefined) return response.end(chunk);
      return sendAll(Buffer.concat([...chunks, chunk ?? ""].map((each) => Buffer.from(each))));
    },
    on: (event, heard) => response.on(event, heard),
    get destroyed() {
      return response.destroyed;
    },
  };
};

type Whole = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
};

/**
 * Where a body is still to come the connection does not end at once (RFC 9112, 9.6): a client that is cut off while it sends
 * may never read what was said to it.
 */
const sendWhole = async (
  response: ServerResponse<IncomingMessage>,
  { status, headers, body }: Whole,
): Promise<void> => {
  const length = status === 204 ? {} : { "content-length": String(body.length) };
  response.writeHead(status, { ...headers, ...length, connection: "close" });
  if (!isUnread(response.req)) return void response.end(body);
  if (body.length > 0) response.write(body);
  else response.flushHeaders();
  await drained(response.req);
  response.end();
};

/** Whether a connection is kept is Node's to say, and nothing of an answer is to be kept by a cache in between. */
const ownHeaders = ({ connection: _, ...headers }: Readonly<Record<string, string>>) => ({
  ...headers,
  "cache-control": "no-store, no-transform",
});

/** Milliseconds between two pieces of an answer that the client takes. */
const UNREAD = 60_000;
