import { createHmac, timingSafeEqual } from "node:crypto";
import { err, ok, type Result } from "../../language/result.js";
import { type Consent, mintConsent } from "./consent.js";

/** Why an answer does not count. */
export type SealProblem = { readonly code: SealCode; readonly message: string; readonly hint: string };
export type SealCode =
  | "approval-forged"
  | "approval-late"
  | "approval-spent"
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
 * Seals of one server. A seal goes out with a question and comes back with the answer; it counts for this question only,
 * for a while, and once, whatever the answer was.
 */
export type Seals = {
  /** Whether this server has sealed the state, for whatever question. */
  readonly isOurs: (state: string) => boolean;
  /** The digest of the question that a state of this server went out with. */
  readonly digestOf: (state: string) => string | undefined;
  readonly seal: (digest: string) => string;
  /** Problems: every `SealCode`. */
  readonly open: (state: string, digest: string, answer: PersonAnswer) => Result<Consent, SealProblem>;
};

export type SealOptions = {
  /** At least 32 random bytes that nobody else knows. */
  readonly key: Uint8Array;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** A text that no other seal has. */
  readonly nonce: () => string;
};

/** A person has this long to answer. */
export const ANSWER_MILLISECONDS = 120_000;

export const createSeals = ({ key, now, nonce }: SealOptions): Seals => {
  const spent = new Map<string, number>();
  const spend = (name: string): boolean => {
    for (const [old, until] of spent) if (until < now()) spent.delete(old);
    const isFirst = !spent.has(name);
    spent.set(name, now() + 2 * ANSWER_MILLISECONDS);
    return isFirst;
  };
  return {
    isOurs: (state) => readState(key, state) !== undefined,
    digestOf: (state) => readState(key, state)?.[0],
    seal: (digest) => {
      const body = Buffer.from(JSON.stringify([digest, now(), nonce()])).toString("base64url");
      return `${body}.${sign(key, body)}`;
    },
    open: (state, digest, { action, approve }) => {
      const read = readState(key, state);
      if (read === undefined) return err(problems["approval-forged"]);
      const [sealed, issued, name] = read;
      if (!spend(name)) return err(problems["approval-spent"]);
      if (!(now() - issued <= ANSWER_MILLISECONDS && issued <= now())) return err(problems["approval-late"]);
      if (sealed !== digest) return err(problems["approval-mismatch"]);
      return action === "accept" && approve ? ok(mintConsent(digest)) : err(problems["approval-declined"]);
    },
  };
};

const sign = (key: Uint8Array, body: string): string =>
  createHmac("sha256", key).update(`awspipe approval 1\0${body}`).digest("base64url");

const readState = (key: Uint8Array, state: string): readonly [string, number, string] | undefined => {
  const [body, signature, ...more] = state.length < 1000 ? state.split(".") : [];
  if (body === undefined || signature === undefined || more.length > 0) return undefined;
  const [given, right] = [Buffer.from(signature), Buffer.from(sign(key, body))];
  if (given.length !== right.length || !timingSafeEqual(given, right)) return undefined;
  // The signature says that `seal` has written this.
  return JSON.parse(Buffer.from(body, "base64url").toString()) as [string, number, string];
};

const AGAIN = "send the command again without `requestState`, and a person is asked anew";

const problem = (code: SealCode, message: string, hint = AGAIN): SealProblem => ({ code, message, hint });

/** What is wrong with an answer, or with asking at all. */
export const sealProblem = (code: SealCode): SealProblem => problems[code];

const problems: Readonly<Record<SealCode, SealProblem>> = {
  "approval-forged": problem("approval-forged", "the `requestState` is none that this server has sealed"),
  "approval-late": problem(
    "approval-late",
    `the answer came more than ${ANSWER_MILLISECONDS / 1000} s after the question`,
  ),
  "approval-spent": problem("approval-spent", "the answer to this question has been used already"),
  "approval-mismatch": problem(
    "approval-mismatch",
    "the answer is to another question: the command, its files, who runs it or the rules are not those that were shown",
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
