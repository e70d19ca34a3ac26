import type { IncomingMessage } from "node:http";
import { rpcError } from "./web-response.js";

/** More headers than any client sends. */
const MOST_HEADERS = 256;

const VERSIONS: readonly string[] = ["1.0", "1.1"];
const METHODS: readonly string[] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

/**
 * The answer to a request that Node's parser takes and this server does not, whatever it is for. A method that is known and
 * means nothing for what the request is for is not judged here.
 */
export const formRefusal = ({
  httpVersion,
  method = "",
  rawHeaders,
  headers: { "transfer-encoding": coding },
}: IncomingMessage): Response | undefined => {
  if (!VERSIONS.includes(httpVersion)) return rpcError(505, "this server speaks HTTP/1.1");
  // RFC 9110, 5.4; Node silently leaves out those after the 2000th. Names and values take turns.
  if (rawHeaders.length > 2 * MOST_HEADERS) return rpcError(431, `a request has at most ${MOST_HEADERS} headers`);
  // RFC 9110, 9.1: also TRACE, which would give back what a proxy had added.
  if (!METHODS.includes(method)) return rpcError(501, "this server knows no such method");
  if (coding === undefined) return undefined;
  // RFC 9112, 6.1: the framing of such a message is faulty.
  if (httpVersion === "1.0") return rpcError(400, "HTTP/1.0 has no transfer codings");
  return coding.toLowerCase() === "chunked"
    ? undefined
    : rpcError(501, "this server knows no transfer coding but chunked");
};

/**
 * The answer to a request whose body will not be read, known before a byte of it.
 *
 * @param most bytes
 */
export const bodyRefusal = ({ headers }: IncomingMessage, most: number): Response | undefined => {
  const { "content-encoding": coding = "identity", "content-length": length = "0" } = headers;
  // RFC 9110, 8.4 and 12.5.3: nothing is unpacked, so that nothing can grow.
  if (coding.toLowerCase() !== "identity")
    return rpcError(415, "a body comes as it is, without a content coding", { "accept-encoding": "identity" });
  return Number(length) > most ? rpcError(413, `a body has at most ${most} bytes`) : undefined;
};
