import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import type { AuthSettings } from "../../../../src/http/auth/check-auth-settings.js";
import { openAuthentication } from "../../../../src/http/auth/open-authentication.js";
import { log } from "../../../../src/log.js";
import { type Answered, type Asker, asking, bearer, PLAIN } from "../asking.js";
import { type Issuer, startIssuer } from "./issuer.js";
import { type Algorithm, hmacJwt, jwt, signingKey, unsignedJwt } from "./signing-key.js";

vi.mock(import("../../../../src/log.js"), () => ({ log: vi.fn() }));

const RESOURCE = "https://mcp.example/mcp";
const METADATA = 'resource_metadata="https://mcp.example/.well-known/oauth-protected-resource/mcp"';
const SCOPES = 'scope="awspipe:read awspipe:write"';

const rsa = signingKey("RS256");
const stranger = signingKey("RS256");

let issuer: Issuer;
let asker: Asker;

const NOW = Math.floor(Date.now() / 1000);
const good = () => ({
  iss: issuer.url,
  aud: RESOURCE,
  sub: "alice",
  scope: "awspipe:write",
  iat: NOW,
  exp: NOW + 300,
});

const open = async (set: Partial<AuthSettings> = {}): Promise<Asker> =>
  asking(
    await openAuthentication(
      { ...PLAIN, AWS_MCP_HTTP_AUTH: "oauth", AWS_MCP_OAUTH_ISSUER: issuer.url, AWS_MCP_PUBLIC_URL: RESOURCE, ...set },
      { resource: new URL(RESOURCE), directory: "/nonexistent", now: () => NOW * 1000 },
    ),
  );

beforeAll(async () => {
  issuer = await startIssuer();
  issuer.putKeys(rsa);
  asker = await open();
});
afterAll(() => {
  asker.close();
  issuer.close();
});
beforeEach(() => {
  vi.mocked(log).mockReset();
});

const info = (exp: number, access = "write") => ({
  token: "",
  clientId: "oauth:alice",
  scopes: [`awspipe:${access}`],
  expiresAt: exp,
  resource: RESOURCE,
  resourceMetadataUrl: "https://mcp.example/.well-known/oauth-protected-resource/mcp",
  extra: { principal: "oauth:alice", access },
});

const invalid = (message: string): Partial<Answered> => ({
  status: 401,
  challenge: `Bearer error="invalid_token", error_description="${message}", ${SCOPES}, ${METADATA}`,
});
const UNSIGNED = "the token is no JWT that the issuer has signed";
const NO_KEY = "the issuer has no key such as the token was signed with";

