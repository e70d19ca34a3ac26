import type { Plan, Stage, Step, Steps } from "./plan/plan.js";
import type { Sink } from "./plan/streams.js";
import { UNKNOWN_ITEM } from "./plan/unknown.js";
import { shownArgv } from "./policy/command-line.js";
import type { CanonicalStage, Verdict } from "./policy/verdict.js";
import { commandOf } from "./utilities/xargs/command-of.js";
import { fillCommand } from "./utilities/xargs/fill-command.js";
import type { XargsCall } from "./utilities/xargs/xargs-call.js";

/**
 * Says in English what a text would run, stage by stage, in the order of running: canonical commands with their effects, who
 * reads whose output, what waits for which status, what is filled in later and judged again.
 *
 * @returns lines, without a line break at their ends
 */
export const explain = (plan: Plan, verdict: Verdict): readonly string[] =>
  explainSteps({ plan, verdict, output: "the answer" }, plan.steps, "");

/** `output`: where that of a last stage goes. */
type Explained = { readonly plan: Plan; readonly verdict: Verdict; readonly output: string };

const explainSteps = (all: Explained, steps: Steps, prefix: string): readonly string[] =>
  steps.flatMap((step, index) => explainPipeline(all, step, index, `${prefix}${index + 1}`));

const explainPipeline = (all: Explained, step: Step, place: number, number: string): readonly string[] => {
  const stages = all.plan.pipelines[step.pipeline]?.stages ?? [];
  const inner = { ...all, output: "the words of the command" };
  const outputs = stages.flatMap((index) => outputsOf(all.plan.stages[index]));
  return [
    `${number}. ${when(step, place)}`,
    ...[
      ...outputs.flatMap((part, index) => [
        "before it, for `$(…)`:",
        ...explainSteps(inner, part.steps, `${number}.${outputs.length === 1 ? "" : `${index + 1}.`}`).map(indented),
      ]),
      ...stages.flatMap((index, at) => explainStage(all, index, at > 0, at < stages.length - 1)),
    ].map(indented),
  ];
};

const indented = (line: string): string => `  ${line}`;

const outputsOf = (stage: Stage | undefined) =>
  (stage?.template ?? []).flatMap(({ parts }) => parts).filter((part) => part.kind === "output");

const when = ({ when: condition }: Step, place: number): string => {
  switch (condition) {
    case "always":
      return place === 0 ? "first" : "then, whatever the status";
    case "success":
      return "if the status so far is 0";
    case "failure":
      return "if the status so far is not 0";
  }
};

const explainStage = (
  { plan, verdict, output }: Explained,
  index: number,
  hasProducer: boolean,
  hasConsumer: boolean,
): readonly string[] => {
  const stage = plan.stages[index];
  const canonical = verdict.stages[index];
  if (stage === undefined) return [];
  const argv = canonical?.argv ?? stage.arguments.map(({ text }) => text);
  const found = verdict.findings.filter(({ stage: at, decision }) => at === index && decision !== "allow");
  return [
    shownArgv(argv),
    ...(canonical === undefined ? [] : [`  does: ${doing(canonical)}`]),
    `  ${streams(stage, hasProducer, hasConsumer ? "the next command" : output)}`,
    ...(canonical?.kind === "xargs" ? xargsLines(canonical.call, stage).map((line) => `  ${line}`) : []),
    ...(stage.template === undefined ? [] : ["  judged again when the output of `$(…)` is known"]),
    ...found.map(({ decision, code, message }) => `  ${decision} ${code}: ${message}`),
  ];
};

const doing = (stage: CanonicalStage): string => {
  switch (stage.kind) {
    case "aws":
      return stage.run === "operation" ? operation(stage) : `shows ${stage.run === "help" ? "help" : "the version"}`;
    case "utility":
      return stage.files.some(({ how }) => how === "write") ? "writes a file of the workspace" : "computes";
    case "xargs":
      return stage.command.arguments[0].text === "aws" ? stage.effects.join(", ") : "computes";
  }
};

const operation = ({ effects, region, profile }: Extract<CanonicalStage, { kind: "aws" }>): string =>
  `${effects.join(", ")}, in ${region}${profile === undefined ? "" : ` as profile ${profile}`}`;

const streams = ({ streams: { stdin, stdout, stderr } }: Stage, hasProducer: boolean, output: string): string => {
  const places: Readonly<Record<Sink, string>> = { output, errors: "its error stream", null: "nowhere" };
  const input = stdin === "null" || !hasProducer ? "no input" : "the command before";
  const errors = stderr === "errors" ? "" : `, errors to ${places[stderr]}`;
  return `reads ${input}, writes to ${places[stdout]}${errors}`;
};

const xargsLines = (call: XargsCall, stage: Stage): readonly string[] => {
  const command = fillCommand(call, commandOf(call, stage.arguments), [UNKNOWN_ITEM]).map(({ text }) => text);
  const most =
    call.replace !== undefined
      ? "each line"
      : call.maxLines !== undefined
        ? call.maxLines === 1
          ? "each line"
          : `every ${call.maxLines} lines`
        : call.maxItems === 1
          ? "each item"
          : call.maxItems !== undefined
            ? `every ${call.maxItems} items`
            : "as many items as fit";
  return [`for ${most} of its input runs: ${shownArgv(command)}`, "each of these runs is judged again with its items"];
};
