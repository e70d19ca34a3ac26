import type { Machine } from "./executor/machine.js";
import { runPipeline } from "./executor/run-pipeline.js";
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
   */
  readonly of: (profile: string | undefined, signal: AbortSignal) => Promise<StageIdentity>;
};

const MILLISECONDS = 30_000;

/**
 * Asks `aws sts get-caller-identity`, which needs no permission, and remembers the answer for as long as the keys are the
 * same: asking costs about a second.
 */
export const callerIdentities = (book: RuleBook, machine: Machine): CallerIdentities => {
  const known = new Map<string, StageIdentity>();
  return {
    of: async (profile, signal) => {
      const looking = await unlessStopped(() => machine.identities.resolve(profile, MILLISECONDS), {
        milliseconds: MILLISECONDS,
        signal,
      });
      const found = looking.ok ? looking.value : looking;
      const key = found.ok ? (found.value.keys.AWS_ACCESS_KEY_ID ?? "") : "";
      const name = profile ?? "";
      const old = known.get(name);
      if (old?.key === key && key !== "") return old;
      const identity = await ask(profile, key, book, machine, signal);
      if (identity.account !== undefined) known.set(name, identity);
      return identity;
    },
  };
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
  const approved = approve(plan, { ...book, mode: "read-only", cells: {}, policy: undefined });
  if (!approved.ok) throw new Error("`sts get-caller-identity` is no read any more");
  const limits = { milliseconds: MILLISECONDS, graceMilliseconds: 500, maxOutput: 10_000, maxSpool: 0 };
  const keys = new Map([[profile ?? "", key]]);
  const run = await runPipeline(approved.value, machine, { ...limits, signal, sink: undefined, keys });
  const text = run.kind === "run" ? run.output.text : "";
  const [, account, caller] = /^(\d{12})\t(\S+)\n?$/.exec(text) ?? [];
  const shown = profile ?? book.profiles[0];
  return { profile: shown, key, account, caller: caller ?? `profile ${shown}` };
};
