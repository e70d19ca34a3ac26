import type { Effect } from "./catalogue/effect.js";
import type { RunFailure } from "./executor/run-result.js";
import { excerpt } from "./language/excerpt.js";
import { parse } from "./language/parse.js";
import type { Problem } from "./language/problem.js";
import type { Result } from "./language/result.js";
import type { Plan } from "./plan/plan.js";
import { planList, type Variables } from "./plan/plan-list.js";
import { withUnknownShown } from "./plan/unknown.js";
import { commandLine } from "./policy/command-line.js";
import { judge } from "./policy/judge.js";
import { policyHash } from "./policy/policy-hash.js";
import type { RuleBook } from "./policy/rule-book.js";
import type { Finding, Verdict } from "./policy/verdict.js";

/** The profile and the region of a call, for the aws commands of its text that name none. */
export type Target = { readonly profile?: string; readonly region?: string };

/** The verdict on one command text, in the shape that `awspipe check` prints. */
export type Checked = {
  readonly verdict: "allow" | "ask" | "deny" | "problem";
  readonly code: string;
  readonly message: string;
  readonly hint: string;
  /** The text around the fault with a line of carets below it; empty when there is no fault. */
  readonly excerpt: string;
  /** The argument vectors that would run; empty when a stage could not be understood. What is not known yet is `$(…)`, or `{}`. */
  readonly canonical: readonly (readonly string[])[];
  /** The same as one line, with redirections and operators. */
  readonly runs: string;
  /** Of all stages, the worst of each first. */
  readonly effects: readonly Effect[];
  /** Digest of the rules that the verdict is by. */
  readonly policy: string;
};

/** Text to argument vectors; the rules and the target say what the variables stand for. */
export const planText = (
  text: string,
  book: Pick<RuleBook, "profiles" | "regions">,
  target: Target = {},
): Result<Plan, Problem> => {
  const parsed = parse(text);
  return parsed.ok ? planList(text, parsed.value, variablesOf(book, target)) : parsed;
};

/** What the variables of the language stand for: the region and the profile of a command that names none. */
const variablesOf = (
  { profiles: [own], regions }: Pick<RuleBook, "profiles" | "regions">,
  { profile = own, region = regions.get(profile) ?? "us-east-1" }: Target,
): Variables => {
  return { AWS_REGION: region, AWS_DEFAULT_REGION: region, AWS_PROFILE: profile };
};

/** Judges a command text without running anything and without reading a file: what none has read counts as the worst. */
export const check = (text: string, book: RuleBook): Checked => {
  const planned = planText(text, book);
  return planned.ok
    ? checkedVerdict(text, judge(planned.value, book), book)
    : checkedProblem(text, planned.error, book);
};

/** A problem of the text as a check shows it. */
export const checkedProblem = (text: string, { code, message, hint, span }: Problem, book: RuleBook): Checked => ({
  verdict: "problem",
  code,
  message,
  hint,
  excerpt: excerpt(text, span),
  canonical: [],
  runs: "",
  effects: [],
  policy: policyHash(book),
});

/** What is said of a text of which nothing was looked at, or could be. */
export const checkedUnseen = (
  verdict: "deny" | "problem",
  { code, message, hint }: Pick<Checked, "code" | "message" | "hint">,
  policy: string,
): Checked => ({ verdict, code, message, hint, excerpt: "", canonical: [], runs: "", effects: [], policy });

/** A file that could not be read, as a check shows it. */
export const checkedFailure = (failure: RunFailure, book: RuleBook): Checked =>
  checkedUnseen("problem", failure, policyHash(book));

/** A verdict as a check shows it: the first of its strictest findings speaks for it. */
export const checkedVerdict = (text: string, verdict: Verdict, book: RuleBook): Checked => {
  const finding = verdict.findings.find((each) => each.decision === verdict.decision);
  const stages = verdict.stages.filter((stage) => stage !== undefined);
  const isWhole = stages.length === verdict.stages.length;
  return {
    verdict: verdict.decision,
    ...wordsOf(text, verdict, finding),
    canonical: isWhole ? stages.map((stage) => stage.argv.map(withUnknownShown)) : [],
    runs: isWhole ? commandLine(verdict) : "",
    effects: stages.flatMap((stage) => stage.effects),
    policy: policyHash(book),
  };
};

const wordsOf = (text: string, { decision }: Verdict, finding: Finding | undefined) => {
  if (decision === "allow") return { code: "allowed", message: "every stage is allowed", hint: "", excerpt: "" };
  if (finding === undefined)
    return { code: "no-finding", message: "no rule allows this", hint: "ask for `aws help`", excerpt: "" };
  const { code, message, hint, span } = finding;
  return { code, message, hint, excerpt: excerpt(text, span) };
};
