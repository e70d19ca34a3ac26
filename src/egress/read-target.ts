/** A host and a port as a client named them, not yet judged; an IPv6 address without its brackets. */
export type Target = { readonly host: string; readonly port: number };

const HOST = /(?:\[([0-9A-Fa-f.]*:[0-9A-Fa-f:.]*)\]|([^\s:/?#\\@[\]]+))/.source;
const CONNECT = new RegExp(`^${HOST}:([0-9]{1,5})$`);
const AUTHORITY = new RegExp(`^${HOST}(?::([0-9]{1,5}))?$`);
const PLAIN = new RegExp(`^http://(${HOST}(?::[0-9]{1,5})?)([/?].*)?$`, "i");

/** Authority-form, what CONNECT asks for: `HOST:PORT` (RFC 9112, section 3.2.3). */
export const connectTarget = (text: string): Target | undefined => target(CONNECT.exec(text), undefined);

/** A host with or without a port. */
export const authorityTarget = (text: string, defaultPort: number): Target | undefined =>
  target(AUTHORITY.exec(text), defaultPort);

/** Absolute-form, what a proxy is asked for in plain HTTP: `http://HOST:PORT/PATH` (RFC 9112, section 3.2.2). */
export const plainTarget = (text: string): (Target & { readonly path: string }) | undefined => {
  const [, authority = "", , , rest = ""] = PLAIN.exec(text) ?? [];
  const found = authorityTarget(authority, 80);
  return found === undefined ? undefined : { ...found, path: rest.startsWith("/") ? rest : `/${rest}` };
};

/** The two as one word, the way CONNECT has them. */
export const authorityOf = ({ host, port }: Target): string =>
  host.includes(":") ? `[${host}]:${port}` : `${host}:${port}`;

const target = (found: RegExpExecArray | null, defaultPort: number | undefined): Target | undefined => {
  if (found === null) return undefined;
  const [, address, name, digits] = found;
  const port = digits === undefined ? defaultPort : Number(digits);
  if (port === undefined || port < 1 || port > 65_535) return undefined;
  return { host: address ?? name ?? "", port };
};
