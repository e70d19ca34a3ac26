import { allowedHost } from "./allowed-host.js";
import { AWS_SUFFIXES } from "./aws-suffixes.js";
import type { EgressEvent } from "./egress-event.js";
import { type EgressProblem, ENDPOINT_SILENT, egressProblem } from "./egress-problem.js";

/** What is told of a connection that did not come about, with what to do instead. */
export const eventProblem = ({ code, message, host, port }: EgressEvent): EgressProblem => {
  const problem = egressProblem(code, message);
  return code === "egress-unreachable" && !isAws(host, port) ? { ...problem, hint: ENDPOINT_SILENT } : problem;
};

// What may be reached and is no host of AWS's is the operator's endpoint.
const isAws = (host: string, port: number): boolean =>
  allowedHost(host, port, { suffixes: AWS_SUFFIXES, endpoint: undefined }).ok;
