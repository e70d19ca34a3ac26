import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { SigningKey } from "./signing-key.js";

/** What an authorization server answers at a path: JSON, or whatever it likes. */
export type Answer = object | ((response: ServerResponse) => void);

/** An authorization server on loopback, as far as those who take its tokens see it. */
export type Issuer = {
  /** As it calls itself. */
  readonly url: string;
  readonly keysUrl: string;
  /** Everything that was asked for, in order. */
  readonly asked: string[];
  /** Changes what is at a path; nothing takes it away. */
  readonly put: (path: string, answer: Answer | undefined) => void;
  readonly putKeys: (...keys: readonly SigningKey[]) => void;
  readonly close: () => void;
};

export const RFC_8414 = "/.well-known/oauth-authorization-server";
export const OPENID = "/.well-known/openid-configuration";

/** @param path of the issuer's own URL */
export const startIssuer = async (path = ""): Promise<Issuer> => {
  const answers = new Map<string, Answer>();
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const url = request.url ?? "";
    asked.push(url);
    const answer = answers.get(url);
    if (typeof answer === "function") return answer(response);
    response.writeHead(answer === undefined ? 404 : 200, { "content-type": "application/json" });
    response.end(JSON.stringify(answer ?? {}));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  // A server that listens at a port has such an address.
  const { port } = server.address() as AddressInfo;
  const origin = `http://127.0.0.1:${port}`;
  const put: Issuer["put"] = (at, answer) => {
    if (answer === undefined) answers.delete(at);
    else answers.set(at, answer);
  };
  const issuer = { url: origin + path, keysUrl: `${origin}/keys` };
  put(`${RFC_8414}${path.replace(/\/$/, "")}`, { issuer: issuer.url, jwks_uri: issuer.keysUrl });
  return {
    ...issuer,
    asked,
    put,
    putKeys: (...keys) => put("/keys", { keys: keys.map(({ jwk }) => jwk) }),
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
};
