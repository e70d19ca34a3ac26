import { afterEach, describe, expect, it } from "vitest";
import { discoverKeys } from "../../../../src/http/auth/oauth/discover-keys.js";
import { type Issuer, OPENID, RFC_8414, startIssuer } from "./issuer.js";

let issuer: Issuer | undefined;
afterEach(() => issuer?.close());

const started = async (path?: string): Promise<Issuer> => {
  issuer = await startIssuer(path);
  return issuer;
};
const discover = (name: string): Promise<string> =>
  discoverKeys(name, AbortSignal.timeout(5000)).then(({ href }) => href);

describe("discoverKeys", () => {
  it.each([[""], ["/"], ["/tenant"], ["/tenant/"]])(
    "finds them where RFC 8414 has them, issuer path %j",
    async (path) => {
      const { url, keysUrl, asked } = await started(path);
      expect(await discover(url)).toBe(keysUrl);
      expect(asked).toEqual([`${RFC_8414}${path.replace(/\/$/, "")}`]);
    },
  );

  it.each([
    ["", OPENID],
    ["/tenant", `${OPENID}/tenant`],
    ["/tenant", `/tenant${OPENID}`],
  ])("finds those of an OpenID provider %j at %s", async (path, at) => {
    const { url, keysUrl, put } = await started(path);
    put(`${RFC_8414}${path}`, undefined);
    put(at, { issuer: url, jwks_uri: keysUrl });
    expect(await discover(url)).toBe(keysUrl);
  });

  it("believes no metadata about another issuer, not even by a slash", async () => {
    const { url, keysUrl, put } = await started();
    for (const name of [`${url}/`, "https://evil.example", url.toUpperCase(), undefined, [url]]) {
      put(RFC_8414, { issuer: name, jwks_uri: keysUrl });
      await expect(discover(url)).rejects.toThrow(
        new Error(`${url}${RFC_8414} is not about AWS_MCP_OAUTH_ISSUER, letter by letter; ${url}${OPENID} answers 404`),
      );
    }
  });

  it.each([
    [{}, "names no jwks_uri"],
    [{ jwks_uri: 5 }, "names no jwks_uri"],
    [{ jwks_uri: "/keys" }, "names no jwks_uri"],
  ])("needs a URL of keys: %j", async (more, problem) => {
    const { url, put } = await started();
    put(RFC_8414, { issuer: url, ...more });
    await expect(discover(url)).rejects.toThrow(new Error(`${url}${RFC_8414} ${problem}; ${url}${OPENID} answers 404`));
  });

  it.each([["http://evil.example/keys"], ["file:///etc/passwd"], ["https://u:p@as.example/keys"], ["data:,x"]])(
    "goes nowhere for keys that cannot be trusted: %s",
    async (keys) => {
      const { url, put } = await started();
      put(RFC_8414, { issuer: url, jwks_uri: keys });
      await expect(discover(url)).rejects.toThrow(/^jwks_uri of http:\S+: the URL /);
    },
  );

  it("looks on where a server answers everything with a page", async () => {
    const { url, keysUrl, put } = await started();
    put(RFC_8414, (response) => response.end("<html>"));
    put(OPENID, { issuer: url, jwks_uri: keysUrl });
    expect(await discover(url)).toBe(keysUrl);
  });

  it("has one time for all places", async () => {
    const { url, put, asked } = await started();
    put(RFC_8414, () => undefined);
    await expect(discoverKeys(url, AbortSignal.timeout(100))).rejects.toThrow(/aborted due to timeout/);
    expect(asked).toEqual([RFC_8414]);
  });
});
