import type { Stage } from "../plan/plan.js";
import type { Finding } from "./verdict.js";

/** Whether a part of what runs is the output of other commands, or an item of xargs. */
export const dependsOnOutput = (stage: Stage): boolean =>
  stage.arguments[0].text === "xargs" || stage.arguments.some(({ expanded = [] }) => expanded.length > 0);

/** An approval covers a complete literal plan, so that nobody is asked about one that other commands complete. */
export const withoutAsking = (finding: Finding): Finding =>
  finding.decision === "ask"
    ? {
        ...finding,
        decision: "deny",
        code: "ask-with-expansion",
        message: `${finding.message}, and a person can approve only what is written out: here data of other commands decides`,
        hint: "run the inner command alone first, then name the values in a command of its own",
      }
    : finding;
