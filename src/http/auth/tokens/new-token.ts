import { randomBytes } from "node:crypto";

/** What every token looks like: 256 random bits behind a mark by which scanners for lost secrets can tell what they found. */
const FORM = /^awsp_[A-Za-z0-9_-]{43}$/;

/** A token that nobody can guess. */
export const newToken = (): string => `awsp_${randomBytes(32).toString("base64url")}`;

/** Whether a text can be a token of ours. No password can, however its hash came into the file. */
export const hasTokenForm = (text: string): boolean => FORM.test(text);
