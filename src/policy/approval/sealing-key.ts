import { createHmac, timingSafeEqual } from "node:crypto";
import { err, ok, type Result } from "../../language/result.js";

/** What a seal says of its question. */
export type Sealed = {
  /** SHA-256 of the question, in hexadecimal. */
  readonly digest: string;
  /** Epoch milliseconds, by the clock of whoever has asked. */
  readonly issued: number;
  /** The seal's own name, which no other seal has. */
  readonly name: string;
};

/** What reads and writes states by one key. Several processes may have the same. */
export type SealingKey = {
  readonly write: (digest: string, issued: number, nonce: string) => string;
  /** Problems: `elsewhere` where a state has our form and names another key, `forged` where it is none at all. */
  readonly read: (state: string) => Result<Sealed, "elsewhere" | "forged">;
};

/** @param key at least 32 random bytes */
export const sealingKey = (key: Uint8Array): SealingKey => {
  const hmac = (text: string): string => createHmac("sha256", key).update(text).digest("base64url");
  // Of 256 random bits one hash says which they are, and nothing that would help to find them.
  const id = hmac("awspipe key id").slice(0, ID_LENGTH);
  const sign = (body: string): string => hmac(`awspipe approval 2\0${id}.${body}`);
  return {
    write: (digest, issued, nonce) => {
      const body = Buffer.from(JSON.stringify([digest, issued, nonce])).toString("base64url");
      return `${id}.${body}.${sign(body)}`;
    },
    read: (state) => {
      const [, by, body = "", signature = ""] = (state.length <= LONGEST && FORM.exec(state)) || [];
      if (by === undefined) return err("forged");
      const said = saidIn(body);
      if (said === undefined) return err("forged");
      if (by !== id) return err("elsewhere");
      if (!timingSafeEqual(Buffer.from(signature), Buffer.from(sign(body)))) return err("forged");
      const [digest, issued, nonce] = said;
      return ok({ digest, issued, name: `${id}.${nonce}` });
    },
  };
};

const ID_LENGTH = 12;

const LONGEST = 1000;

/** Key id, body, and a SHA-256 of 43 characters: all in base64url, so that no character has more than one byte. */
const FORM = /^([\w-]{12})\.([\w-]+)\.([\w-]{43})$/;

const saidIn = (body: string): readonly [string, number, string] | undefined => {
  const said = parsed(Buffer.from(body, "base64url").toString());
  if (!Array.isArray(said) || said.length !== 3) return undefined;
  const [digest, issued, nonce]: readonly unknown[] = said;
  const isWhole = typeof digest === "string" && typeof issued === "number" && typeof nonce === "string";
  return isWhole ? [digest, issued, nonce] : undefined;
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
