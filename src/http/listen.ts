import { once } from "node:events";
import type { Server } from "node:net";
import type { Settings } from "../settings.js";

type Place = Pick<Settings, "AWS_MCP_HOST" | "AWS_MCP_PORT">;

/** Listens where the settings say. Throws, with the setting's name, where that cannot be. */
export const listen = async (server: Server, place: Place): Promise<void> => {
  try {
    server.listen(place.AWS_MCP_PORT, place.AWS_MCP_HOST);
    await once(server, "listening");
  } catch (cause) {
    if (!(cause instanceof Error && "code" in cause)) throw cause;
    throw Object.assign(new Error(listeningProblem(place, String(cause.code)), { cause }), { code: cause.code });
  }
};

/**
 * What is wrong with a place that cannot be listened at.
 *
 * @param code the system's or the resolver's name of it (listen(2), bind(2), getaddrinfo(3))
 */
export const listeningProblem = ({ AWS_MCP_HOST: host, AWS_MCP_PORT: port }: Place, code: string): string => {
  if (code === "EADDRINUSE")
    return `AWS_MCP_PORT=${port}: another program listens there; name another, or 0 for any that is free`;
  if (code === "EACCES" && port < UNPRIVILEGED) return `AWS_MCP_PORT=${port}: this user may not listen below 1024`;
  if (NO_ADDRESS.includes(code))
    return `AWS_MCP_HOST=${host}: is no address of this machine, as 127.0.0.1 or 0.0.0.0 are`;
  return `AWS_MCP_HOST=${host}, AWS_MCP_PORT=${port}: cannot be listened at (${code})`;
};

/** The first port that needs no privilege, where the system was not told otherwise (ip(7)). */
const UNPRIVILEGED = 1024;

/** What is no name, is nobody's name or is another machine's, and what belongs to a network that is not here. */
const NO_ADDRESS: readonly string[] = [
  ...["ENOTFOUND", "EAI_AGAIN", "EAI_FAIL", "EAI_NONAME", "EAI_NODATA"],
  ...["EADDRNOTAVAIL", "EAFNOSUPPORT", "EINVAL"],
];

/** The URL of a path at an address that is listened at. */
export const urlAt = (host: string, port: number, path: string): URL =>
  new URL(`http://${host.includes(":") ? `[${host}]` : host}:${port}${path}`);
