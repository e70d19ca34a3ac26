import { describe, expect, it } from "vitest";
import { metadataUrls } from "../../../../src/http/auth/oauth/metadata-urls.js";

describe("metadataUrls", () => {
  it.each([
    [
      "https://as.example",
      [
        "https://as.example/.well-known/oauth-authorization-server",
        "https://as.example/.well-known/openid-configuration",
      ],
    ],
    [
      "https://as.example/",
      [
        "https://as.example/.well-known/oauth-authorization-server",
        "https://as.example/.well-known/openid-configuration",
      ],
    ],
    [
      "https://as.example:8443/tenant/one",
      [
        "https://as.example:8443/.well-known/oauth-authorization-server/tenant/one",
        "https://as.example:8443/.well-known/openid-configuration/tenant/one",
        "https://as.example:8443/tenant/one/.well-known/openid-configuration",
      ],
    ],
    [
      "https://as.example/t/",
      [
        "https://as.example/.well-known/oauth-authorization-server/t",
        "https://as.example/.well-known/openid-configuration/t",
        "https://as.example/t/.well-known/openid-configuration",
      ],
    ],
  ])("looks for %s at all places of the standards", (issuer, urls) => {
    expect(metadataUrls(issuer).map(({ href }) => href)).toEqual(urls);
  });

  it("never leaves the issuer's host", () => {
    for (const issuer of [
      "https://as.example//evil.example/x",
      "https://as.example/\\evil.example",
      "https://as.example/..//e",
    ])
      expect(new Set(metadataUrls(issuer).map(({ host }) => host))).toEqual(new Set(["as.example"]));
  });
});
