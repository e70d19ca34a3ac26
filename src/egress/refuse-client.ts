import type { ServerResponse } from "node:http";
import type { Duplex } from "node:stream";

/** What a client is told instead of being let through. */
export type Refusal = { readonly status: 400 | 403 | 407; readonly code: string; readonly message: string };

const NAMES = { 400: "Bad Request", 403: "Forbidden", 407: "Proxy Authentication Required" };

/** Answers a CONNECT and closes. */
export const refuseTunnel = (client: Duplex, refusal: Refusal): void => {
  const body = bodyOf(refusal);
  const lines = [`HTTP/1.1 ${refusal.status} ${NAMES[refusal.status]}`];
  for (const [name, value] of Object.entries(headersOf(refusal, body))) lines.push(`${name}: ${value}`);
  client.end(`${lines.join("\r\n")}\r\n\r\n${body}`);
  closeSoon(client);
};

/** Answers a plain request and closes. */
export const refuseRequest = (response: ServerResponse, refusal: Refusal): void => {
  const body = bodyOf(refusal);
  response.writeHead(refusal.status, NAMES[refusal.status], headersOf(refusal, body));
  response.end(body);
};

const headersOf = ({ status }: Refusal, body: string): Readonly<Record<string, string>> => ({
  "content-type": "application/xml",
  "content-length": String(Buffer.byteLength(body)),
  connection: "close",
  ...(status === 407 ? { "proxy-authenticate": 'Basic realm="awspipe"' } : {}),
});

// The one form of an error whose message the CLI shows for every protocol of AWS's (2.36; JSON services show it raw).
const bodyOf = ({ code, message }: Refusal): string =>
  `<ErrorResponse><Error><Code>${code}</Code><Message>${escaped(message)}</Message></Error></ErrorResponse>\n`;

const escaped = (text: string): string => text.replace(/&/g, "&amp;").replace(/</g, "&lt;");

// The client may still send, or never close; nobody reads it.
const closeSoon = (client: Duplex): void => {
  const timer = setTimeout(() => client.destroy(), 1000);
  client.once("close", () => clearTimeout(timer));
  client.resume();
};
