import { planText, type Target } from "../../check.js";
import { commandLine } from "../../policy/command-line.js";
import type { RuleBook } from "../../policy/rule-book.js";
import { withTarget } from "../../with-target.js";

/**
 * The command that does without a target what this one does with it: `--profile` and `--region` stand in each aws
 * command, and each variable is what it stands for. Nothing where a part of it is the output of other commands, or where
 * it cannot be read.
 */
export const writtenOut = (
  text: string,
  target: Target,
  book: Pick<RuleBook, "profiles" | "regions" | "catalogue">,
): string | undefined => {
  const planned = planText(text, book, target);
  const aimed = planned.ok ? withTarget(planned.value, target, book.catalogue) : planned;
  if (!aimed.ok || aimed.value.stages.some(({ template }) => template !== undefined)) return undefined;
  const { stages, pipelines, steps } = aimed.value;
  const written = stages.map(({ arguments: words, streams }) => ({ argv: words.map((word) => word.text), streams }));
  return commandLine({ stages: written, pipelines, steps });
};
