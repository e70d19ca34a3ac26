import { describe, expect, it } from "vitest";
import { allowedAddress } from "../../src/egress/allowed-address.js";

const HOST = "sts.us-east-1.amazonaws.com";

const message = (address: string): string => {
  const judged = allowedAddress(HOST, address);
  return judged.ok ? "allowed" : judged.error.message;
};

const ALLOWED = [
  "52.94.236.248",
  "10.0.1.17",
  "172.31.4.4",
  "192.168.3.4",
  "100.64.0.9",
  "2600:1f60:8000::1",
  "fd12:3456::7",
  "::ffff:52.94.236.248",
  "64:ff9b::345e:ecf8",
];

const THIS_MACHINE = [
  "127.0.0.1",
  "127.255.255.254",
  "0.0.0.0",
  "0.1.2.3",
  "::1",
  "::",
  "::ffff:127.0.0.1",
  "::ffff:7f00:1",
  "64:ff9b::7f00:1",
  "0:0:0:0:0:0:0:1",
];

const LINK_LOCAL = [
  "169.254.169.254",
  "169.254.170.2",
  "169.254.0.1",
  "fe80::1",
  "fe80::1%eth0",
  "febf::1",
  "fd00:ec2::254",
  "fd00:ec2::23",
  "::ffff:169.254.169.254",
  "::ffff:a9fe:a9fe",
  "64:ff9b::a9fe:a9fe",
];

const RESERVED = [
  "224.0.0.1",
  "239.255.255.250",
  "240.0.0.1",
  "255.255.255.255",
  "192.0.0.192",
  "ff02::1",
  "2002:7f00:1::",
  "2001:0:1::1",
  "fec0::1",
  "::7f00:2",
  "::ffff:255.255.255.255",
];

const leads = (address: string, what: string): string => `\`${HOST}\` leads to \`${address}\`, ${what}`;

describe("allowedAddress", () => {
  it("admits public addresses, and private ones, which VPC endpoints have", () => {
    expect(ALLOWED.map(message)).toEqual(ALLOWED.map(() => "allowed"));
  });

  it("refuses this machine", () => {
    expect(THIS_MACHINE.map(message)).toEqual(THIS_MACHINE.map((address) => leads(address, "this machine")));
  });

  it("refuses link-local addresses and the instance's metadata", () => {
    const what = "a link-local address, where instance metadata answers";
    expect(LINK_LOCAL.map(message)).toEqual(LINK_LOCAL.map((address) => leads(address, what)));
  });

  it("refuses multicast, reserved and disguised addresses", () => {
    const what = "a multicast or reserved address";
    expect(RESERVED.map(message)).toEqual(RESERVED.map((address) => leads(address, what)));
  });

  it("refuses what is no address", () => {
    expect(["", "localhost", "1.2.3", "::g"].map(message)).toEqual(
      ["", "localhost", "1.2.3", "::g"].map((address) => leads(address, "no address")),
    );
  });
});
