import type { Checked } from "../check.js";
import type { RunResult } from "../executor/run-result.js";

/** What became of one pipeline of a text. */
export type PipelineEnd = {
  /** As it ran; what would have run where it did not. */
  readonly command: string;
  /** Its output went into the words of another command. */
  readonly isInner: boolean;
  /** It failed, and what stands behind `||` ran because of it. */
  readonly isAnswered?: true;
  readonly end:
    | RunResult
    /** the status before it was not the one that it waits for */
    | { readonly kind: "skipped" }
    /** judged again with the data of other commands, it may not run */
    | { readonly kind: "refused"; readonly checked: Checked }
    /** the text was over before it */
    | { readonly kind: "not-run" };
};

/** What became of a text of several pipelines, in the order in which they ended. */
export type TextRun = {
  readonly ends: readonly PipelineEnd[];
  /** The exit status of the last pipeline that ran, as a shell has it; undefined where the text was stopped. */
  readonly status: number | undefined;
  readonly warnings: readonly string[];
  /** The codes of the findings that the warnings are of, each once; left out where nobody has judged. */
  readonly warned?: readonly string[];
};
