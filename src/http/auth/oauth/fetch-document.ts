/** The largest document that is read, in bytes; those of large issuers have some ten thousand. */
const LARGEST = 262_144;

/**
 * What a server holds at a URL, as JSON. No redirection is followed: keys come from where somebody said they are.
 *
 * Throws where there is no answer 200 with JSON of a bearable size.
 */
export const fetchDocument = async (url: URL, signal: AbortSignal): Promise<unknown> => {
  const response = await reached(url, signal);
  if (response.status !== 200) {
    await response.body?.cancel();
    throw new Error(`${url.href} answers ${response.status}`);
  }
  const bytes = await bodyOf(response, url);
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (cause) {
    throw new Error(`${url.href} answers with what is no JSON`, { cause });
  }
};

const reached = async (url: URL, signal: AbortSignal): Promise<Response> => {
  try {
    return await fetch(url, { signal, redirect: "manual", headers: { accept: "application/json" } });
  } catch (cause) {
    throw unreachable(url, cause);
  }
};

// Counted as it comes, unpacked: a length that the sender claims says nothing.
const bodyOf = async ({ body }: Response, url: URL): Promise<Buffer> => {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  try {
    for await (const chunk of body ?? []) {
      bytes += chunk.byteLength;
      if (bytes > LARGEST) break;
      chunks.push(chunk);
    }
  } catch (cause) {
    throw unreachable(url, cause);
  }
  if (bytes > LARGEST) throw new Error(`${url.href} answers with more than ${LARGEST} bytes`);
  return Buffer.concat(chunks);
};

// What `fetch` has to say is in its cause.
const unreachable = ({ href }: URL, cause: unknown): Error => {
  const reason = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause;
  return new Error(`${href} cannot be reached: ${reason instanceof Error ? reason.message : String(reason)}`, {
    cause,
  });
};
