import type { AuditProblem } from "./audit-log.js";

const lost = (message: string, hint: string): AuditProblem => ({ code: "audit-lost", message, hint });

export const CLOSED = lost("the audit log is closed", "connect again: this server is stopping");

export const NO_ROOM = lost(
  "no room is left for the audit log",
  "ask the operator to make room where the audit log lies; commands run again as soon as there is some",
);

export const MOVED = lost(
  "the audit log was moved, removed or replaced while the server runs",
  "ask the operator to stop the server, put the audit log in order, and start it again",
);

export const CHANGED = lost(
  "the audit log was changed by somebody else than this server",
  "ask the operator to stop the server, look with `awspipe audit verify FILE`, move the file away, and start it again; each server needs a file of its own",
);

export const STDERR_LOST = lost(
  "the audit log can not be written: nobody reads stderr",
  "ask the operator to start the server again with a stderr that is read, or with `AWS_MCP_AUDIT_LOG` naming a file",
);

/** @param code as the kernel names what is wrong: `EIO` */
export const unwritable = (code: string): AuditProblem =>
  lost(
    `the audit log can not be written (${code})`,
    "ask the operator to stop the server, put the audit log in order, and start it again",
  );
