import { toNodeHandler } from "@modelcontextprotocol/node";
import { isLegacyRequest } from "@modelcontextprotocol/server";
import { protocolError } from "../protocol-error.js";
import type { Caller, Endpoint } from "./endpoint.js";
import { isAnsweredWithJson, jsonAnswer } from "./json-answer.js";
import { lostAnswer, withEventId } from "./lost-answer.js";
import { parsedBody } from "./parsed-body.js";
import { principalHandlers } from "./principal-handlers.js";
import { createRequestsUnderWay } from "./requests-under-way.js";
import { unread } from "./unread-body.js";
import { takenInTime } from "./web-response.js";

/**
 * The endpoint of Streamable HTTP: protocol 2026-07-28, where each request stands for itself, and beside it the protocols
 * of 2025 without sessions.
 *
 * @param maxBody bytes of a request's body
 */
export const streamableEndpoint = (maxBody: number): Endpoint => {
  const handlers = principalHandlers({ maxBody, legacy: "stateless" });
  const requests = createRequestsUnderWay();
  const options = { maxRequestBodySize: maxBody, onerror: protocolError };
  const answer = async (
    request: Request,
    { parts, authInfo }: Caller,
    parsed: Awaited<ReturnType<typeof parsedBody>>,
  ): Promise<Response> => {
    const { parsedBody: body } = parsed;
    if (isAnsweredWithJson(request, body) && (await isLegacyRequest(request, body, options)))
      return jsonAnswer({ request, body, parts, authInfo });
    return handlers.of(parts).fetch(request, { authInfo, ...parsed });
  };
  return {
    paths: ["/mcp"],
    serve: (request, response, caller) => {
      const fetch = async (asked: Request): Promise<Response> => {
        const lost = lostAnswer(asked);
        if (lost !== undefined) return lost;
        const parsed = await parsedBody(asked, response);
        const refused = requests.admit(parsed.parsedBody, caller.parts, response);
        if (refused !== undefined) return refused;
        return withEventId(await answer(asked, caller, parsed), parsed.parsedBody);
      };
      return toNodeHandler({ fetch }, options)(unread(request, caller.authInfo), takenInTime(response));
    },
    close: handlers.close,
  };
};
