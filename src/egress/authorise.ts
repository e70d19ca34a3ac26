import { createHash, timingSafeEqual } from "node:crypto";

/**
 * Whose request it is, by its `Proxy-Authorization` (Basic, RFC 7617): the user name is the run's, the password must be
 * the token. Undefined: nobody's whom we know.
 */
export const authorise = (header: string | undefined, token: string): string | undefined => {
  const encoded = BASIC.exec(header ?? "")?.[1];
  if (encoded === undefined) return undefined;
  const [, run, password] = /^([A-Za-z0-9_-]{1,64}):(.*)$/.exec(atob(encoded)) ?? [];
  if (run === undefined || password === undefined) return undefined;
  return timingSafeEqual(digest(password), digest(token)) ? run : undefined;
};

// Whole groups alone, since anything else makes `atob` throw.
const BASIC = /^Basic +((?:[A-Za-z0-9+/]{4}){0,128}(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?)$/i;

const digest = (text: string): Buffer => createHash("sha256").update(text).digest();
