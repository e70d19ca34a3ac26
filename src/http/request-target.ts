import { err, ok, type Result } from "../language/result.js";

/** What a request is for. */
export type Target = {
  /** `*` where it is for the whole server. */
  readonly path: string;
  /** With its question mark, or empty. */
  readonly query: string;
  /** Host and port, where the target has them itself. */
  readonly authority?: string;
};

/**
 * Reads the second word of a request (RFC 9112, 3.2). A server has to take the absolute form too, `http://host/path`; then its
 * host is the request's, whatever the header says (3.2.2). A fragment is no part of any form.
 */
export const readTarget = (text: string): Result<Target, "no-target"> => {
  const { authority, path, query = "" } = FORM.exec(text)?.groups ?? {};
  if (path === undefined) return err("no-target");
  return ok(authority === undefined ? { path, query } : { path: path || "/", query, authority });
};

const FORM = /^(?:https?:\/\/(?<authority>[^/?#]*)(?=[/?]|$)|(?=\/)|(?=\*$))(?<path>[^?#]*)(?<query>\?[^#]*)?$/i;

/** A host and, where it is written, a port. */
export type Authority = { readonly name: string; readonly port?: string };

/**
 * Reads `host[:port]` (RFC 9110, 7.2), with the host's letters small. Nothing for what is empty or else not valid, and for
 * escapes and names beyond letters, digits, `-`, `_` and `.`, which no host has.
 */
export const readAuthority = (text: string): Authority | undefined => {
  const { name, port } = AUTHORITY.exec(text.toLowerCase())?.groups ?? {};
  if (name === undefined) return undefined;
  return port === undefined ? { name } : { name, port };
};

const AUTHORITY = /^(?<name>\[[0-9a-f:.]+\]|[a-z0-9_.-]+)(?::(?<port>\d{0,5}))?$/;
