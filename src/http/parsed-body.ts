import type { ServerResponse } from "node:http";

/**
 * The body of a request for the protocol's library, which else copies the request in order to read it twice. Such a copy
 * hears that its client has gone only until memory is cleaned up for the next time (undici, `Request.clone`), and so does a
 * request that nobody holds; it is held here until its response closes. Gives nothing where the body is no JSON: the library
 * then says what is wrong.
 */
export const parsedBody = async (
  request: Request,
  response: ServerResponse,
): Promise<{ readonly parsedBody?: unknown }> => {
  const held = new Set([request]);
  response.once("close", () => held.clear());
  if (request.method !== "POST") return {};
  try {
    return { parsedBody: await request.clone().json() };
  } catch {
    return {};
  }
};
