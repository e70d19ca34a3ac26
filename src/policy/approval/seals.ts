import { err, ok, type Result } from "../../language/result.js";
import { type Consent, mintConsent } from "./consent.js";
import { sealingKey } from "./sealing-key.js";
import type { SpentSeals } from "./spent-seals.js";

/** Why an answer does not count. */
export type SealProblem = { readonly code: SealCode; readonly message: string; readonly hint: string };
export type SealCode =
  | "approval-forged"
  | "approval-elsewhere"
  | "approval-late"
  | "approval-spent"
  | "approval-store-lost"
  | "approval-mismatch"
  | "approval-declined"
  | "approval-too-long";

/** What a person said. */
export type PersonAnswer = {
  readonly action: "accept" | "decline" | "cancel";
  /** The field of the form; it must be `true`, not just the form sent. */
  readonly approve: boolean;
};

/**
 * Seals of one server, or of several that have the same key and write down together what is spent. A seal goes out with a
 * question and comes back with the answer; it counts for this question only, for a while, and once, whatever the answer was.
 */
export type Seals = {
  /** Who has sealed a state, for whatever question: a holder of our key, one of another, or nobody. */
  readonly originOf: (state: string) => "ours" | "elsewhere" | "forged";
  /** The digest of the question that a state of ours went out with. */
  readonly digestOf: (state: string) => string | undefined;
  readonly seal: (digest: string) => string;
  /** Problems: every `SealCode` but `approval-too-long`. */
  readonly open: (state: string, digest: string, answer: PersonAnswer) => Promise<Result<Consent, SealProblem>>;
};

export type SealOptions = {
  /** At least 32 random bytes that nobody else knows. */
  readonly key: Uint8Array;
  /** Where spent seals of this key are written down. */
  readonly spent: SpentSeals;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** A text that no other seal has. */
  readonly nonce: () => string;
};

/** A person has this long to answer. */
export const ANSWER_MILLISECONDS = 120_000;

/** A question may come from a server whose clock is so far ahead. */
const AHEAD_MILLISECONDS = 5000;

/** A seal stays spent for longer than its answer could count, also by another server's clock that is most of a day behind. */
const SPENT_MILLISECONDS = 86_400_000;

export const createSeals = ({ key, spent, now, nonce }: SealOptions): Seals => {
  const { write, read } = sealingKey(key);
  return {
    originOf: (state) => {
      const sealed = read(state);
      return sealed.ok ? "ours" : sealed.error;
    },
    digestOf: (state) => {
      const sealed = read(state);
      return sealed.ok ? sealed.value.digest : undefined;
    },
    seal: (digest) => write(digest, now(), nonce()),
    open: async (state, digest, { action, approve }) => {
      const sealed = read(state);
      if (!sealed.ok) return err(problems[`approval-${sealed.error}`]);
      const { name, issued, digest: asked } = sealed.value;
      const isYes = action === "accept" && approve;
      const age = now() - issued;
      const isFirst = await spent.spend(name, SPENT_MILLISECONDS);
      // A no needs no store to be one.
      if (!isFirst.ok) return err(problems[isYes ? "approval-store-lost" : "approval-declined"]);
      if (!isFirst.value) return err(problems["approval-spent"]);
      if (!(age >= -AHEAD_MILLISECONDS && age <= ANSWER_MILLISECONDS)) return err(problems["approval-late"]);
      if (asked !== digest) return err(problems["approval-mismatch"]);
      return isYes ? ok(mintConsent(digest)) : err(problems["approval-declined"]);
    },
  };
};

const AGAIN = "send the command again without `requestState`, and a person is asked anew";

const problem = (code: SealCode, message: string, hint = AGAIN): SealProblem => ({ code, message, hint });

/** What is wrong with an answer, or with asking at all. */
export const sealProblem = (code: SealCode): SealProblem => problems[code];

const problems: Readonly<Record<SealCode, SealProblem>> = {
  "approval-forged": problem("approval-forged", "the `requestState` is none that this server has sealed"),
  "approval-elsewhere": problem(
    "approval-elsewhere",
    "the `requestState` was sealed by another process, or by this server before its restart",
    `${AGAIN}; if that ends the same way, stop: the operator of several replicas sets AWS_MCP_STATE and AWS_MCP_STATE_KEY_FILE to the same for all`,
  ),
  "approval-late": problem(
    "approval-late",
    `the answer came more than ${ANSWER_MILLISECONDS / 1000} s after the question, or before it by this server's clock`,
  ),
  "approval-spent": problem("approval-spent", "the answer to this question has been used already"),
  "approval-mismatch": problem(
    "approval-mismatch",
    "the answer is to another question: the command, its files, who runs it or the rules are not those that were shown",
  ),
  "approval-store-lost": problem(
    "approval-store-lost",
    "the store of AWS_MCP_STATE, by which an answer counts only once, cannot be asked",
    `in a while ${AGAIN}; the operator finds the reason in the server's log and by \`awspipe doctor\``,
  ),
  "approval-too-long": problem(
    "approval-too-long",
    "the question to a person would be too long to be read",
    "split the command into several",
  ),
  "approval-declined": problem(
    "approval-declined",
    "a person was asked and did not approve",
    "do not send it again; ask the person what to do instead",
  ),
};
