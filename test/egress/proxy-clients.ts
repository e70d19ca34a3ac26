import { once } from "node:events";
import { type Server as HttpServer, request } from "node:http";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";

/** What a proxy answered to a CONNECT; `socket` is the tunnel where it answered 200. */
export type Answer = {
  readonly status: number;
  readonly headers: string;
  readonly body: string;
  readonly socket: Socket;
};

export type Where = { readonly port: number } | { readonly path: string };

export const basic = (run: string, token: string): string =>
  `Basic ${Buffer.from(`${run}:${token}`).toString("base64")}`;

/** Asks a proxy for a tunnel by a request line of one's own. */
export const tunnelTo = async (where: Where, target: string, authorization?: string): Promise<Answer> => {
  const socket = connect("path" in where ? { path: where.path } : { host: "127.0.0.1", port: where.port });
  socket.on("error", () => undefined);
  const header = authorization === undefined ? "" : `Proxy-Authorization: ${authorization}\r\n`;
  socket.write(`CONNECT ${target} HTTP/1.1\r\nHost: x\r\n${header}\r\n`);
  return answerOf(socket);
};

/** The head of an answer, and its body where it has a length; what comes after that stays in the socket. */
const answerOf = async (socket: Socket): Promise<Answer> => {
  let text = "";
  for (;;) {
    const chunk: Buffer | null = socket.read();
    if (chunk !== null) text += chunk.toString("latin1");
    const [head = "", rest = ""] = text.split(/\r\n\r\n([\s\S]*)/);
    const length = Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0);
    const isWhole = text.includes("\r\n\r\n") && rest.length >= length;
    if (isWhole || socket.destroyed || socket.readableEnded) {
      if (rest.length > length) socket.unshift(Buffer.from(rest.slice(length), "latin1"));
      const status = Number(/^HTTP\/1\.1 (\d+)/.exec(head)?.[1] ?? 0);
      return { status, headers: head.split("\r\n").slice(1).join("\n"), body: rest.slice(0, length), socket };
    }
    await somethingOf(socket);
  }
};

// `once` would throw where the other side breaks, which is an answer as well.
const somethingOf = (socket: Socket): Promise<void> =>
  new Promise((resolve) => {
    for (const event of ["readable", "end", "close"]) socket.once(event, () => resolve());
  });

/** A plain request through a proxy. */
export const plainThrough = (
  port: number,
  url: string,
  options: { authorization?: string; method?: string; body?: Buffer; headers?: Record<string, string> } = {},
): Promise<{ readonly status: number; readonly body: string; readonly headers: Record<string, unknown> }> =>
  new Promise((resolve, reject) => {
    const { authorization, method = "GET", body, headers = {} } = options;
    const credentials = authorization === undefined ? {} : { "proxy-authorization": authorization };
    const host = /^http:\/\/([^/]*)/.exec(url)?.[1] ?? "x";
    const asked = request({
      host: "127.0.0.1",
      port,
      path: url,
      method,
      agent: false,
      headers: { host, ...headers, ...credentials },
    });
    asked.on("error", reject);
    asked.on("response", (response) => {
      let text = "";
      response.setEncoding("latin1");
      response.on("data", (chunk: string) => {
        text += chunk;
      });
      response.on("end", () => resolve({ status: response.statusCode ?? 0, body: text, headers: response.headers }));
      response.on("error", reject);
    });
    asked.end(body);
  });

/** Listens on a free port of loopback. */
export const listening = async (server: Server | HttpServer): Promise<number> => {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  // It listens on a port, so that its address is no path.
  return (server.address() as AddressInfo).port;
};

/** A server that counts who comes, and sends back what it gets. */
export const echoServer = async (): Promise<{
  readonly port: number;
  readonly count: () => number;
  readonly close: () => void;
}> => {
  let connections = 0;
  const open = new Set<Socket>();
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    connections += 1;
    open.add(socket);
    socket.on("error", () => undefined);
    socket.pipe(socket);
  });
  const port = await listening(server);
  const close = () => {
    server.close();
    for (const socket of open) socket.destroy();
  };
  return { port, count: () => connections, close };
};

/** What comes back through a tunnel for a text, after which this side says no more. */
export const echoed = async (socket: Socket, text: string): Promise<string> => {
  let back = "";
  socket.setEncoding("latin1");
  socket.on("data", (chunk: string) => {
    back += chunk;
  });
  const closed = new Promise((resolve) => socket.once("close", resolve));
  socket.end(text);
  await closed;
  return back;
};
