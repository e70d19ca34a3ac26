import { createHmac, generateKeyPairSync, type KeyObject, randomUUID, sign } from "node:crypto";

/** A key of an authorization server: what it publishes, and what it signs with. Signed by Node, and not by what is tested. */
export type SigningKey = {
  readonly alg: string;
  readonly kid: string;
  readonly jwk: Readonly<Record<string, unknown>>;
  readonly publicKey: KeyObject;
  readonly sign: (data: string) => Buffer;
};

export type Algorithm = "RS256" | "PS256" | "ES256" | "ES384" | "EdDSA" | "Ed25519";

/** @param bits of an RSA key */
export const signingKey = (alg: Algorithm, bits = 2048): SigningKey => {
  const { publicKey, privateKey } = pairFor(alg, bits);
  const kid = randomUUID();
  return {
    alg,
    kid,
    publicKey,
    jwk: { ...publicKey.export({ format: "jwk" }), kid, use: "sig" },
    sign: (data) => signWith(alg, privateKey, Buffer.from(data)),
  };
};

const pairFor = (alg: Algorithm, bits: number) => {
  switch (alg) {
    case "RS256":
    case "PS256":
      return generateKeyPairSync("rsa", { modulusLength: bits });
    case "ES256":
      return generateKeyPairSync("ec", { namedCurve: "P-256" });
    case "ES384":
      return generateKeyPairSync("ec", { namedCurve: "P-384" });
    case "EdDSA":
    case "Ed25519":
      return generateKeyPairSync("ed25519");
  }
};

// RFC 7518, 3.3 to 3.5; RFC 8037, 3.1.
const signWith = (alg: Algorithm, key: KeyObject, data: Buffer): Buffer => {
  switch (alg) {
    case "RS256":
      return sign("sha256", data, key);
    case "PS256":
      return sign("sha256", data, { key, padding: 6, saltLength: 32 });
    case "ES256":
      return sign("sha256", data, { key, dsaEncoding: "ieee-p1363" });
    case "ES384":
      return sign("sha384", data, { key, dsaEncoding: "ieee-p1363" });
    case "EdDSA":
    case "Ed25519":
      return sign(undefined, data, key);
  }
};

type Json = Readonly<Record<string, unknown>>;

/** A JWT with any header and any claims; those of a text are taken as they are. */
export const jwt = (key: SigningKey, claims: Json | string, header: Json = {}): string => {
  const signed = `${part({ alg: key.alg, typ: "at+jwt", kid: key.kid, ...header })}.${part(claims)}`;
  return `${signed}.${key.sign(signed).toString("base64url")}`;
};

/** One that is signed with a shared secret, as HS256 has it. */
export const hmacJwt = (secret: string | Buffer, claims: Json, header: Json): string => {
  const signed = `${part({ alg: "HS256", ...header })}.${part(claims)}`;
  return `${signed}.${createHmac("sha256", secret).update(signed).digest("base64url")}`;
};

/** One that nobody has signed. */
export const unsignedJwt = (alg: string, claims: Json, header: Json = {}): string =>
  `${part({ alg, ...header })}.${part(claims)}.`;

const part = (value: Json | string): string =>
  Buffer.from(typeof value === "string" ? value : JSON.stringify(value)).toString("base64url");
