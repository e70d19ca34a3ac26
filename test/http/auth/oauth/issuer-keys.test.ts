import type { RemoteJWKSet } from "jose";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { issuerKeys } from "../../../../src/http/auth/oauth/issuer-keys.js";
import { log } from "../../../../src/log.js";
import { type Issuer, RFC_8414, startIssuer } from "./issuer.js";
import { signingKey } from "./signing-key.js";

vi.mock(import("../../../../src/log.js"), () => ({ log: vi.fn() }));

const KEYS = "/keys";
const [old, fresh] = [signingKey("ES256"), signingKey("ES256")];

let issuer: Issuer;
beforeEach(async () => {
  vi.useFakeTimers({ toFake: ["Date"] });
  issuer = await startIssuer();
  issuer.putKeys(old);
});
afterEach(() => {
  vi.useRealTimers();
  vi.mocked(log).mockReset();
  issuer.close();
});

const keysOf = (keysUrl?: string): RemoteJWKSet =>
  issuerKeys(
    {
      issuer: issuer.url,
      keysUrl: keysUrl === undefined ? undefined : new URL(keysUrl),
      audiences: ["a"],
      resource: new URL("http://127.0.0.1/mcp"),
    },
    Date.now,
  );

const find = (keys: RemoteJWKSet, kid: string): Promise<string> =>
  keys({ alg: "ES256", kid }).then(
    () => "found",
    (cause: { code?: string }) => cause.code ?? String(cause),
  );
const later = (seconds: number): void => void vi.setSystemTime(Date.now() + seconds * 1000);
const asked = (path: string): number => issuer.asked.filter((each) => each === path).length;

const UNKNOWN = "ERR_JWKS_NO_MATCHING_KEY";
const UNAVAILABLE = "keys-unavailable";

describe("issuerKeys", () => {
  it("asks where the metadata says, once for many tokens", async () => {
    const keys = keysOf();
    expect(new Set(await Promise.all(Array.from({ length: 50 }, () => find(keys, old.kid))))).toEqual(
      new Set(["found"]),
    );
    expect(issuer.asked).toEqual([RFC_8414, KEYS]);
    later(599);
    expect(await find(keys, old.kid)).toBe("found");
    expect(issuer.asked).toEqual([RFC_8414, KEYS]);
  });

  it("asks where the operator says, and not the metadata", async () => {
    expect(await find(keysOf(issuer.keysUrl), old.kid)).toBe("found");
    expect(issuer.asked).toEqual([KEYS]);
  });

  it("asks no more often than every 30 s, whatever keys tokens name", async () => {
    const keys = keysOf(issuer.keysUrl);
    const flood = async () => {
      const found = await Promise.all(Array.from({ length: 200 }, (_, index) => find(keys, `random-${index}`)));
      expect(new Set(found)).toEqual(new Set([UNKNOWN]));
    };
    await flood();
    await flood();
    expect(asked(KEYS)).toBe(1);
    later(31);
    await flood();
    await flood();
    expect(asked(KEYS)).toBe(2);
    expect(await find(keys, old.kid)).toBe("found");
  });

  it("learns of a new key, and forgets one that was withdrawn", async () => {
    const keys = keysOf();
    expect(await find(keys, old.kid)).toBe("found");
    issuer.putKeys(fresh);
    // Too soon to ask again.
    expect(await find(keys, fresh.kid)).toBe(UNKNOWN);
    later(31);
    expect(await find(keys, fresh.kid)).toBe("found");
    expect(await find(keys, old.kid)).toBe(UNKNOWN);
  });

  it("forgets a withdrawn key within ten minutes though nobody names another", async () => {
    const keys = keysOf();
    expect(await find(keys, old.kid)).toBe("found");
    issuer.putKeys(fresh);
    later(601);
    expect(await find(keys, old.kid)).toBe(UNKNOWN);
  });

  it("follows the metadata when the keys move", async () => {
    const keys = keysOf();
    expect(await find(keys, old.kid)).toBe("found");
    issuer.put(RFC_8414, { issuer: issuer.url, jwks_uri: `${issuer.url}/moved` });
    issuer.put("/moved", { keys: [fresh.jwk] });
    later(31);
    expect(await find(keys, fresh.kid)).toBe("found");
  });

  it("asks every 5 s at most while there is no answer, and says so once each time", async () => {
    issuer.put(KEYS, (response) => response.writeHead(500).end());
    const keys = keysOf(issuer.keysUrl);
    const flood = async () => {
      for (let round = 0; round < 5; round += 1) {
        const found = await Promise.all(Array.from({ length: 20 }, (_, index) => find(keys, `k${index}`)));
        expect(new Set(found)).toEqual(new Set([UNAVAILABLE]));
      }
    };
    await flood();
    expect(asked(KEYS)).toBe(1);
    later(6);
    await flood();
    expect(asked(KEYS)).toBe(2);
    const message = `the keys of AWS_MCP_OAUTH_ISSUER cannot be had: ${issuer.keysUrl} answers 500`;
    expect(vi.mocked(log).mock.calls).toEqual([1, 2].map(() => [{ event: "warning", message }]));
    later(6);
    issuer.putKeys(old);
    expect(await find(keys, old.kid)).toBe("found");
  });

  it("does not wait for a clock that was set back", async () => {
    issuer.put(KEYS, undefined);
    const keys = keysOf(issuer.keysUrl);
    expect(await find(keys, old.kid)).toBe(UNAVAILABLE);
    later(-3600);
    issuer.putKeys(old);
    expect(await find(keys, old.kid)).toBe("found");
  });

  it("goes on with the keys it has for ten minutes, and not longer", async () => {
    const keys = keysOf(issuer.keysUrl);
    expect(await find(keys, old.kid)).toBe("found");
    issuer.put(KEYS, (response) => response.destroy());
    later(31);
    expect(await find(keys, "other")).toBe(UNAVAILABLE);
    expect(await find(keys, old.kid)).toBe("found");
    later(570);
    expect(await find(keys, old.kid)).toBe(UNAVAILABLE);
  });

  it.each([
    ["text", "keys"],
    ["no keys", {}],
    ["keys that are none", { keys: [5] }],
    ["a list", [1]],
    ["null", "null"],
  ])("takes no %s for keys, and does not ask at once again", async (_, answer) => {
    issuer.put(KEYS, (response) => response.end(typeof answer === "string" ? answer : JSON.stringify(answer)));
    const keys = keysOf(issuer.keysUrl);
    expect([await find(keys, old.kid), await find(keys, old.kid)]).toEqual([UNAVAILABLE, UNAVAILABLE]);
    expect(asked(KEYS)).toBe(1);
  });

  it("follows nobody elsewhere for keys", async () => {
    issuer.put("/evil", { keys: [fresh.jwk] });
    issuer.put(KEYS, (response) => response.writeHead(302, { location: "/evil" }).end());
    expect(await find(keysOf(issuer.keysUrl), fresh.kid)).toBe(UNAVAILABLE);
    expect(asked("/evil")).toBe(0);
  });

  it("waits 5 s for keys, metadata included", { timeout: 20_000 }, async () => {
    const started = performance.now();
    issuer.put(KEYS, () => undefined);
    expect(await find(keysOf(), old.kid)).toBe(UNAVAILABLE);
    expect(performance.now() - started).toBeGreaterThan(4_900);
    expect(performance.now() - started).toBeLessThan(8_000);
  });
});
