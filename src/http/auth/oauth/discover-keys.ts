import { fetchDocument } from "./fetch-document.js";
import { keysUrlOf } from "./keys-url-of.js";
import { metadataUrls } from "./metadata-urls.js";

/** Where an issuer's keys are, as its own metadata says. Throws, with what was wrong at each place, where none does. */
export const discoverKeys = async (issuer: string, signal: AbortSignal): Promise<URL> => {
  const wrong: string[] = [];
  for (const url of metadataUrls(issuer)) {
    try {
      return keysUrlOf(await fetchDocument(url, signal), issuer, url);
    } catch (cause) {
      wrong.push(cause instanceof Error ? cause.message : String(cause));
    }
  }
  throw new Error(wrong.join("; "));
};
