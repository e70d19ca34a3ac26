/** Why a connection did not come about, in words for the model, and what to do instead. */
export type EgressProblem = { readonly code: EgressCode; readonly message: string; readonly hint: string };

export type EgressCode =
  /** who asks does not present the token */
  | "egress-token"
  /** the host belongs to nobody the proxy knows */
  | "egress-host"
  /** a name of AWS's behind which a customer answers */
  | "egress-customer-host"
  /** an address instead of a name */
  | "egress-address"
  /** not a host name, or no target at all */
  | "egress-malformed"
  /** AWS's host at another port */
  | "egress-port"
  /** plain HTTP to something else than the operator's endpoint */
  | "egress-plain"
  /** a name that leads to this machine or its neighbours */
  | "egress-resolved"
  /** allowed, but it could not be reached */
  | "egress-unreachable";

const LET_THROUGH =
  "commands reach AWS's own hosts on port 443 and the endpoint that the operator set; leave the host to the AWS CLI, and choose a region by `--region`";

const UNREACHABLE = "see that the region exists, as in `--region us-east-1`; else the operator's network is in the way";

/** What is told where the operator's own endpoint is not there. */
export const ENDPOINT_SILENT =
  "the operator's AWS_ENDPOINT_URL does not answer: no option of a command changes that, and the operator sees to it";

export const egressProblem = (code: EgressCode, message: string): EgressProblem => ({
  code,
  message,
  hint: code === "egress-unreachable" ? UNREACHABLE : LET_THROUGH,
});
