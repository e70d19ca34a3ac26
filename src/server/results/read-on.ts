import type { KeptResult } from "../../kept-result.js";
import { resultName } from "./result-uri.js";

/** A command that takes something out of a kept result. */
export const filterCommand = (result: KeptResult): string =>
  isWholeJson(result) ? `cat ${resultName(result.id)} | jq 'type, length'` : `grep -i PATTERN ${resultName(result.id)}`;

/** Bytes of the piece that is read on with. */
const MOST_NEXT = 50_000;

/** Whether programs that read JSON can read it: half of a document is none. */
export const isWholeJson = ({ json, exact }: KeptResult): boolean => json && exact;

/**
 * The lines of an answer that say what is missing in it, where that is, and how to come to it.
 *
 * @param shown bytes of the output that stand in the answer
 */
export const cutText = (result: KeptResult, shown: number): string => {
  const name = resultName(result.id);
  const more = result.bytes - shown;
  // A command that gives more than an answer holds would be cut again.
  const next = Math.min(MOST_NEXT, (result.most ?? Number.POSITIVE_INFINITY) - 1);
  const cut = result.exact
    ? `cut: ${more} more bytes; the whole output is ${name}`
    : `cut: at least ${more} more bytes, and then it was stopped; its first ${result.bytes} bytes are ${name}`;
  return `${cut}\nhint: read on with \`tail -c +${(result.from ?? shown) + 1} ${name} | head -c ${next}\`, or filter it: \`${filterCommand(result)}\``;
};
