import { err, ok, type Result } from "../language/result.js";
import { type AuditLine, beginsLine, readLine } from "./audit-line.js";
import { type Break, type Chain, type Chains, createChains } from "./chains.js";
import type { FileLine } from "./file-lines.js";

/** What an audit log that is intact holds. */
export type AuditReport = {
  /** Audit lines, and lines of other kinds among them. */
  readonly lines: number;
  readonly others: number;
  /** In the order in which they begin; none where the file is empty. */
  readonly chains: readonly Chain[];
  /** Servers that have written. */
  readonly servers: number;
  /** The last audit line of the file; nothing where it is empty, as a server makes it at its start. */
  readonly last: AuditLine | undefined;
  /** The line with the hash that was asked for, from 1, and how many audit lines come after it. */
  readonly anchor: { readonly line: number; readonly after: number } | undefined;
};

/**
 * Whether the audit lines of a file are those that were written, in their order: the first thing that is wrong, or what
 * there is. Memory grows with the number of servers that have written, not with that of lines.
 *
 * Lines of other kinds may stand among them, as on a stderr that was captured; they are counted. What begins or ends as an
 * audit line is one. A file may hold several chains, each from its line 1 on: the stderr of several servers, or logs that
 * were joined. Who reads the report has to know how many there should be.
 *
 * What lines alone cannot show: that the last lines of a chain, or whole chains, were taken away; that lines of other kinds
 * were; how the lines of two chains stood among each other; that somebody who may write the file has written a chain anew,
 * every hash of it. A hash that was kept elsewhere, as the last one at that time, shows what happened to the lines up to it.
 *
 * @param lines of the file
 * @param anchor a hash that one of the lines has to have
 */
export const verifyAudit = async (
  lines: AsyncIterable<FileLine>,
  anchor: string | undefined,
): Promise<Result<AuditReport, Break>> => {
  const chains = createChains();
  let at = 0;
  let count = 0;
  let last: AuditLine | undefined;
  let found: { readonly line: number; readonly number: number } | undefined;
  let wrong: Misplaced | undefined;
  for await (const line of lines) {
    at += 1;
    const read = auditLineOf(line);
    if (wrong !== undefined) {
      if (read?.ok === true && read.value.hash === wrong.prev) return err(reordered(wrong.found, at));
      continue;
    }
    if (read === undefined) continue;
    if (!read.ok) return err({ line: at, ...read.error });
    const followed = chains.follow(read.value, at);
    if (!followed.ok && followed.error.kind !== "missing") return followed;
    if (!followed.ok) wrong = { found: followed.error, prev: read.value.prev };
    count += 1;
    last = read.value;
    if (last.hash === anchor) found = { line: at, number: count };
  }
  if (wrong !== undefined) return err(wrong.found);
  if (last === undefined && at > 0) return err(EMPTY);
  if (anchor !== undefined && found === undefined) return err(CUT);
  return ok({
    ...{ lines: count, others: at - count, last },
    ...reportOf(chains),
    anchor: found === undefined ? undefined : { line: found.line, after: count - found.number },
  });
};

const reportOf = (chains: Chains) => ({ chains: chains.all(), servers: chains.servers() });

/** A line that nothing before it leads to: the one that it follows may still come. */
type Misplaced = { readonly found: Break; readonly prev: string };

const auditLineOf = ({ bytes, isEnded }: FileLine): Result<AuditLine, Omit<Break, "line">> | undefined => {
  const read = readLine(bytes);
  if (!isEnded && (read !== undefined || beginsLine(bytes))) return err({ kind: "torn", says: "it has no end" });
  if (read === undefined || read.ok) return read;
  switch (read.error) {
    case "torn":
      return err({ kind: "torn", says: "it does not end as an audit line does" });
    case "changed":
      return err({ kind: "changed", says: "it is not the line that its hash was computed of" });
  }
};

const reordered = ({ line, says }: Break, after: number): Break => ({
  kind: "reordered",
  ...(line === undefined ? {} : { line }),
  says: `${says}: the one that it follows is line ${after}`,
});

const EMPTY: Break = { kind: "empty", says: "there is no audit line in it" };

const CUT: Break = {
  kind: "cut",
  says: "no line has the hash that was given: lines were cut off, or all written anew",
};
