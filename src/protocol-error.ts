import { log } from "./log.js";

/**
 * Tells the operator of a request that the protocol's library could not serve, in the first words of its reason. What JSON
 * says of itself quotes the body, and is left out.
 */
export const protocolError = (error: Error): void => {
  const [reason = ""] = error instanceof SyntaxError ? ["a message is no JSON"] : error.message.split("\n", 1);
  log({ event: "protocol-error", message: reason.slice(0, 200) });
};
