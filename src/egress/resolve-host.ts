import type { LookupAddress } from "node:dns";
import type { LookupFunction } from "node:net";
import { err, ok, type Result } from "../language/result.js";
import { allowedAddress } from "./allowed-address.js";
import { type EgressProblem, egressProblem } from "./egress-problem.js";

/** `dns.lookup`, or what stands in for it. */
export type Resolve = (host: string) => Promise<readonly LookupAddress[]>;

/**
 * What a name of AWS's leads to, every address of it allowed, as a `lookup` that gives these and asks nobody again: what
 * was judged is what is connected to.
 */
export const resolveHost = async (host: string, resolve: Resolve): Promise<Result<LookupFunction, EgressProblem>> => {
  const found = await addresses(host, resolve);
  if (!found.ok) return found;
  for (const { address } of found.value) {
    const allowed = allowedAddress(host, address);
    if (!allowed.ok) return allowed;
  }
  return ok(pinned(found.value));
};

const addresses = async (host: string, resolve: Resolve): Promise<Result<readonly LookupAddress[], EgressProblem>> => {
  try {
    return ok(await resolve(host));
  } catch (cause) {
    return err(unreachable(host, cause));
  }
};

/** Allowed, but not there: in the words of the system. */
export const unreachable = (host: string, cause: unknown): EgressProblem => {
  const reason = cause instanceof Error && "code" in cause ? String(cause.code) : "no answer";
  return egressProblem("egress-unreachable", `\`${host}\` could not be reached: ${reason}`);
};

const pinned =
  (found: readonly LookupAddress[]): LookupFunction =>
  (host, options, callback) => {
    const [first] = found;
    if (first === undefined) callback(Object.assign(new Error(`no address of ${host}`), { code: "ENODATA" }), "");
    else if (options.all === true) callback(null, [...found]);
    else callback(null, first.address, first.family);
  };
