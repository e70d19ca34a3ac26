import { createHash } from "node:crypto";

/**
 * SHA-256 of a token, 32 bytes. A slow hash with a salt is for passwords, which can be guessed one after the other: 256
 * random bits cannot.
 */
export const hashToken = (token: string): Buffer => createHash("sha256").update(token).digest();
