import { describe, expect, it } from "vitest";
import { readCidrBlock, sixteenths } from "../../../src/server/prompts/cidr-block.js";

describe("readCidrBlock", () => {
  it.each([
    ["10.0.0.0/16", { first: 0x0a000000, bits: 16 }],
    ["192.168.16.0/20", { first: 0xc0a81000, bits: 20 }],
    ["172.31.255.240/28", { first: 0xac1ffff0, bits: 28 }],
    ["100.64.0.0/16", { first: 0x64400000, bits: 16 }],
  ])("reads %s", (text, block) => {
    expect(readCidrBlock(text)).toEqual(block);
  });

  it.each([
    ...["10.0.0.0/8", "10.0.0.0/29", "10.0.1.0/16", "8.8.8.0/24", "172.32.0.0/16", "10.0.0.256/28", "10.0.0/16"],
    ...["10.0.0.0", "", "x", " 10.0.0.0/16", "10.0.0.0/16\n", "010.0.0.0/16; ls", "fd00::/8", "100.128.0.0/16"],
  ])("refuses %j", (text) => {
    expect(readCidrBlock(text)).toBeUndefined();
  });
});

describe("sixteenths", () => {
  it("divides a range into equal parts", () => {
    expect(sixteenths({ first: 0x0a000000, bits: 16 }, 16).slice(-2)).toEqual(["10.0.224.0/20", "10.0.240.0/20"]);
    expect(sixteenths({ first: 0xc0a81000, bits: 20 }, 3)).toEqual([
      "192.168.16.0/24",
      "192.168.17.0/24",
      "192.168.18.0/24",
    ]);
    expect(sixteenths({ first: 0x0a0000f0, bits: 24 }, 2)).toEqual(["10.0.0.240/28", "10.0.1.0/28"]);
  });
});
