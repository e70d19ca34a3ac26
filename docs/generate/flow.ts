/** What a step shows of the example, as it is drawn. */
export type Shown =
  /** a text as it is */
  | { readonly kind: "text"; readonly text: string }
  /** separate pieces, one after the other */
  | { readonly kind: "pieces"; readonly pieces: readonly string[] }
  /** the words that a verdict can be */
  | { readonly kind: "words"; readonly words: readonly Word[] }
  /** processes that are joined by pipes */
  | { readonly kind: "processes"; readonly names: readonly string[] }
  | { readonly kind: "nothing" };

export type Word = "allow" | "ask" | "deny";

/** What is written in a box. */
export type Caption = { readonly title: string; readonly says: string };

export type Step = Caption & {
  readonly shows: Shown;
  /** how far a command has come: it is only read and judged, or it is let through */
  readonly tone: "step" | "good";
};

/** Where a command leaves the way, by the titles of the steps it leaves. */
export type Outlet = Caption & {
  readonly from: readonly string[];
  /** the end of the call, or somebody who can let it go on */
  readonly tone: "refusal" | "person";
};

export type Flow = {
  readonly title: string;
  readonly description: string;
  readonly steps: readonly Step[];
  readonly outlets: readonly Outlet[];
  readonly audit: Caption;
};

/** The command that the picture follows; a test compares each step with what the code makes of it. */
export const EXAMPLE = "aws s3 ls | sort -k 3 | head -5";

/** What becomes of a command: the one description that both pictures are drawn from. */
export const flow: Flow = {
  title: "What becomes of a command",
  description: [
    "The text is read into tokens, a tree and a plan of literal argument vectors.",
    "Rules judge the plan: what is allowed is approved, what needs a person is asked, what is denied is refused.",
    "Only an approved plan runs: as processes joined by kernel pipes, confined by Landlock and seccomp or by bubblewrap where the machine has them.",
    "Problems, refusals and failures leave the way where they are found. Each command leaves a line in the audit log.",
  ].join(" "),
  steps: [
    { title: "text", says: "what the model sent", shows: { kind: "text", text: EXAMPLE }, tone: "step" },
    {
      title: "tokens",
      says: "quotes and operators, as POSIX sh has them",
      shows: { kind: "pieces", pieces: ["aws", "s3", "ls", "|", "sort", "-k", "3", "|", "head", "-5"] },
      tone: "step",
    },
    {
      title: "tree",
      says: "commands in pipelines; the text is not read again",
      shows: { kind: "pieces", pieces: ["aws s3 ls", "sort -k 3", "head -5"] },
      tone: "step",
    },
    {
      title: "plan",
      says: "literal argument vectors, in one spelling",
      shows: { kind: "pieces", pieces: ['["aws","s3","ls"]', '["sort","--key=3"]', '["head","--lines=5"]'] },
      tone: "step",
    },
    {
      title: "verdict",
      says: "each stage is judged; the strictest word counts",
      shows: { kind: "words", words: ["allow", "ask", "deny"] },
      tone: "step",
    },
    {
      title: "approved",
      says: "a frozen copy of the plan; it can run once",
      shows: { kind: "text", text: "aws s3 ls | sort --key=3 | head --lines=5" },
      tone: "good",
    },
    {
      title: "stages",
      says: "no shell; Landlock and seccomp, or bubblewrap",
      shows: { kind: "processes", names: ["aws", "sort", "head"] },
      tone: "good",
    },
    {
      title: "answer",
      says: "output as data, each exit, as whom and where it ran",
      shows: { kind: "nothing" },
      tone: "step",
    },
  ],
  outlets: [
    {
      from: ["tokens", "tree"],
      tone: "refusal",
      title: "problem",
      says: "unclear what is meant: a code, the place, what to write instead",
    },
    { from: ["plan"], tone: "refusal", title: "refusal", says: "a program, option or file that no grammar lists" },
    { from: ["verdict"], tone: "refusal", title: "refusal", says: "deny: the rule, and a hint" },
    {
      from: ["verdict"],
      tone: "person",
      title: "a person",
      says: "ask: sees what would run; yes counts once, no is a refusal",
    },
    { from: ["stages"], tone: "refusal", title: "failure", says: "deadline, cancelled, no credentials" },
  ],
  audit: {
    title: "audit log",
    says: "a chained line for each command, refused or run; no line, no run",
  },
};
