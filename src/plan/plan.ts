import type { Span } from "../language/span.js";
import type { Streams } from "./streams.js";

/** One argument as a literal string, and where it was written. */
export type Argument = {
  readonly text: string;
  readonly span: Span;
  /** The parts of `text`, by offsets into it, that come from the output of other commands. Left out where there are none. */
  readonly expanded?: readonly Span[];
};

/** One command as an argument vector. */
export type Stage = {
  /** What is not known yet is one of the characters of `unknown.ts`. */
  readonly arguments: readonly [Argument, ...Argument[]];
  readonly span: Span;
  readonly streams: Streams;
  /** What the arguments are made of; left out where every one of them is literal. */
  readonly template?: readonly [TemplateWord, ...TemplateWord[]];
};

/** A word of which a part is the output of other commands. */
export type TemplateWord = { readonly parts: readonly TemplatePart[]; readonly span: Span };

export type TemplatePart =
  | { readonly kind: "text"; readonly text: string }
  /** `quoted`: between double quotes, where it is not split */
  | { readonly kind: "output"; readonly steps: Steps; readonly quoted: boolean; readonly span: Span };

/** One pipeline of a plan, its stages by their indices. */
export type PlannedPipeline = { readonly stages: readonly [number, ...number[]]; readonly span: Span };

/** A pipeline by its index, and whether it runs by the status of what ran before it in its AND-OR list. */
export type Step = { readonly when: "always" | "success" | "failure"; readonly pipeline: number };

export type Steps = readonly [Step, ...Step[]];

/** A text as argument vectors: what policy judges and what runs. */
export type Plan = {
  readonly text: string;
  /** Of all pipelines, those of command substitutions too. */
  readonly stages: readonly [Stage, ...Stage[]];
  readonly pipelines: readonly [PlannedPipeline, ...PlannedPipeline[]];
  /** What runs, in its order; what command substitutions run is in the templates. */
  readonly steps: Steps;
};
