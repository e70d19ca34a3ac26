import type { ServerContext } from "@modelcontextprotocol/server";

/** Who is at the other end of a pipe: nobody else is. */
export const LOCAL = "local";

/** Who sends a request. */
export const principalOf = ({ http }: ServerContext): string => http?.authInfo?.clientId ?? LOCAL;
