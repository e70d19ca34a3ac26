import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** What a service answers to every request. */
export type Reply = {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** It does not answer: it waits, or closes the connection. */
  readonly instead?: "wait" | "close";
};

export type ReplyServer = { readonly host: string; readonly stop: () => Promise<void> };

/** A service on loopback that has one answer. */
export const replyServer = async ({ status, headers = {}, body = "", instead }: Reply): Promise<ReplyServer> => {
  const server = createServer((request, response) => {
    request.resume();
    request.on("end", () => {
      if (instead === "close") request.socket.destroy();
      if (instead !== undefined) return;
      response.writeHead(status, headers);
      response.end(request.method === "HEAD" ? undefined : body);
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  // A server that listens on a port has an address of this kind.
  const { port } = server.address() as AddressInfo;
  return {
    host: `127.0.0.1:${port}`,
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
};
