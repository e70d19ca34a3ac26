import { toNodeHandler } from "@modelcontextprotocol/node";
import { isInitializeRequest, isLegacyRequest } from "@modelcontextprotocol/server";
import { protocolError } from "../protocol-error.js";
import type { Caller, Endpoint } from "./endpoint.js";
import { lostAnswer, withEventId } from "./lost-answer.js";
import { parsedBody } from "./parsed-body.js";
import { principalHandlers } from "./principal-handlers.js";
import { createRequestsUnderWay } from "./requests-under-way.js";
import { type Exchange, openConnection, type SessionConnection } from "./session-connection.js";
import { createSessionTable, SESSION_BOUNDS, type SessionBounds, sessionId } from "./session-table.js";
import { unread } from "./unread-body.js";
import { rpcError, takenInTime } from "./web-response.js";

export type SessionSettings = {
  /** Bytes of a request's body. */
  readonly maxBody: number;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly bounds?: SessionBounds;
};

/**
 * The endpoint of Streamable HTTP with sessions for the protocols of 2025, in which a server can ask its client something;
 * protocol 2026-07-28, which has no sessions, is served beside it. A session is its principal's alone and lives in this
 * process: who comes to another one is told to begin anew.
 */
export const sessionEndpoint = ({ maxBody, now, bounds = SESSION_BOUNDS }: SessionSettings): Endpoint => {
  const modern = principalHandlers({ maxBody, legacy: "reject" });
  const requests = createRequestsUnderWay();
  const sessions = createSessionTable<SessionConnection>(bounds, now);

  const begin = async ({ parts }: Caller, request: Request, exchange: Exchange): Promise<Response> => {
    if (!isInitializeRequest(exchange.body))
      return rpcError(400, "a session begins with `initialize`; all later requests have its Mcp-Session-Id");
    const full = sessions.makeRoom(parts);
    if (full !== undefined) return full;
    const id = sessionId();
    const session = openConnection({ id, parts, now, ended: () => sessions.remove(id) });
    sessions.add(id, session);
    await session.opened;
    const answer = await session.exchange(request, exchange);
    if (!answer.ok) await session.close();
    return answer;
  };
  const serveLegacy = async (caller: Caller, request: Request, exchange: Exchange): Promise<Response> => {
    const { method, headers } = request;
    if (!METHODS.includes(method)) return rpcError(405, "method not allowed", { allow: METHODS.join(", ") });
    const id = headers.get("mcp-session-id");
    if (id === null) return begin(caller, request, exchange);
    const session = sessions.find(id, caller.parts);
    // By which a client knows that it has to begin anew (MCP 2025-11-25, transports, session management).
    if (session === undefined) return rpcError(404, "there is no such session; begin one with `initialize`");
    return session.exchange(request, exchange);
  };
  return {
    paths: ["/mcp"],
    serve: (request, response, caller) => {
      const over = new AbortController();
      response.once("close", () => over.abort());
      if (response.destroyed) over.abort();
      const { parts, authInfo } = caller;
      const options = { maxRequestBodySize: maxBody, onerror: protocolError };
      const fetch = async (asked: Request): Promise<Response> => {
        const lost = lostAnswer(asked);
        if (lost !== undefined) return lost;
        const parsed = await parsedBody(asked, response);
        const isLegacy = await isLegacyRequest(asked, parsed.parsedBody, options);
        if (!isLegacy) {
          const refused = requests.admit(parsed.parsedBody, parts, response);
          return (
            refused ?? withEventId(await modern.of(parts).fetch(asked, { authInfo, ...parsed }), parsed.parsedBody)
          );
        }
        const answer = await serveLegacy(caller, asked, { authInfo, body: parsed.parsedBody, over: over.signal });
        // The head is written next, and would be sent with the first event, for which a client may have to wait.
        setImmediate(() => response.headersSent && !response.writableEnded && response.flushHeaders());
        return withEventId(answer, parsed.parsedBody, takesEmptyEvents(asked));
      };
      return toNodeHandler({ fetch }, options)(unread(request, authInfo), takenInTime(response));
    },
    close: async () => {
      await Promise.all([sessions.close(), modern.close()]);
    },
  };
};

const METHODS: readonly string[] = ["GET", "POST", "DELETE"];

/** MCP 2025-11-25, Streamable HTTP: clients before it take an event without data for a broken message. */
const takesEmptyEvents = ({ headers }: Request): boolean => (headers.get("mcp-protocol-version") ?? "") >= "2025-11-25";
