import { type SharedWork, sharedWork } from "../../executor/shared-work.js";
import { err, type Result } from "../../language/result.js";
import { ENDINGS } from "../run-error.js";
import type { AwsProblem } from "./aws-answer.js";

/** How long an answer counts, and how long it counts that there was none, in milliseconds. */
export const FRESH = 5 * 60_000;
export const FRESH_FAILURE = 10_000;

/** Answers of one kind of question, by what was asked. */
export type KeptAnswers<T> = {
  /** Gives the known answer, waits for one that is under way, or asks, which is then part of the request. */
  readonly get: (asked: string, signal: AbortSignal, request?: string) => Promise<Result<T, AwsProblem>>;
  /** The answer, where there is one that counts still. */
  readonly known: (asked: string) => T | undefined;
};

type Kept<T> = {
  readonly work: SharedWork<Result<T, AwsProblem>>;
  /** Settles when nothing runs for it any longer. */
  readonly over: Promise<unknown>;
  /** Epoch milliseconds since when the answer is there, and the answer. */
  done?: { readonly at: number; readonly answer: Result<T, AwsProblem> };
};

/**
 * Keeps what was answered for five minutes, and for ten seconds that there was a problem. Callers that ask at once share
 * one question, which goes on until the last of them has left; that one waits until it has ended.
 *
 * @param now epoch milliseconds
 */
export const keptAnswers = <T>(
  ask: (asked: string, signal: AbortSignal, request?: string) => Promise<Result<T, AwsProblem>>,
  now: () => number,
): KeptAnswers<T> => {
  const all = new Map<string, Kept<T>>();
  const start = (asked: string, request: string | undefined): Kept<T> => {
    let over: Promise<unknown> = Promise.resolve();
    const work = sharedWork((signal) => {
      const answering = ask(asked, signal, request);
      over = answering.catch(() => undefined);
      return answering;
    });
    return { work, over };
  };
  const current = (asked: string, request: string | undefined): Kept<T> => {
    for (const [key, kept] of all) if (!counts(kept, now())) all.delete(key);
    const kept = all.get(asked) ?? start(asked, request);
    all.set(asked, kept);
    return kept;
  };
  return {
    get: async (asked, signal, request) => {
      const kept = current(asked, request);
      try {
        const answer = await kept.work.join(signal);
        if (answer !== undefined) {
          kept.done ??= { at: now(), answer };
          return answer;
        }
      } catch (cause) {
        if (all.get(asked) === kept) all.delete(asked);
        throw cause;
      }
      if (kept.work.isAbandoned()) await kept.over;
      return err(ENDINGS.cancelled);
    },
    known: (asked) => {
      const kept = all.get(asked);
      return kept?.done?.answer.ok && counts(kept, now()) ? kept.done.answer.value : undefined;
    },
  };
};

const counts = ({ work, done }: Kept<unknown>, now: number): boolean =>
  !work.isAbandoned() && (done === undefined || now - done.at < (done.answer.ok ? FRESH : FRESH_FAILURE));
