import { isIP } from "node:net";
import { err, ok, type Result } from "../language/result.js";

/** Where a Redis or Valkey is, and as whom it is asked. */
export type StoreAddress = {
  readonly host: string;
  readonly port: number;
  readonly tls: boolean;
  /** What TLS asks for by name; none where the host is an address. */
  readonly servername: string | undefined;
  readonly username: string | undefined;
  readonly password: string | undefined;
  readonly database: number;
  /** The same for people: without user and password. */
  readonly shown: string;
};

/**
 * Reads `redis://` and `rediss://` URLs as IANA has registered them: `rediss://user:password@host:6380/0`. Nothing that was
 * written is left out of account. No problem says anything of what the text holds, since it may hold a password.
 */
export const parseStoreAddress = (text: string): Result<StoreAddress, string> => {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^rediss?:$/.test(url.protocol) || url.hostname === "") return err(FORM);
  if (url.search !== "" || url.hash !== "" || /[?#]/.test(text)) return err(NO_OPTIONS);
  if (!/^\/?(?:0|[1-9]\d{0,3})?$/.test(url.pathname))
    return err("must end after the host, the port or the database's number");
  const [username, password] = [decoded(url.username), decoded(url.password)];
  if (username === undefined || password === undefined) return err("must have `%` in user and password as `%25`");
  if (username !== "" && password === "") return err("must name a password with the user");
  const host = url.hostname.replace(/^\[(.*)\]$/, "$1");
  const [port, database] = [Number(url.port || PORT), Number(url.pathname.slice(1))];
  return ok({
    ...{ host, port, database },
    tls: url.protocol === "rediss:",
    servername: isIP(host) === 0 ? host : undefined,
    username: username || undefined,
    password: password || undefined,
    shown: `${url.protocol}//${url.hostname}:${port}/${database}`,
  });
};

const PORT = 6379;

const FORM = "must be a URL such as `redis://host:6379` or `rediss://user:password@host:6380/0`";

const NO_OPTIONS = "must have neither `?` nor `#`: in a password they are written `%3F` and `%23`";

const decoded = (text: string): string | undefined => {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
};
