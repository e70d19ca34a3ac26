import { createHash } from "node:crypto";
import type { Machine } from "./executor/machine.js";
import { runPipeline } from "./executor/run-pipeline.js";
import { type SharedWork, sharedWork } from "./executor/shared-work.js";
import type { Environment } from "./executor/stage-environment.js";
import { unlessStopped } from "./executor/unless-stopped.js";
import { planArgv } from "./plan/plan-argv.js";
import type { StageIdentity } from "./policy/approval/circumstances.js";
import { approve } from "./policy/approve.js";
import type { RuleBook } from "./policy/rule-book.js";

/** Who AWS says we are. */
export type CallerIdentities = {
  /**
   * The account and the ARN of the keys that a stage would run with now; without an account where AWS does not say.
   *
   * @param profile the one that the command names
   * @param since epoch milliseconds: what AWS has said before that does not count; five minutes ago where it is left out
   */
  readonly of: (profile: string | undefined, signal: AbortSignal, since?: number) => Promise<StageIdentity>;
};

const MILLISECONDS = 30_000;

/** How long an answer counts, and how long it counts that AWS gave none. */
const FRESH = 5 * 60_000;
const FRESH_FAILURE = 10_000;

type Asked = {
  readonly of: string;
  readonly at: number;
  readonly work: SharedWork<StageIdentity>;
  identity?: StageIdentity;
};

/**
 * Asks `aws sts get-caller-identity`, which needs no permission, and remembers the answer by profile and keys: asking
 * costs about a second. Callers that ask at once share one question.
 */
export const callerIdentities = (book: RuleBook, machine: Machine): CallerIdentities => {
  const known = new Map<string, Asked>();
  const asked = (profile: string | undefined, keys: Environment, since: number | undefined): Asked => {
    const of = fingerprint(keys);
    const old = known.get(profile ?? "");
    if (old?.of === of && !isStale(old, machine.now(), since)) return old;
    const key = keys.AWS_ACCESS_KEY_ID ?? "";
    const fresh: Asked = { of, at: machine.now(), work: sharedWork((stop) => ask(profile, key, book, machine, stop)) };
    known.set(profile ?? "", fresh);
    return fresh;
  };
  return {
    of: async (profile, signal, since) => {
      const looking = await unlessStopped(() => machine.identities.resolve(profile, MILLISECONDS), {
        milliseconds: MILLISECONDS,
        signal,
      });
      const found = looking.ok ? looking.value : looking;
      if (!found.ok) return nobody(profile, "", book);
      const question = asked(profile, found.value.keys, since);
      const identity = await question.work.join(signal);
      if (identity === undefined) return nobody(profile, "", book);
      question.identity = identity;
      return identity;
    },
  };
};

const isStale = ({ at, work, identity }: Asked, now: number, since = now - FRESH): boolean =>
  work.isAbandoned() ||
  at < since ||
  (identity !== undefined && identity.account === undefined && now - at > FRESH_FAILURE);

// Enough to tell one set of keys from another, and nothing to find them by.
const fingerprint = (keys: Environment): string =>
  createHash("sha256")
    .update(JSON.stringify(Object.entries(keys).sort()))
    .digest("hex");

const nobody = (profile: string | undefined, key: string, book: RuleBook): StageIdentity => {
  const shown = profile ?? book.profiles[0];
  return { profile: shown, key, account: undefined, caller: `profile ${shown}` };
};

const ask = async (
  profile: string | undefined,
  key: string,
  book: RuleBook,
  machine: Machine,
  signal: AbortSignal,
): Promise<StageIdentity> => {
  const named = profile === undefined ? [] : ["--profile", profile];
  const plan = planArgv([
    "aws",
    "sts",
    "get-caller-identity",
    "--query",
    "[Account,Arn]",
    "--output",
    "text",
    ...named,
  ]);
  // The engine's own question: the operator's rules are about what clients send.
  const approved = approve(plan, { ...book, mode: "read-only", cells: {}, limits: {}, policy: undefined });
  if (!approved.ok) throw new Error("`sts get-caller-identity` is no read any more");
  const limits = { milliseconds: MILLISECONDS, graceMilliseconds: 500, maxOutput: 10_000, maxSpool: 0 };
  const keys = new Map([[profile ?? "", key]]);
  const run = await runPipeline(approved.value, machine, { ...limits, signal, sink: undefined, keys });
  const text = run.kind === "run" ? run.output.text : "";
  const [, account, caller] = /^(\d{12})\t(\S+)\n?$/.exec(text) ?? [];
  return account === undefined || caller === undefined
    ? nobody(profile, key, book)
    : { ...nobody(profile, key, book), account, caller };
};
