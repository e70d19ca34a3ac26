import {
  type AuthInfo,
  isJSONRPCRequest,
  isJsonContentType,
  WebStandardStreamableHTTPServerTransport,
} from "@modelcontextprotocol/server";
import { protocolError } from "../protocol-error.js";
import { createServer, type ServerParts } from "../server/create-server.js";

/** One request of the protocols of 2025 that stands for itself. */
export type LegacyRequest = {
  readonly request: Request;
  /** Its body as JSON; undefined where it is none. */
  readonly body: unknown;
  readonly parts: ServerParts;
  readonly authInfo: AuthInfo;
};

/**
 * Whether a request of the protocols of 2025 is answered with JSON instead of a stream of events (MCP 2025-11-25, Streamable
 * HTTP: the server chooses). Where nobody has asked for progress nothing comes before the answer, and an answer without a
 * stream is all there or not there: a client whose stream ends too early waits until its own time is over (both major
 * versions of the TypeScript SDK do), while a request that fails is told at once.
 */
export const isAnsweredWithJson = ({ headers }: Request, body: unknown): boolean => {
  const messages: readonly unknown[] = Array.isArray(body) ? body : [body];
  const requests = messages.filter((message) => isJSONRPCRequest(message));
  const wantsProgress = requests.some(({ params }) => params?._meta?.progressToken !== undefined);
  return requests.length > 0 && !wantsProgress && isJsonContentType(headers.get("content-type"));
};

/** Answers a request with JSON, by a server of its own. It is cancelled when its client goes. */
export const jsonAnswer = async ({ request, body, parts, authInfo }: LegacyRequest): Promise<Response> => {
  const { server } = createServer(parts);
  server.onerror = protocolError;
  const transport = new WebStandardStreamableHTTPServerTransport({ enableJsonResponse: true });
  await server.connect(transport);
  const gone = new Promise<Response>((resolve) => {
    const leave = (): void => resolve(NOBODY());
    if (request.signal.aborted) leave();
    else request.signal.addEventListener("abort", leave, { once: true });
  });
  try {
    return await Promise.race([transport.handleRequest(request, { authInfo, parsedBody: body }), gone]);
  } finally {
    await server.close();
  }
};

/** What nobody is there to read any longer. */
const NOBODY = (): Response => new Response(null, { status: 499 });
