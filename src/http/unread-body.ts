import type { IncomingMessage } from "node:http";
import type { NodeIncomingMessageLike } from "@modelcontextprotocol/node";
import type { AuthInfo } from "@modelcontextprotocol/server";

/** Milliseconds that a client whose body nobody reads has to notice it. */
export const LINGER = 2_000;

/** Whether a part of the request's body is not there yet. */
export const isUnread = ({ complete, headers }: IncomingMessage): boolean =>
  !complete && (headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) > 0);

/** Throws away what comes of a body until it ends or the client goes, for a bounded time. */
export const drained = (request: IncomingMessage): Promise<void> =>
  new Promise((resolve) => {
    const over = (): void => {
      clearTimeout(timer);
      resolve();
    };
    const timer = setTimeout(over, LINGER);
    request.once("close", over);
    request.on("error", over);
    request.resume();
  });

/**
 * A request for the protocol's library to read. Its connection outlives a body that is too long, so that its answer can be
 * sent, and what is no UTF-8 stays no JSON (RFC 8259, 8.1), where the library would put other characters into a command.
 */
export const unread = (request: IncomingMessage, auth: AuthInfo): NodeIncomingMessageLike => ({
  method: request.method ?? "",
  url: request.url ?? "",
  headers: request.headers,
  auth,
  [Symbol.asyncIterator]: () => utf8(request.iterator({ destroyOnReturn: false })),
});

const utf8 = async function* (chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  const isBroken = (chunk: Uint8Array | undefined): boolean => {
    try {
      decoder.decode(chunk, { stream: chunk !== undefined });
      return false;
    } catch {
      return true;
    }
  };
  let isText = true;
  for await (const chunk of chunks) {
    if (isText && isBroken(chunk)) isText = false;
    yield chunk;
  }
  if (!isText || isBroken(undefined)) yield NO_JSON;
};

/** No JSON has this byte, neither in a string nor outside. */
const NO_JSON = Uint8Array.of(0);
