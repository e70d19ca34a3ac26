import { BlockList, isIPv4, isIPv6 } from "node:net";
import { err, ok, type Result } from "../language/result.js";
import { inBackticks } from "../language/visible.js";
import { type EgressProblem, egressProblem } from "./egress-problem.js";

/**
 * Whether a name of AWS's may lead to this address. Private addresses are what VPC endpoints with private DNS have;
 * this machine, its link and what answers for instance metadata never stand for AWS.
 */
export const allowedAddress = (host: string, address: string): Result<string, EgressProblem> => {
  const kind = KINDS.find(({ list }) => holds(list, address));
  const isKnown = isIPv4(address) || isIPv6(address);
  if (isKnown && kind === undefined) return ok(address);
  const what = kind?.what ?? "no address";
  return err(egressProblem("egress-resolved", `\`${host}\` leads to ${inBackticks(address)}, ${what}`));
};

const holds = (list: BlockList, address: string): boolean =>
  isIPv4(address) ? list.check(address, "ipv4") : isIPv6(address) && list.check(withoutZone(address), "ipv6");

const withoutZone = (address: string): string => address.replace(/%.*$/, "");

const listOf = (...networks: readonly string[]): BlockList => {
  const list = new BlockList();
  for (const network of networks) {
    const [address = "", bits = ""] = network.split("/");
    list.addSubnet(address, Number(bits), isIPv4(address) ? "ipv4" : "ipv6");
  }
  return list;
};

// Every IPv4 network also as it is written inside IPv6: mapped (RFC 4291), translated (RFC 6052, what DNS64 answers).
const both = (...networks: readonly string[]): BlockList =>
  listOf(
    ...networks,
    ...networks.flatMap((network) => {
      const [address, bits] = network.split("/");
      return ["::ffff:", "64:ff9b::"].map((prefix) => `${prefix}${address}/${96 + Number(bits)}`);
    }),
  );

// IANA's special-purpose registries, and AWS's own fd00:ec2::/32 (instance metadata, resolver, time).
const KINDS: readonly { readonly what: string; readonly list: BlockList }[] = [
  { what: "this machine", list: both("0.0.0.0/8", "127.0.0.0/8") },
  { what: "this machine", list: listOf("::/127") },
  { what: "a link-local address, where instance metadata answers", list: both("169.254.0.0/16") },
  { what: "a link-local address, where instance metadata answers", list: listOf("fe80::/10", "fd00:ec2::/32") },
  { what: "a multicast or reserved address", list: both("192.0.0.0/24", "224.0.0.0/4", "240.0.0.0/4") },
  // Other ways to write an IPv4 address: compatible, 6to4, Teredo, site-local, translated locally (RFC 8215).
  {
    what: "a multicast or reserved address",
    list: listOf("ff00::/8", "::/96", "2002::/16", "2001::/32", "fec0::/10", "64:ff9b:1::/48"),
  },
];
