import { type AuthInfo, type RequestId, WebStandardStreamableHTTPServerTransport } from "@modelcontextprotocol/server";
import { protocolError } from "../protocol-error.js";
import { createServer, type ServerParts } from "../server/create-server.js";
import { watchRequests } from "./session-requests.js";
import type { Session } from "./session-table.js";

/** A session of Streamable HTTP (MCP 2025-11-25, transports, session management). */
export type SessionConnection = Session & {
  /** Settles when requests can be taken. */
  readonly opened: Promise<void>;
  /** Answers one of its requests. */
  readonly exchange: (request: Request, exchange: Exchange) => Promise<Response>;
};

export type Exchange = {
  readonly authInfo: AuthInfo;
  /** The request's body; undefined where it is no JSON. */
  readonly body: unknown;
  /** Fires when the answer has been sent, and when nobody is there any longer to take it. */
  readonly over: AbortSignal;
};

export type ConnectionSettings = {
  readonly id: string;
  readonly parts: ServerParts;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** Is called when it has ended, whoever ended it. */
  readonly ended: () => void;
};

/**
 * Opens a session, which begins with the request `initialize`. A request whose client is gone before it is answered is
 * cancelled: answers are not kept, so that nobody could come back for them.
 */
export const openConnection = ({ id, parts, now, ended }: ConnectionSettings): SessionConnection => {
  const transport = new WebStandardStreamableHTTPServerTransport({ sessionIdGenerator: () => id });
  const requests = watchRequests(transport, (request, isAlone) => forget(transport, request, isAlone));
  let open = 0;
  let since = now();
  const { server } = createServer(parts);
  const { onclose } = server;
  server.onclose = () => {
    onclose?.();
    ended();
  };
  server.onerror = protocolError;
  return {
    parts,
    opened: server.connect(requests.transport),
    idleSince: () => (open === 0 ? since : undefined),
    close: () => server.close(),
    exchange: async (request, { authInfo, body, over }) => {
      const admitted = requests.admit(body);
      if (admitted instanceof Response) return admitted;
      open += 1;
      let isStream = false;
      const end = (): void => {
        open -= 1;
        since = now();
        admitted.end();
        // Else the next one would be refused until a sign of life found that this one is dead.
        if (isStream) transport.closeStandaloneSSEStream();
      };
      try {
        const parsed = body === undefined ? {} : { parsedBody: body };
        const response = await transport.handleRequest(request, { authInfo, ...parsed });
        isStream = request.method === "GET" && response.ok;
        return response;
      } finally {
        if (over.aborted) end();
        else over.addEventListener("abort", end, { once: true });
      }
    },
  };
};

/**
 * Ends what is open for a request that is not answered. Whoever cancels gets no answer (MCP, cancellation); where several
 * requests came in one body their common stream ends with the last answer, so that there has to be one.
 */
const forget = (transport: WebStandardStreamableHTTPServerTransport, id: RequestId, isAlone: boolean): void => {
  if (isAlone) transport.closeSSEStream(id);
  // The transport remembers a request until it is answered. That nobody hears the answer is nobody's error.
  const { onerror } = transport;
  transport.onerror = () => undefined;
  transport.send({ jsonrpc: "2.0", id, error: { code: -32_000, message: "cancelled" } }).catch(() => undefined);
  if (onerror !== undefined) transport.onerror = onerror;
};
