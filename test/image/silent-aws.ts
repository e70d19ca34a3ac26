import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Settings } from "../server/clients.js";

/** An endpoint that takes requests and never answers: an aws stage that talks to it runs until it is told to stop. */
export type SilentAws = {
  readonly settings: Settings;
  /** Settles with the first request. */
  readonly asked: Promise<void>;
  readonly close: () => void;
};

export const silentAws = async (): Promise<SilentAws> => {
  let tell = (): void => undefined;
  const asked = new Promise<void>((resolve) => {
    tell = resolve;
  });
  const server: Server = createServer(() => tell());
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  // It listens at a port.
  const { port } = server.address() as AddressInfo;
  return {
    settings: {
      AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
      AWS_ACCESS_KEY_ID: "testing",
      AWS_SECRET_ACCESS_KEY: "testing",
      AWS_REGION: "us-east-1",
    },
    asked,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
};
