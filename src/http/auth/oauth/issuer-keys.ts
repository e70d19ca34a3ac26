import { createLocalJWKSet, createRemoteJWKSet, customFetch, type JSONWebKeySet, type RemoteJWKSet } from "jose";
import { log } from "../../../log.js";
import { discoverKeys } from "./discover-keys.js";
import { fetchDocument } from "./fetch-document.js";
import type { OAuthSettings } from "./oauth-settings.js";

/** Milliseconds that asking for the keys may take, metadata included. */
const ASKING = 5_000;

/** Milliseconds in which keys that were had are not asked for again, whatever keys tokens name. */
const COOLDOWN = 30_000;

/** Milliseconds after which they are, so that a key that the issuer withdrew is no longer good. */
const OLDEST = 600_000;

/** Seconds in which keys that could not be had are not asked for again. */
export const RETRY_SECONDS = 5;

/** The code of the error for keys that cannot be had. */
export const UNAVAILABLE = "keys-unavailable";

/**
 * The issuer's keys, had when they are needed and kept. The library asks at most once at a time, and waits after an answer;
 * that it waits after a failure, reads no endless answer, and asks the metadata where to ask, is added here.
 *
 * Finding a key rejects with an error of code `UNAVAILABLE` where there is no answer.
 *
 * @param now epoch milliseconds
 */
export const issuerKeys = ({ issuer, keysUrl }: OAuthSettings, now: () => number): RemoteJWKSet => {
  let failed: { readonly at: number; readonly error: Error } | undefined;
  const ask = async (signal: AbortSignal): Promise<Response> => {
    // The clock may have been set back.
    if (failed !== undefined && Math.abs(now() - failed.at) < RETRY_SECONDS * 1000) throw failed.error;
    try {
      const keys = await keysAt(keysUrl ?? (await discoverKeys(issuer, signal)), signal);
      failed = undefined;
      return Response.json(keys);
    } catch (cause) {
      const why = cause instanceof Error ? cause.message : String(cause);
      log({ event: "warning", message: `the keys of AWS_MCP_OAUTH_ISSUER cannot be had: ${why}` });
      failed = { at: now(), error: Object.assign(new Error(why, { cause }), { code: UNAVAILABLE }) };
      throw failed.error;
    }
  };
  return createRemoteJWKSet(keysUrl ?? new URL(issuer), {
    timeoutDuration: ASKING,
    cooldownDuration: COOLDOWN,
    cacheMaxAge: OLDEST,
    [customFetch]: (_, { signal }) => ask(signal),
  });
};

const keysAt = async (url: URL, signal: AbortSignal): Promise<unknown> => {
  const keys = await fetchDocument(url, signal);
  try {
    // True if it does not throw, which is all that it is called for.
    createLocalJWKSet(keys as JSONWebKeySet);
    return keys;
  } catch (cause) {
    throw new Error(`${url.href} answers with what is no key set`, { cause });
  }
};
