import type { AuthInfo } from "@modelcontextprotocol/server";
import { z } from "zod";

/** Whoever sends requests, and whether what it sends may change something. */
export type Principal = { readonly name: string; readonly access: "read" | "write" };

/** Who is at the other end of a pipe: nobody else is. */
export const LOCAL: Principal = { name: "local", access: "write" };

const known = z.object({ principal: z.string().min(1), access: z.enum(["read", "write"]) });

/** Who has proved to be what, as authentication wrote it down. Throws where it wrote nothing: over HTTP nobody is nameless. */
export const authenticated = (authInfo: AuthInfo | undefined): Principal => {
  const { principal, access } = known.parse(authInfo?.extra);
  return { name: principal, access };
};
