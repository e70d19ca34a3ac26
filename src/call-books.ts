import type { CallOptions } from "./engine.js";
import { readOnly } from "./policy/read-only.js";
import type { RuleBook } from "./policy/rule-book.js";

/** The rules for a call, one book for each kind of call. */
export const callBooks = (
  book: RuleBook,
): ((call: Pick<CallOptions, "readOnly" | "outfiles" | "confirmed">) => RuleBook) => {
  const known = new Map<string, RuleBook>();
  return (call) => {
    const key = `${call.readOnly === true} ${call.outfiles === false} ${call.confirmed === false}`;
    const old = known.get(key);
    if (old !== undefined) return old;
    const mode = call.readOnly === true ? readOnly(book) : book;
    const made: RuleBook = {
      ...mode,
      outfiles: mode.outfiles && call.outfiles !== false,
      approval: call.confirmed === false && mode.approval === "client" ? "elicit" : mode.approval,
    };
    known.set(key, made);
    return made;
  };
};
