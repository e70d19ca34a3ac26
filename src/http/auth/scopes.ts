import type { Principal } from "../../server/principal-of.js";

/** The scope that stands for an access. Writing includes reading. */
export const scopeOf = (access: Principal["access"]): string => `awspipe:${access}`;

/** Every scope that means something here. */
export const SCOPES: readonly string[] = [scopeOf("read"), scopeOf("write")];

/** What scopes give; nothing where none of them is ours. */
export const accessOf = (scopes: readonly string[]): Principal["access"] | undefined => {
  if (scopes.includes(scopeOf("write"))) return "write";
  return scopes.includes(scopeOf("read")) ? "read" : undefined;
};
