import { once } from "node:events";
import { createServer, request as httpRequest } from "node:http";
import type { AddressInfo } from "node:net";
import type { Authentication } from "../../../src/http/auth/authentication.js";
import type { AuthSettings } from "../../../src/http/auth/check-auth-settings.js";

/** What an operator sets who sets nothing. */
export const PLAIN: AuthSettings = {
  AWS_MCP_HTTP_AUTH: "token",
  AWS_MCP_HOST: "127.0.0.1",
  AWS_MCP_TOKEN_FILE: undefined,
  AWS_MCP_PUBLIC_URL: undefined,
  AWS_MCP_OAUTH_ISSUER: undefined,
  AWS_MCP_OAUTH_AUDIENCE: undefined,
  AWS_MCP_OAUTH_JWKS_URL: undefined,
};

/** A list is as many headers. */
export type SentHeaders = Readonly<Record<string, string | readonly string[]>>;

export type Answered = {
  readonly status: number;
  readonly challenge: string | undefined;
  readonly retryAfter: string | undefined;
  readonly stored: string | undefined;
  readonly body: string;
  /** Whoever the server takes the sender for. */
  readonly auth: unknown;
};

export type Asker = {
  readonly ask: (headers: SentHeaders, path?: string) => Promise<Answered>;
  readonly close: () => void;
};

/** A server on loopback that lets requests in as an authentication says, and a client of it that sends any headers. */
export const asking = async ({ authenticate }: Authentication): Promise<Asker> => {
  const server = createServer(async (request, response) => {
    const answer = await authenticate(request);
    if (!(answer instanceof Response)) return void response.end(JSON.stringify(answer));
    response.writeHead(answer.status, Object.fromEntries(answer.headers)).end(await answer.text());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  // A server that listens at a port has such an address.
  const { port } = server.address() as AddressInfo;
  return {
    ask: (headers, path = "/mcp") =>
      new Promise((resolve, reject) => {
        const sent = httpRequest(
          { port, host: "127.0.0.1", path, headers: sentAs(headers), agent: false },
          async (response) => {
            const chunks: Buffer[] = [];
            for await (const chunk of response) chunks.push(chunk);
            const body = Buffer.concat(chunks).toString();
            resolve({
              status: response.statusCode ?? 0,
              challenge: response.headers["www-authenticate"],
              retryAfter: response.headers["retry-after"],
              stored: response.headers["cache-control"],
              body,
              auth: response.statusCode === 200 ? JSON.parse(body) : undefined,
            });
          },
        );
        sent.on("error", reject).end();
      }),
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
};

// Only as a list does Node's client send a header twice, and then it adds none of its own.
const sentAs = (headers: SentHeaders): string[] => [
  "host",
  "127.0.0.1",
  ...Object.entries(headers).flatMap(([name, values]) => [values].flat().flatMap((value) => [name, value])),
];

/** The header that a client sends with a token. */
export const bearer = (token: string): SentHeaders => ({ authorization: `Bearer ${token}` });
