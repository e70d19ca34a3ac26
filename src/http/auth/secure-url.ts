import { isLoopbackUrl } from "./loopback.js";

/**
 * A URL that can be trusted with keys and tokens. Throws, with the setting's name, where it is neither https nor on loopback,
 * or has a user or a fragment.
 */
export const secureUrl = (setting: string, text: string): URL => {
  const url = new URL(text);
  if (url.protocol !== "https:" && !(url.protocol === "http:" && isLoopbackUrl(url)))
    throw new Error(`${setting}: the URL is neither https nor http to loopback`);
  if (url.username !== "" || url.password !== "" || text.includes("#"))
    throw new Error(`${setting}: the URL has a user, a password or a fragment`);
  return url;
};

/** The same for one that stands for an issuer or a resource, which has no query either (RFC 8414, 2; RFC 9728, 1.2). */
export const secureIdentifier = (setting: string, text: string): URL => {
  if (text.includes("?")) throw new Error(`${setting}: the URL has a query`);
  return secureUrl(setting, text);
};
