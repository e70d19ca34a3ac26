import { err, ok } from "../language/result.js";
import { NO_LINE } from "./audit-line.js";
import { STDERR_LOST } from "./audit-problem.js";
import type { AuditSink } from "./audit-sink.js";
import type { LineWriter } from "./line-writer.js";

/** PIPE_BUF of Linux: what write(2) puts into a pipe in one piece, whoever else writes to it (pipe(7)). */
const PIPE_BUF = 4096;

/**
 * Audit lines on stderr, which begin a chain. Other processes write there too, so a line is no longer than a pipe takes at
 * once. After the first line that could not be written no call is taken any more: what else is lost then nobody can say.
 */
export const auditStderr = (write: LineWriter): AuditSink => {
  let isLost = false;
  return {
    head: NO_LINE,
    longest: PIPE_BUF,
    ready: () => (isLost ? err(STDERR_LOST) : ok(undefined)),
    append: (line) => {
      const done = write(line);
      if (done.ok) return done;
      isLost = true;
      return err(STDERR_LOST);
    },
    close: () => undefined,
  };
};