describe("accessTokenCheck", () => {
  it.each<[Algorithm]>([["RS256"], ["PS256"], ["ES256"], ["ES384"], ["EdDSA"], ["Ed25519"]])(
    "takes what the issuer has signed with %s",
    async (alg) => {
      const own = await startIssuer();
      const key = signingKey(alg);
      own.putKeys(rsa, key);
      const other = await open({ AWS_MCP_OAUTH_ISSUER: own.url });
      expect((await other.ask(bearer(jwt(key, { ...good(), iss: own.url })))).auth).toEqual(info(NOW + 300));
      other.close();
      own.close();
    },
  );

  it("gives the access of the scopes", async () => {
    expect((await asker.ask(bearer(jwt(rsa, { ...good(), scope: "openid awspipe:read" })))).auth).toEqual(
      info(NOW + 300, "read"),
    );
  });

  it.each([["at+jwt"], ["AT+JWT"], ["application/at+jwt"], ["JWT"], [undefined]])("takes the type %s", async (typ) => {
    expect((await asker.ask(bearer(jwt(rsa, good(), { typ })))).status).toBe(200);
  });

  it.each([["dpop+jwt"], ["logout+jwt"], ["secevent+jwt"], ["application/jwt"], [""], [5], [{}], [false]])(
    "takes no other type: %j",
    async (typ) => {
      expect(await asker.ask(bearer(jwt(rsa, good(), { typ })))).toMatchObject(
        invalid("the token is of another type than at+jwt"),
      );
    },
  );

  it("takes one of several audiences, and a key that the token does not name where there is but one", async () => {
    expect((await asker.ask(bearer(jwt(rsa, { ...good(), aud: ["x", RESOURCE] })))).status).toBe(200);
    expect((await asker.ask(bearer(jwt(rsa, good(), { kid: undefined })))).status).toBe(200);
  });

  it.each([
    ["expired", { exp: NOW - 31 }, "the token has expired"],
    ["expired at the edge", { exp: NOW - 30 }, "the token has expired"],
    ["without an end", { exp: undefined }, "the token's exp is not what it has to be"],
    ["with an end in words", { exp: "tomorrow" }, "the token's exp is not what it has to be"],
    ["with a date for an end", { exp: String(NOW + 300) }, "the token's exp is not what it has to be"],
    ["not yet good", { nbf: NOW + 31 }, "the token's nbf is not what it has to be"],
    ["good from some word on", { nbf: "now" }, "the token's nbf is not what it has to be"],
    ["for somebody else", { aud: "https://other.example/mcp" }, "the token's aud is not what it has to be"],
    ["for somebody whose name begins like ours", { aud: `${RESOURCE}/x` }, "the token's aud is not what it has to be"],
    ["for us with a slash", { aud: `${RESOURCE}/` }, "the token's aud is not what it has to be"],
    ["for several others", { aud: ["a", "b"] }, "the token's aud is not what it has to be"],
    ["for nobody", { aud: undefined }, "the token's aud is not what it has to be"],
    ["for an empty list", { aud: [] }, "the token's aud is not what it has to be"],
    ["for a list in a list", { aud: [[RESOURCE]] }, "the token's aud is not what it has to be"],
    ["of another issuer", { iss: "https://evil.example" }, "the token's iss is not what it has to be"],
    ["of nobody", { iss: undefined }, "the token's iss is not what it has to be"],
    ["about nobody", { sub: undefined }, "the token's sub is not what it has to be"],
    ["about an empty name", { sub: "" }, "the token's sub is not 1 to 255 printable characters"],
    ["about a name with a line break", { sub: "a\nb" }, "the token's sub is not 1 to 255 printable characters"],
    ["about a long name", { sub: "a".repeat(256) }, "the token's sub is not 1 to 255 printable characters"],
    ["about a number", { sub: 5 }, "the token's sub is not 1 to 255 printable characters"],
    ["bound to a key", { cnf: { jkt: "x" } }, "the token is bound to a key, and is no bearer token"],
  ])("takes no token that is %s", async (_, claims, message) => {
    expect(await asker.ask(bearer(jwt(rsa, { ...good(), ...claims })))).toMatchObject(invalid(message));
  });

  it("takes a clock that is wrong by less than 30 s", async () => {
    expect((await asker.ask(bearer(jwt(rsa, { ...good(), exp: NOW - 29 })))).status).toBe(200);
    expect((await asker.ask(bearer(jwt(rsa, { ...good(), nbf: NOW + 30 })))).status).toBe(200);
  });

  it("takes no end that is no time", async () => {
    const endless = JSON.stringify(good()).replace(/"exp":\d+/, '"exp":1e999');
    expect(await asker.ask(bearer(jwt(rsa, endless)))).toMatchObject(invalid("the token's exp is no time"));
  });

  it("refuses a good token for other things with 403", async () => {
    for (const scope of [undefined, "", "openid profile", "awspipe:admin"])
      expect(await asker.ask(bearer(jwt(rsa, { ...good(), scope })))).toMatchObject({
        status: 403,
        challenge: `Bearer error="insufficient_scope", error_description="the token has none of this server's scopes", scope="awspipe:read", ${METADATA}`,
      });
  });

  it("knows the issuer's signatures alone", async () => {
    expect(await asker.ask(bearer(jwt(stranger, good())))).toMatchObject(invalid(NO_KEY));
    expect(await asker.ask(bearer(jwt(stranger, good(), { kid: rsa.kid })))).toMatchObject(invalid(UNSIGNED));
    const [head = "", body = "", signature = ""] = jwt(rsa, good()).split(".");
    const forged = Buffer.from(JSON.stringify({ ...good(), sub: "root" })).toString("base64url");
    expect(await asker.ask(bearer(`${head}.${forged}.${signature}`))).toMatchObject(invalid(UNSIGNED));
    const flipped = signature.replace(/^./, (first) => (first === "A" ? "B" : "A"));
    expect(await asker.ask(bearer(`${head}.${body}.${flipped}`))).toMatchObject(invalid(UNSIGNED));
    expect(await asker.ask(bearer(`${head}.${body}.`))).toMatchObject(invalid(UNSIGNED));
  });

  it.each([["none"], ["None"], ["nOnE"], ["NONE"], [""], ["HS256"], ["RSA-OAEP"], ["__proto__"], ["constructor"]])(
    "takes nothing that nobody has signed: alg %j",
    async (alg) => {
      for (const header of [{}, { kid: rsa.kid }])
        expect(await asker.ask(bearer(unsignedJwt(alg, good(), header)))).toMatchObject(invalid(UNSIGNED));
    },
  );

  it("takes no signature by a secret, though it is made with the public key", async () => {
    const secrets = [
      rsa.publicKey.export({ format: "pem", type: "spki" }),
      rsa.publicKey.export({ format: "der", type: "spki" }),
      rsa.publicKey.export({ format: "pem", type: "pkcs1" }),
      Buffer.from(String(rsa.jwk.n), "base64url"),
      JSON.stringify(rsa.jwk),
      "",
    ];
    for (const secret of secrets)
      expect(await asker.ask(bearer(hmacJwt(secret, good(), { kid: rsa.kid })))).toMatchObject(invalid(UNSIGNED));
  });

  it("takes no secret for a key that the issuer published by mistake", async () => {
    const own = await startIssuer();
    const k = Buffer.alloc(32, 7);
    own.put("/keys", { keys: [{ kty: "oct", k: k.toString("base64url"), kid: "s", alg: "HS256" }] });
    const other = await open({ AWS_MCP_OAUTH_ISSUER: own.url });
    expect((await other.ask(bearer(hmacJwt(k, { ...good(), iss: own.url }, { kid: "s" })))).status).toBe(401);
    other.close();
    own.close();
  });

  it("takes no short RSA key, and does not break on one", async () => {
    const own = await startIssuer();
    const weak = signingKey("RS256", 1024);
    own.putKeys(weak);
    const other = await open({ AWS_MCP_OAUTH_ISSUER: own.url });
    expect(await other.ask(bearer(jwt(weak, { ...good(), iss: own.url })))).toMatchObject(invalid(UNSIGNED));
    other.close();
    own.close();
  });

  it("takes no key of one kind for another", async () => {
    for (const alg of ["ES256", "EdDSA", "PS512", "RS384"])
      expect((await asker.ask(bearer(jwt(rsa, good(), { alg })))).status).toBe(401);
  });

  it("wants to know which key it was where there are several", async () => {
    const own = await startIssuer();
    const [one, two] = [signingKey("ES256"), signingKey("ES256")];
    own.putKeys(one, two);
    const other = await open({ AWS_MCP_OAUTH_ISSUER: own.url });
    const token = jwt(one, { ...good(), iss: own.url }, { kid: undefined });
    expect(await other.ask(bearer(token))).toMatchObject(
      invalid("the token does not say with which key it was signed"),
    );
    other.close();
    own.close();
  });

  it.each([
    ["an extension", { crit: ["x"], x: 1 }],
    ["a claim", { crit: ["exp"], exp: NOW + 300 }],
    ["nothing", { crit: [] }],
    ["no list", { crit: "x" }],
    ["an unencoded payload", { crit: ["b64"], b64: false }],
  ])("takes no header that is critical about %s", async (_, header) => {
    expect(await asker.ask(bearer(jwt(rsa, good(), header)))).toMatchObject({ status: 401 });
  });

  it("looks at no key that the token brings or points to", async () => {
    let reached = 0;
    const evil = createServer((_, response) => {
      reached += 1;
      response.end(JSON.stringify({ keys: [stranger.jwk] }));
    });
    evil.listen(0, "127.0.0.1");
    await once(evil, "listening");
    // A server that listens at a port has such an address.
    const url = `http://127.0.0.1:${(evil.address() as AddressInfo).port}/`;
    const before = issuer.asked.length;
    for (const header of [
      { jku: url },
      { x5u: url },
      { jwk: stranger.jwk },
      { x5c: ["AAAA"] },
      { jku: url, jwk: stranger.jwk, x5u: url, kid: undefined },
      { kid: url },
      { kid: "../../../../dev/null" },
      { kid: { toString: "x" } },
    ]) {
      expect((await asker.ask(bearer(jwt(stranger, good(), header)))).status).toBe(401);
      // They do no harm either where the issuer's own key has signed.
      if (!("kid" in header)) expect((await asker.ask(bearer(jwt(rsa, good(), header)))).status).toBe(200);
    }
    expect({ reached, asked: issuer.asked.slice(before) }).toEqual({ reached: 0, asked: [] });
    evil.close();
  });

  it.each([
    ["x"],
    ["a.b"],
    ["a.b.c"],
    ["a.b.c.d"],
    ["a.b.c.d.e"],
    ["..."],
    ["e30.e30.e30"],
    ["bnVsbA.bnVsbA.bnVsbA"],
    ["W10.W10.W10"],
    ["awsp_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"],
    [".".repeat(8000)],
    ["a".repeat(8000)],
    [`${"a".repeat(4000)}.${"b".repeat(3000)}.c`],
  ])("takes no garbage: %s", async (token) => {
    expect(await asker.ask(bearer(token))).toMatchObject(invalid(UNSIGNED));
  });

  it("takes no claims that are no object", async () => {
    for (const claims of ["null", "[]", '"x"', "5", "", "{", "\u0000"])
      expect(await asker.ask(bearer(jwt(rsa, claims)))).toMatchObject(invalid(UNSIGNED));
  });

  it("takes no token that is huge, good or not", async () => {
    const huge = jwt(rsa, { ...good(), padding: "x".repeat(6000) });
    expect(huge.length).toBeGreaterThan(8192 - 7);
    expect((await asker.ask(bearer(huge))).status).toBe(431);
  });

  it("tells those without a token where to get one", async () => {
    expect(await asker.ask({})).toMatchObject({
      status: 401,
      challenge: `Bearer realm="awspipe", ${SCOPES}, ${METADATA}`,
    });
  });

  it("takes the operator's audience alone where there is one", async () => {
    const other = await open({ AWS_MCP_OAUTH_AUDIENCE: "api://awspipe" });
    expect((await other.ask(bearer(jwt(rsa, { ...good(), aud: "api://awspipe" })))).status).toBe(200);
    expect((await other.ask(bearer(jwt(rsa, good())))).status).toBe(401);
    other.close();
  });

  it("blames no token where the keys cannot be had, and starts without them", async () => {
    const own = await startIssuer();
    own.put("/keys", (response) => response.writeHead(500).end());
    const other = await open({ AWS_MCP_OAUTH_ISSUER: own.url });
    const token = jwt(rsa, { ...good(), iss: own.url });
    for (let time = 0; time < 3; time += 1)
      expect(await other.ask(bearer(token))).toMatchObject({ status: 503, retryAfter: "5", challenge: undefined });
    // No key is needed to tell what is no JWT, or is signed as no token may be.
    for (const wrong of ["x", unsignedJwt("none", good()), hmacJwt("s", good(), { kid: rsa.kid })])
      expect((await other.ask(bearer(wrong))).status).toBe(401);
    expect((await other.ask({})).status).toBe(401);
    expect(own.asked.filter((path) => path === "/keys")).toHaveLength(1);
    other.close();
    own.close();
  });

  it("writes nothing of a token down, and sends nothing of it back", async () => {
    const tokens = [
      jwt(rsa, { ...good(), sub: "S3cretSubject\n" }),
      jwt(stranger, { ...good(), sub: "S3cretSubject" }, { kid: "S3cretKey" }),
      jwt(rsa, { ...good(), aud: "S3cretAudience" }),
      jwt(rsa, { ...good(), scope: "S3cretScope" }),
      jwt(rsa, good(), { typ: "S3cretType" }),
      jwt(rsa, good(), { crit: ["S3cretCritical"], S3cretCritical: 1 }),
      "S3cretGarbage",
    ];
    for (const token of tokens) expect(JSON.stringify(await asker.ask(bearer(token)))).not.toMatch(/S3cret|eyJ/);
    expect(log).not.toHaveBeenCalled();
  });
});
