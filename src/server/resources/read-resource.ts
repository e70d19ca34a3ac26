import {
  ProtocolError,
  ProtocolErrorCode,
  type ReadResourceResult,
  ResourceNotFoundError,
} from "@modelcontextprotocol/server";
import { log } from "../../log.js";

/** What is read of a resource; nothing where nobody waits for it any longer. */
export type Reading = () => Promise<string | undefined>;

/**
 * Answers `resources/read`. Throws an error of the protocol that says whether the resource does not exist, or that it could
 * not be read; why is for the operator, in the log.
 */
export const readResource = async (
  uri: URL,
  { mimeType }: { readonly mimeType?: string | undefined },
  read: Reading,
): Promise<ReadResourceResult> => {
  const text = await orInternalError(uri, read);
  if (text === undefined) throw new ProtocolError(ProtocolErrorCode.InternalError, "the read was stopped");
  return { contents: [{ uri: uri.href, text, ...(mimeType === undefined ? {} : { mimeType }) }] };
};

const orInternalError = async (uri: URL, read: Reading): Promise<string | undefined> => {
  try {
    return await read();
  } catch (cause) {
    if (cause instanceof ResourceNotFoundError) throw cause;
    const message = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
    log({ event: "resource", status: "bug", uri: uri.href, message });
    throw new ProtocolError(
      ProtocolErrorCode.InternalError,
      "the server made a mistake and could not read this; the operator finds the reason in the log",
    );
  }
};
