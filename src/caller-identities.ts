import type { Machine } from "./executor/machine.js";
import { runPipeline } from "./executor/run-pipeline.js";
import { planArgv } from "./plan/plan.js";
import type { StageIdentity } from "./policy/approval/circumstances.js";
import { approve } from "./policy/approve.js";
import type { RuleBook } from "./policy/rule-book.js";

/** Who AWS says we are. */
export type CallerIdentities = {
  /** The account and the ARN of a profile; without an account where AWS does not say. */
  readonly of: (profile: string, signal: AbortSignal) => Promise<StageIdentity>;
};

/** Keys change, and with them perhaps the account; asking costs about a second. */
const FRESH = 5 * 60_000;
const MILLISECONDS = 30_000;

/** Asks `aws sts get-caller-identity`, which needs no permission, as each profile, and remembers the answers for a while. */
export const callerIdentities = (book: RuleBook, machine: Machine): CallerIdentities => {
  const known = new Map<string, { readonly at: number; readonly identity: StageIdentity }>();
  return {
    of: async (profile, signal) => {
      const old = known.get(profile);
      if (old !== undefined && machine.now() - old.at < FRESH) return old.identity;
      const identity = await ask(profile, book, machine, signal);
      if (identity.account !== undefined) known.set(profile, { at: machine.now(), identity });
      return identity;
    },
  };
};

const ask = async (profile: string, book: RuleBook, machine: Machine, signal: AbortSignal): Promise<StageIdentity> => {
  const named = profile === book.profiles[0] ? [] : ["--profile", profile];
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
  const run = await runPipeline(approved.value, machine, { ...limits, signal, sink: undefined });
  const text = run.kind === "run" ? run.output.text : "";
  const [, account, caller] = /^(\d{12})\t(\S+)\n?$/.exec(text) ?? [];
  return { profile, account, caller: caller ?? `profile ${profile}` };
};
