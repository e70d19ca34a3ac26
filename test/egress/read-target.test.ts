import { describe, expect, it } from "vitest";
import { authorityOf, connectTarget, plainTarget } from "../../src/egress/read-target.js";

describe("connectTarget", () => {
  it("reads a host and a port, and nothing else", () => {
    const texts = ["a.b:443", "A.b:1", "[::1]:8443", "127.0.0.1:65535", "b\u00fc:443", "0x7f.1:80"];
    expect(texts.map(connectTarget)).toEqual([
      { host: "a.b", port: 443 },
      { host: "A.b", port: 1 },
      { host: "::1", port: 8443 },
      { host: "127.0.0.1", port: 65_535 },
      { host: "b\u00fc", port: 443 },
      { host: "0x7f.1", port: 80 },
    ]);
  });

  it("reads nothing where two readers could see two hosts", () => {
    const texts = [
      "a.b",
      "a.b:",
      ":443",
      "a.b:0",
      "a.b:65536",
      "a.b:443443",
      "a.b:+443",
      "a.b: 443",
      "a.b:443 ",
      "a.b:443\n",
      "u@a.b:443",
      "a.b:443@evil.example:443",
      "evil.example:443/@a.b:443",
      "evil.example#a.b:443",
      "evil.example?a.b:443",
      "evil.example\\a.b:443",
      "https://a.b:443",
      "//a.b:443",
      "::1:443",
      "[::1:443",
      "[a.b]:443",
      "[::1%25eth0]:443",
      "a.b:44x",
      "",
      "*",
      "/",
    ];
    expect(texts.map(connectTarget)).toEqual(texts.map(() => undefined));
  });
});

describe("plainTarget", () => {
  it("takes an absolute-form request apart", () => {
    const texts = [
      "http://a.b/",
      "HTTP://A.b:81/x?y=http://c/",
      "http://a.b",
      "http://a.b?x",
      "http://[::1]:5000/p//q",
    ];
    expect(texts.map(plainTarget)).toEqual([
      { host: "a.b", port: 80, path: "/" },
      { host: "A.b", port: 81, path: "/x?y=http://c/" },
      { host: "a.b", port: 80, path: "/" },
      { host: "a.b", port: 80, path: "/?x" },
      { host: "::1", port: 5000, path: "/p//q" },
    ]);
  });

  it("reads nothing of anything else", () => {
    const texts = [
      "/",
      "a.b/",
      "https://a.b/",
      "ftp://a.b/",
      "http:/a.b/",
      "http:///a.b/",
      "http://u:p@a.b/",
      "http://a.b\\@evil.example/",
      "http://a.b#@evil.example/",
      "http://a.b:80:81/",
      "http://a.b:x/",
      "http://a.b:99999/",
      "http://a.b /",
      "http://",
      "",
    ];
    expect(texts.map(plainTarget)).toEqual(texts.map(() => undefined));
  });
});

describe("authorityOf", () => {
  it("writes what connectTarget reads", () => {
    expect(["a.b:443", "[::1]:8443"].map((text) => authorityOf(connectTarget(text) ?? { host: "", port: 0 }))).toEqual([
      "a.b:443",
      "[::1]:8443",
    ]);
  });
});
