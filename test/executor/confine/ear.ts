import { createSocket } from "node:dgram";
import { once } from "node:events";
import { createServer } from "node:net";

/** Listens where attacks are told to connect to: TCP and UDP on one port of 127.0.0.1, and Unix sockets. */
export type Ear = {
  readonly port: number;
  /** How many connections and datagrams came. */
  readonly heard: () => number;
  readonly close: () => void;
};

/** @param names of Unix sockets: absolute paths, or abstract names, which begin with NUL */
export const openEar = async (names: readonly string[]): Promise<Ear> => {
  let heard = 0;
  const hear = () => {
    heard += 1;
  };
  const servers = [undefined, ...names].map((name) => {
    const server = createServer((socket) => {
      hear();
      socket.destroy();
    });
    return name === undefined ? server.listen(0, "127.0.0.1") : server.listen(name);
  });
  await Promise.all(servers.map((server) => (server.listening ? undefined : once(server, "listening"))));
  const address = servers[0]?.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const udp = createSocket("udp4").on("message", hear).bind(port, "127.0.0.1");
  await once(udp, "listening");
  return {
    port,
    heard: () => heard,
    close: () => {
      udp.close();
      for (const server of servers) server.close();
    },
  };
};
