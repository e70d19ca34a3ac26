import type { EgressCode, EgressProblem } from "./egress-problem.js";
import type { Target } from "./read-target.js";

/** A connection that did not come about. It holds no path, no header and no credential. */
export type EgressEvent = {
  readonly event: "egress-refused" | "egress-failed";
  /** The run that asked; empty when it did not present the token. */
  readonly run: string;
  /** Empty when it could not be read. */
  readonly host: string;
  readonly port: number;
  readonly code: EgressCode;
  readonly message: string;
};

export const egressEvent = (
  run: string,
  target: Target | undefined,
  { code, message }: EgressProblem,
): EgressEvent => ({
  event: code === "egress-unreachable" ? "egress-failed" : "egress-refused",
  run,
  host: target?.host.slice(0, 253).toLowerCase() ?? "",
  port: target?.port ?? 0,
  code,
  message,
});
