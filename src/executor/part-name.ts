import { randomBytes } from "node:crypto";

/** A name for a file of the workspace that is still being copied; it begins with a dot, so that no command can say it. */
export const partName = (): string => `.awspipe-${randomBytes(9).toString("base64url")}`;

/** Whether a name is such a one. The file is on its way to another name, or a server was killed while it copied. */
export const isPartName = (name: string): boolean => /^\.awspipe-[\w-]{12}$/.test(name);
