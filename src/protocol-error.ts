import { log } from "./log.js";

/** Tells the operator of a request that the protocol's library could not serve, in the first words of its reason. */
export const protocolError = (error: Error): void =>
  log({ event: "protocol-error", message: (error.message.split("\n", 1)[0] ?? "").slice(0, 200) });
