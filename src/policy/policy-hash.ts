import { createHash } from "node:crypto";
import type { RuleBook } from "./rule-book.js";

/**
 * SHA-256, in hexadecimal, of everything that a verdict depends on besides the plan and its files: two servers with the
 * same one decide alike. The workspace's place is left out, and so are the accounts, which are found out and not decided.
 */
export const policyHash = (book: RuleBook): string => {
  const known = hashes.get(book);
  if (known !== undefined) return known;
  const { mode, cells, approval, profiles, regions, targets, endpoint, fetchesUrls, outfiles, data, limits } = book;
  const parts = [mode, sorted(Object.entries(cells)), approval, profiles, sorted([...regions]), [...targets].sort()];
  const allowed = [limits.accounts ?? [], limits.regions ?? []].map((names) => [...names].sort());
  const hash = createHash("sha256")
    .update(JSON.stringify([...parts, endpoint ?? null, fetchesUrls, outfiles, data, allowed]))
    .digest("hex");
  hashes.set(book, hash);
  return hash;
};

const hashes = new WeakMap<RuleBook, string>();

const sorted = (entries: readonly (readonly [string, string])[]) =>
  [...entries].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
