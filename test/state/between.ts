import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";

/** Something that listens on loopback in place of a store. */
export type Between = {
  readonly port: number;
  /** Connections that it has taken so far. */
  readonly taken: () => number;
  readonly close: () => Promise<void>;
};

/** A way to a store by which every answer comes so many milliseconds late. */
export const slowWay = (port: number, milliseconds: () => number): Promise<Between> =>
  listening((near) => {
    const far = connect(port, "127.0.0.1");
    near.on("data", (bytes) => far.write(bytes));
    far.on("data", (bytes) => setTimeout(() => near.write(bytes), milliseconds()));
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      one.on("error", () => other.destroy());
      one.on("close", () => other.destroy());
    }
  });

/** What says the same to whatever it is sent, or something of its own on each connection, which it may end after a while. */
export const saying = (text: string | ((connection: number) => string), milliseconds?: number): Promise<Between> =>
  listening((near, connection) => {
    near.on("data", () => near.write(typeof text === "string" ? text : text(connection)));
    near.on("error", () => near.destroy());
    if (milliseconds !== undefined) setTimeout(() => near.destroy(), milliseconds);
  });

const listening = async (talk: (near: Socket, connection: number) => void): Promise<Between> => {
  const open = new Set<Socket>();
  let taken = 0;
  const server: Server = createServer((near) => {
    taken += 1;
    open.add(near);
    near.once("close", () => open.delete(near));
    talk(near, taken);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    // A server that listens at a port has an address with one.
    port: (server.address() as AddressInfo).port,
    taken: () => taken,
    close: async () => {
      for (const socket of open) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
};
