import { closeSync, constants, fstatSync, openSync } from "node:fs";
import type { Head } from "./audit-line.js";
import { lastLine } from "./last-line.js";

/** A file whose chain can be continued. */
export type OpenedLog = { readonly path: string; readonly descriptor: number; readonly head: Head };

// Without O_NONBLOCK a FIFO could be waited for.
const APPEND = constants.O_RDWR | constants.O_APPEND | constants.O_NOFOLLOW | constants.O_NONBLOCK;

/**
 * Opens a log, or makes it, mode 0600. Throws where it cannot be opened, is a link or no plain file, could be written by
 * other users, or its last line is not whole and the next one of its chain.
 */
export const openLogFile = (path: string): OpenedLog => {
  try {
    return logIn(path, openSync(path, APPEND | constants.O_CREAT, 0o600));
  } catch (cause) {
    throw said(path, cause);
  }
};

/** The last line of a log that is there; throws what opening it would throw, and makes and changes nothing. */
export const checkLogFile = (path: string): Head | undefined => {
  try {
    const { descriptor, head } = logIn(path, openSync(path, APPEND));
    closeSync(descriptor);
    return head;
  } catch (cause) {
    if (cause instanceof Error && "code" in cause && cause.code === "ENOENT") return undefined;
    throw said(path, cause);
  }
};

const logIn = (path: string, descriptor: number): OpenedLog => {
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

const said = (path: string, cause: unknown): unknown =>
  cause instanceof Error && "code" in cause ? unopened(path, String(cause.code), cause) : cause;

/** Why a log is not opened; the code is the system's. */
export const unopened = (path: string, code: string, cause?: Error): Error => {
  const reason = code === "ELOOP" ? "is a symbolic link" : `can not be opened (${code})`;
  return new Error(
    `the audit log \`${path}\` ${reason}: \`AWS_MCP_AUDIT_LOG\` names a file in a folder that exists and that this user may write to`,
    { cause },
  );
};
