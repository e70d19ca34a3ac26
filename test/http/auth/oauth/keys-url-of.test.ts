import { describe, expect, it } from "vitest";
import { keysUrlOf } from "../../../../src/http/auth/oauth/keys-url-of.js";

const AT = new URL("https://as.example/.well-known/oauth-authorization-server");
const keysUrl = (metadata: unknown, issuer = "https://as.example") => keysUrlOf(metadata, issuer, AT).href;

describe("keysUrlOf", () => {
  it("may be of another host, which the issuer names", () => {
    expect(keysUrl({ issuer: "https://as.example", jwks_uri: "https://keys.example/k?v=3" })).toBe(
      "https://keys.example/k?v=3",
    );
  });

  it.each([[undefined], [5], ["x"], [[]], [{}], [JSON.parse("null")], [{ issuer: "https://as.example/" }]])(
    "is none in metadata about nobody or another: %j",
    (metadata) => {
      expect(() => keysUrl(metadata)).toThrow(
        new Error(`${AT.href} is not about AWS_MCP_OAUTH_ISSUER, letter by letter`),
      );
    },
  );

  it("is none on loopback for an issuer that is not", () => {
    const metadata = (issuer: string) => ({ issuer, jwks_uri: "http://127.0.0.1:80/keys" });
    expect(() => keysUrl(metadata("https://as.example"))).toThrow(
      new Error(`jwks_uri of ${AT.href}: the URL is not https`),
    );
    expect(keysUrl(metadata("http://localhost:1"), "http://localhost:1")).toBe("http://127.0.0.1/keys");
  });
});
