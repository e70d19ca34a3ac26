import { expect } from "vitest";
import { CHECK, modern } from "./mcp-requests.js";
import { openRaw } from "./raw-http.js";

/** The body of a call. */
export const message = JSON.stringify(modern.call(CHECK));
const JSON_HEADERS = Object.entries(modern.headers(modern.call(CHECK)))
  .map(([name, value]) => `${name}: ${value}\r\n`)
  .join("");

/** A request that would be answered, were it not for the lines in its middle. */
export const withLines = (lines: string, body = message) =>
  `POST /mcp HTTP/1.1\r\nHost: localhost\r\n${JSON_HEADERS}${lines}\r\n${body}`;

export const LENGTH = `Content-Length: ${Buffer.byteLength(message)}\r\n`;
export const CHUNKED = "Transfer-Encoding: chunked\r\n";
/** A request that is always answered, but for its last line. */
export const HEALTH = "GET /healthz HTTP/1.1\r\nHost: localhost\r\n";
/** Its bytes, as chunks have them. */
export const hex = Buffer.byteLength(message).toString(16);
/** A request within the body of another, which must never be answered. */
export const SMUGGLED = "GET /healthz HTTP/1.1\r\nHost: localhost\r\nX: smuggled\r\n\r\n";

/** The only answer on a connection, and how it ends after that. */
export const onlyAnswer = async (port: number, bytes: string | Uint8Array) => {
  const connection = await openRaw(port);
  connection.send(bytes);
  const { status, headers } = await connection.answer();
  const end = await connection.closed;
  await expect(connection.answer()).rejects.toThrow("no answer, but ``");
  connection.socket.destroy();
  return { status, connection: headers.connection, end };
};
