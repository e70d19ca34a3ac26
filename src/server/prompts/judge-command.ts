import { check } from "../../check.js";
import type { RuleBook } from "../../policy/rule-book.js";
import { withoutAccounts } from "../../policy/without-accounts.js";

/** What becomes of a command of a prompt on this server. */
export type Judged =
  /** It is let through, with a warning or without. */
  | { readonly kind: "runs" }
  /** A person is asked; `why` is the effect, or the code of the operator's rule. */
  | { readonly kind: "asks"; readonly why: string }
  /** The mode, a setting or a rule of the operator's denies it. */
  | { readonly kind: "refused"; readonly code: string }
  /** It cannot be written with the arguments given: no server without settings would ask about it, let alone run it. */
  | { readonly kind: "unfit"; readonly message: string };

/**
 * Judges commands by the rules in force; files, which nobody has read, count as the worst. Whose account a command would act
 * in is not asked here, so limits of accounts are left to the call itself.
 */
export const judgeCommand = (book: RuleBook): ((command: string) => Judged) => {
  const plain = withoutSettings(book);
  const here = withoutAccounts(book);
  return (command) => {
    const usual = check(command, plain);
    if (usual.verdict === "deny" || usual.verdict === "problem") return { kind: "unfit", message: usual.message };
    const { verdict, code } = check(command, here);
    switch (verdict) {
      case "allow":
        return { kind: "runs" };
      case "ask":
        return { kind: "asks", why: code.replace(/^effect-/, "") };
      case "deny":
      case "problem":
        return { kind: "refused", code };
    }
  };
};

// What the operator has set tells whether a command runs here; whether it is one at all, the rules that everybody has.
const withoutSettings = (book: RuleBook): RuleBook => ({
  ...book,
  mode: "strict",
  cells: {},
  approval: "elicit",
  limits: {},
  policy: undefined,
  outfiles: true,
});
