import { isIPv4 } from "node:net";

/** Whether only this machine reaches a host: `localhost`, 127.0.0.0/8 (RFC 6890), `::1`. Every other spelling is not. */
export const isLoopback = (host: string): boolean =>
  host === "localhost" || host === "::1" || (isIPv4(host) && host.startsWith("127."));

/** The same for the host of a URL, which has brackets around `::1`. */
export const isLoopbackUrl = ({ hostname }: URL): boolean => isLoopback(hostname === "[::1]" ? "::1" : hostname);
