import { closeSync, constants, fstatSync, openSync } from "node:fs";
import type { Head } from "./audit-line.js";
import { lastLine } from "./last-line.js";

/** A file whose chain can be continued. */
export type OpenedLog = { readonly path: string; readonly descriptor: number; readonly head: Head };

// Without O_NONBLOCK a FIFO could be waited for.
const APPEND = constants.O_RDWR | constants.O_APPEND | constants.O_CREAT | constants.O_NOFOLLOW | constants.O_NONBLOCK;

/**
 * Opens a log, or makes it, mode 0600. Throws where it cannot be opened, is a link or no plain file, could be written by
 * other users, or its last line is not whole and the next one of its chain.
 */
export const openLogFile = (path: string): OpenedLog => {
  const descriptor = opened(path);
  try {
    const { size, mode, uid } = fstatSync(descriptor);
    if (!fstatSync(descriptor).isFile()) throw new Error(`the audit log \`${path}\` is no plain file`);
    if ((mode & 0o022) !== 0 || (uid !== 0 && uid !== (process.getuid?.() ?? uid)))
      throw new Error(`the audit log \`${path}\` can be written by others: make it yours, as in \`chmod 600 ${path}\``);
    const head = lastLine(descriptor, size);
    if (head.ok) return { path, descriptor, head: head.value };
    throw new Error(
      `the audit log \`${path}\` can not be continued, ${head.error}: see \`awspipe audit verify ${path}\`, move the file away, and start again`,
    );
  } catch (cause) {
    closeSync(descriptor);
    throw cause;
  }
};

const opened = (path: string): number => {
  try {
    return openSync(path, APPEND, 0o600);
  } catch (cause) {
    if (!(cause instanceof Error && "code" in cause)) throw cause;
    const reason = cause.code === "ELOOP" ? "is a symbolic link" : `can not be opened (${cause.code})`;
    throw new Error(
      `the audit log \`${path}\` ${reason}: \`AWS_MCP_AUDIT_LOG\` names a file in a folder that exists and that this user may write to`,
      { cause },
    );
  }
};
