import { randomInt } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:net";

/**
 * A port of loopback that nobody listens at, below those that the system gives to connections (ip(7),
 * `ip_local_port_range`): while a server that listens there is away, no connection may take its place.
 */
export const freePort = async (): Promise<number> => {
  for (;;) {
    const port = randomInt(16_384, 32_768);
    const server = createServer();
    try {
      server.listen(port, "127.0.0.1");
      await once(server, "listening");
      return port;
    } catch {
      // Somebody has it: another one.
    } finally {
      server.close();
    }
  }
};
