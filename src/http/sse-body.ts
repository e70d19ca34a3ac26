import type { IncomingMessage } from "node:http";
import { toWebRequest } from "@modelcontextprotocol/node";
import { type AuthInfo, isJsonContentType } from "@modelcontextprotocol/server";
import { err, ok, type Result } from "../language/result.js";
import { unread } from "./unread-body.js";
import { rpcError } from "./web-response.js";

/**
 * The JSON of a request's body, or the answer to a request that has none.
 *
 * @param most bytes
 */
export const readJson = async (
  request: IncomingMessage,
  authInfo: AuthInfo,
  most: number,
): Promise<Result<unknown, Response>> => {
  if (!isJsonContentType(request.headers["content-type"] ?? null)) return err(rpcError(415, "send application/json"));
  try {
    const web = await toWebRequest(unread(request, authInfo), undefined, { maxRequestBodySize: most });
    return ok(await web.json());
  } catch (cause) {
    // The library does not export its class.
    const isTooLarge = cause instanceof Error && cause.name === "RequestBodyTooLargeError";
    return err(isTooLarge ? rpcError(413, `a body has at most ${most} bytes`) : rpcError(400, "the body is no JSON"));
  }
};
