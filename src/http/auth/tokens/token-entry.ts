import type { Principal } from "../../../server/principal-of.js";

/** Whose a token is, and what it may do; of the token itself only the SHA-256. */
export type TokenEntry = { readonly principal: Principal; readonly hash: Buffer };

/** At least one. */
export type TokenEntries = readonly [TokenEntry, ...TokenEntry[]];

/** What a token may be named: it is part of a principal's name in logs and answers. */
export const TOKEN_NAME = /^[A-Za-z0-9][A-Za-z0-9._@-]{0,63}$/;

/** Such a name in words. */
export const TOKEN_NAME_SAYS = "1 to 64 of A-Z a-z 0-9 . _ @ - and begins with a letter or a digit";

/** The principal of a token that a file names. */
export const tokenPrincipal = (name: string, access: Principal["access"]): Principal => ({
  name: `token:${name}`,
  access,
});

/** The line of a token file: `NAME read|write sha256:HEX`. */
export const tokenLine = (name: string, access: Principal["access"], hash: Buffer): string =>
  `${name} ${access} sha256:${hash.toString("hex")}`;
