import { describe, expect, it } from "vitest";
import { allowedHost } from "../../src/egress/allowed-host.js";
import { AWS_SUFFIXES } from "../../src/egress/aws-suffixes.js";
import { needAws } from "../provision/needs.js";
import { partitionSuffixes, ruledHosts } from "./aws-endpoints.js";

describe("AWS_SUFFIXES", () => {
  it("are those of the AWS CLI's own partitions", () => {
    expect([...AWS_SUFFIXES].sort()).toEqual([...new Set(partitionSuffixes(needAws()))].sort());
  });

  it("admit every host that the AWS CLI's endpoint rules and host prefixes make, but for signing in", () => {
    const hosts = ruledHosts(needAws());
    const rules = { suffixes: AWS_SUFFIXES, endpoint: undefined };
    const refused = hosts.filter((host) => !allowedHost(host, 443, rules).ok);
    expect(hosts.length).toBeGreaterThan(4000);
    expect(refused.length).toBeGreaterThan(0);
    // `aws login` alone asks these, and it is refused before it runs.
    expect(refused.filter((host) => !/(?:^|\.)signin(?:-fips)?\./.test(host))).toEqual([]);
  });
});
