import { describe, expect, it } from "vitest";
import { secureIdentifier, secureUrl } from "../../../src/http/auth/secure-url.js";

describe("secureUrl", () => {
  it.each([["https://a.example/keys?p=1"], ["http://127.0.0.1:9/keys"], ["http://[::1]/"], ["http://localhost/x"]])(
    "takes %s",
    (url) => {
      expect(secureUrl("NAME", url).href).toBe(url);
    },
  );

  it.each([
    ["http://a.example/", "NAME: the URL is neither https nor http to loopback"],
    ["http://10.0.0.1/", "NAME: the URL is neither https nor http to loopback"],
    ["ftp://127.0.0.1/", "NAME: the URL is neither https nor http to loopback"],
    ["file:///etc/passwd", "NAME: the URL is neither https nor http to loopback"],
    ["https://u@a.example/", "NAME: the URL has a user, a password or a fragment"],
    ["https://:p@a.example/", "NAME: the URL has a user, a password or a fragment"],
    ["https://a.example/#", "NAME: the URL has a user, a password or a fragment"],
  ])("refuses %s", (url, message) => {
    expect(() => secureUrl("NAME", url)).toThrow(new Error(message));
  });
});

describe("secureIdentifier", () => {
  it("takes no query besides, not even an empty one", () => {
    expect(secureIdentifier("NAME", "https://a.example/t").href).toBe("https://a.example/t");
    for (const url of ["https://a.example/?x=1", "https://a.example/?"])
      expect(() => secureIdentifier("NAME", url)).toThrow(new Error("NAME: the URL has a query"));
  });
});
