import { err, ok, type Result } from "../language/result.js";
import { type AuditLine, NO_HASH } from "./audit-line.js";

/** A chain as far as it was read. */
export type Chain = {
  /** The line of the file in which it begins, from 1. */
  readonly begins: number;
  /** Its first line, and its last. */
  readonly first: AuditLine;
  readonly last: AuditLine;
};

/** How a log is not what was written. */
export type BreakKind = "changed" | "torn" | "missing" | "inserted" | "reordered" | "empty" | "cut";

/** @param says a sentence about `line`, where there is one */
export type Break = { readonly kind: BreakKind; readonly line?: number; readonly says: string };

/** The chains of one file. */
export type Chains = {
  /** Takes the next line into the chain that it follows, or says why it follows none. */
  readonly follow: (line: AuditLine, at: number) => Result<Chain, Break>;
  /** In the order in which they begin. */
  readonly all: () => readonly Chain[];
  /** How many servers have written them. */
  readonly servers: () => number;
};

/** Servers of one file; each takes some hundred bytes as long as the file is read. */
const MOST_SERVERS = 1_000_000;

export const createChains = (): Chains => {
  // By the hash of the last line. Each keeps its place in the list of all.
  const byHash = new Map<string, number>();
  const all: Chain[] = [];
  // The chain that each has written to last.
  const servers = new Map<string, number>();
  const put = (place: number, chain: Chain): Result<Chain, Break> => {
    all[place] = chain;
    byHash.set(chain.last.hash, place);
    servers.set(chain.last.server, place);
    return ok(chain);
  };
  const begin = (line: AuditLine, at: number): Result<Chain, Break> => {
    if (line.seq !== 1 || line.prev !== NO_HASH) return err(wrongStart(at));
    if (servers.has(line.server)) return err(begunTwice(at));
    return put(all.length, { begins: at, first: line, last: line });
  };
  const follow = (line: AuditLine, at: number): Result<Chain, Break> => {
    if (servers.size >= MOST_SERVERS && !servers.has(line.server)) return err(tooMany(at));
    if (line.prev === NO_HASH || line.seq === 1) return begin(line, at);
    const place = byHash.get(line.prev);
    const chain = place === undefined ? undefined : all[place];
    if (place === undefined || chain === undefined) return err(astray(line, at, all[servers.get(line.server) ?? -1]));
    if (chain.last.seq + 1 !== line.seq) return err(wrongNumber(line, at, chain));
    byHash.delete(line.prev);
    return put(place, { ...chain, last: line });
  };
  return { follow, all: () => all, servers: () => servers.size };
};

/** Why no chain ends in the line that this one follows. */
const astray = (line: AuditLine, at: number, own: Chain | undefined): Break => {
  if (own === undefined) return missing(at, `the lines before number ${line.seq} of its chain are missing`);
  const next = own.last.seq + 1;
  if (line.seq > next) return missing(at, `${numbers(next, line.seq - 1)} of its chain should stand before it`);
  if (line.seq === next) return { kind: "changed", line: at, says: CHANGED };
  return inserted(
    at,
    `number ${line.seq} of its chain stands before it: it was put in, or two servers wrote to one file`,
  );
};

const CHANGED = "it does not follow the line of its chain before it, which was changed or exchanged";

const numbers = (from: number, to: number): string => (from === to ? `number ${from}` : `numbers ${from} to ${to}`);

const missing = (line: number, says: string): Break => ({ kind: "missing", line, says });

const inserted = (line: number, says: string): Break => ({ kind: "inserted", line, says });

const wrongStart = (at: number): Break => inserted(at, "it is neither the first line of a chain nor a later one");

const begunTwice = (at: number): Break =>
  inserted(at, "its server has written lines before, and begins a chain only once");

const tooMany = (at: number): Break =>
  inserted(at, `more than ${MOST_SERVERS} servers have written before it: verify the file in parts`);

const wrongNumber = (line: AuditLine, at: number, chain: Chain): Break =>
  inserted(at, `it is number ${line.seq} of its chain, and follows number ${chain.last.seq}`);
