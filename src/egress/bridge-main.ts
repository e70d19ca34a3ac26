import { connect, createServer } from "node:net";
import { firstLine } from "./first-line.js";
import { joinSockets } from "./join-sockets.js";

/** The line that the process reads first, as JSON. */
export type BridgeConfiguration = {
  /** Port on loopback, inside the network namespace that the process was started in; 0 takes a free one. */
  readonly port: number;
  /** Absolute path of the Unix socket that the proxy listens on, outside. */
  readonly socketPath: string;
};

/** What the process says once it listens: `/proc/PID/ns` is how others come in. */
export type BridgeLine = { readonly port: number; readonly pid: number };

// In a network namespace of its own there is no way out but this: loopback on one side, one Unix socket on the other.
// It holds the namespace, and lives as long as somebody holds its stdin.
const main = async (): Promise<void> => {
  const line = await firstLine(process.stdin, () => process.exit(0));
  const { port, socketPath }: BridgeConfiguration = JSON.parse(line);
  const server = createServer({ allowHalfOpen: true, noDelay: true }, (client) => {
    joinSockets(client, connect({ path: socketPath, allowHalfOpen: true }));
  });
  server.maxConnections = 256;
  server.listen(port, "127.0.0.1", () => {
    const address = server.address();
    const taken = typeof address === "object" && address !== null ? address.port : port;
    const said: BridgeLine = { port: taken, pid: process.pid };
    process.stdout.write(`${JSON.stringify(said)}\n`);
  });
};

await main();
