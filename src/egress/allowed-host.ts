import { isIPv4, isIPv6 } from "node:net";
import { err, ok, type Result } from "../language/result.js";
import { inBackticks } from "../language/visible.js";
import { AWS_HOSTS_ELSEWHERE } from "./aws-suffixes.js";
import { customerHosts } from "./customer-hosts.js";
import { type EgressProblem, egressProblem } from "./egress-problem.js";

/** The operator's own endpoint, `AWS_ENDPOINT_URL` taken apart. */
export type Endpoint = {
  readonly scheme: "http" | "https";
  /** In lower case, as the operator wrote it; an IPv6 address without its brackets. */
  readonly host: string;
  readonly port: number;
};

export type EgressRules = {
  /** Domains in lower case. */
  readonly suffixes: readonly string[];
  readonly endpoint: Endpoint | undefined;
};

/** Where a connection may go. */
export type Destination =
  /** a host of AWS's */
  | { readonly kind: "aws"; readonly host: string; readonly port: number }
  /** the operator's endpoint, or a name one label below it */
  | { readonly kind: "endpoint"; readonly host: string; readonly port: number };

/**
 * Whether a connection to this host may be made at all; what its name leads to is judged apart.
 *
 * @param host as the client sent it; an IPv6 address without its brackets
 */
export const allowedHost = (host: string, port: number, rules: EgressRules): Result<Destination, EgressProblem> => {
  // Case is folded in ASCII alone: U+212A in lower case is `k`.
  if (!/^[\x21-\x7e]{1,253}$/.test(host)) return err(malformed(host));
  const name = host.toLowerCase();
  if (isEndpoint(name, port, rules.endpoint)) return ok({ kind: "endpoint", host: name, port });
  const problem = spellingProblem(name) ?? placeProblem(name, rules.suffixes) ?? portProblem(name, port);
  return problem === undefined ? ok({ kind: "aws", host: name, port }) : err(problem);
};

// Buckets and account ids stand before the endpoint's name (`s3.addressing_style = virtual`, s3control).
const isEndpoint = (name: string, port: number, endpoint: Endpoint | undefined): boolean => {
  if (endpoint === undefined || port !== endpoint.port) return false;
  if (name === endpoint.host) return true;
  const below = name.endsWith(`.${endpoint.host}`) && !isAddress(endpoint.host);
  return below && LABEL.test(name.slice(0, -endpoint.host.length - 1));
};

const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

const spellingProblem = (name: string): EgressProblem | undefined => {
  if (isAddress(name)) return egressProblem("egress-address", `\`${name}\` is an address, not a host name of AWS's`);
  const labels = name.split(".");
  const isName = labels.every((label) => LABEL.test(label) && !label.startsWith("xn--"));
  return isName ? undefined : malformed(name);
};

// Also what other readers take for an address: WHATWG's "ends in a number" (`0x7f.1`, `2130706433`, `0177.0.0.1`).
const isAddress = (name: string): boolean =>
  isIPv4(name) || isIPv6(name) || name.includes(":") || /(?:^|\.)(?:[0-9]+|0x[0-9a-f]*)\.?$/.test(name);

const placeProblem = (name: string, suffixes: readonly string[]): EgressProblem | undefined => {
  if (AWS_HOSTS_ELSEWHERE.some((elsewhere) => elsewhere.test(name))) return undefined;
  const suffix = suffixes.find((each) => name.endsWith(`.${each}`));
  if (suffix === undefined) return egressProblem("egress-host", `\`${name}\` is no host of AWS's`);
  const row = customerHosts(name.slice(0, -suffix.length - 1).split("."));
  if (row === undefined) return undefined;
  return egressProblem("egress-customer-host", `\`${name}\` is no service of AWS's but ${row.because}`);
};

const portProblem = (name: string, port: number): EgressProblem | undefined =>
  port === 443 ? undefined : egressProblem("egress-port", `port ${port} of \`${name}\` is not AWS's, 443 is`);

const malformed = (host: string): EgressProblem =>
  egressProblem("egress-malformed", `${inBackticks(host)} is not written as a host name of AWS's`);
