import type { CallToolResult, InputRequiredResult, McpServer, ServerContext } from "@modelcontextprotocol/server";
import type { Target } from "../check.js";
import type { CallOptions, EngineAnswer } from "../engine.js";
import { strip } from "../language/strip.js";
import type { RuleBook } from "../policy/rule-book.js";
import { type Answer, answerOf, problemAnswer } from "./answer.js";
import { askPerson, askPersonNow, asksByResult, canAskPerson, personAnswer, whyUnasked } from "./ask-person.js";
import type { NotesRefusals, RefusedCall } from "./audit/refused-calls.js";
import { fanOutAnswer } from "./fan-out/fan-out-answer.js";
import type { Regions as FanOutRegions, TaskProblem } from "./fan-out/places.js";
import { regionRefused } from "./fan-out/region-refused.js";
import { runTasks, type TaskEnd } from "./fan-out/run-tasks.js";
import { type Task, type Tasks, tasksOf } from "./fan-out/tasks.js";
import type { PipelineInput } from "./pipeline-tool.js";
import { reportProgress, type Tell } from "./progress.js";
import { present, presentText } from "./redact/present.js";
import { missingResults } from "./results/missing-results.js";
import type { ToolParts } from "./tool-parts.js";
import { bugResult, toolResult } from "./tool-result.js";
import { inlineFiles } from "./written-files/inline-files.js";

/** A call as it came: on which connection, and with what it is answered. */
export type Called = {
  readonly server: McpServer;
  readonly parts: ToolParts & NotesRefusals;
  readonly context: ServerContext;
};

type Call = Pick<CallOptions, "milliseconds" | "readOnly" | "principal" | "identify"> & {
  /** The id of the MCP request. */
  readonly request: string;
};

/** Runs a call of `aws_cli_pipeline` or `aws_cli_read`: one command at one place, or each of several. */
export const runTool = (
  called: Called,
  { timeout, ...asked }: PipelineInput,
  readOnly: boolean,
): Promise<CallToolResult | InputRequiredResult> => {
  const { parts, context } = called;
  const seconds = timeout ?? parts.timeoutSeconds;
  const call: Call = {
    milliseconds: seconds * 1000,
    readOnly,
    principal: parts.principal,
    identify: true,
    request: String(context.mcpReq.id),
  };
  return reportProgress(context, seconds, async (tell) => {
    try {
      return await runAsked(called, asked, call, tell);
    } catch (cause) {
      if (context.mcpReq.signal.aborted) throw cause;
      return bugResult(cause, parts.engine.policy);
    }
  });
};

const runAsked = async (
  called: Called,
  { command, regions, profiles }: Omit<PipelineInput, "timeout">,
  call: Call,
  tell: Tell,
): Promise<CallToolResult | InputRequiredResult> => {
  const { parts, context } = called;
  const started = Date.now();
  const [first = "", ...more] = typeof command === "string" ? [command] : command;
  if (more.length === 0 && regions === undefined && profiles === undefined)
    return runOne(called, { command: first }, call, tell);
  const commands = [first, ...more] as const;
  const found = await parts.runs.track(context.mcpReq.signal, (signal) => {
    const stop = AbortSignal.any([signal, AbortSignal.timeout(call.milliseconds)]);
    const asking: FanOutRegions = {
      names: parts.regions.names,
      enabled: (profile, until) => parts.regions.enabled(profile, until, call.request),
    };
    return tasksOf({ commands, regions, profiles }, asking, parts.book, stop, parts.maxFanOut);
  });
  if (!found.ok) {
    await parts.noteRefused?.({ ...refusedCall(call), commands, regions, profiles, code: found.error.code });
    return toolResult(await shownProblem(found.error, parts), { kept: [] }, called);
  }
  const [only, ...others] = found.value.tasks;
  const left = { ...call, milliseconds: Math.max(1, call.milliseconds - (Date.now() - started)) };
  if (others.length === 0 && only.problem === undefined) return runOne(called, only, left, tell, found.value.notes);
  return runSeveral(called, found.value, left, tell);
};

/** One command at one place. A person can be asked about it. */
const runOne = async (
  called: Called,
  { command, target }: Pick<Task, "command"> & Partial<Pick<Task, "target">>,
  call: Call,
  tell: Tell,
  notes: readonly string[] = [],
): Promise<CallToolResult | InputRequiredResult> => {
  const { server, parts, context } = called;
  const progress = (done: number, all: number): void => tell(done, all, "runs of xargs");
  const run = (said: CallOptions["answer"]): Promise<EngineAnswer> =>
    parts.runs.track(context.mcpReq.signal, (signal) =>
      parts.engine.run(command, {
        ...{ ...call, sink: undefined, signal, progress, canAsk: canAskPerson(server, context) },
        ...(target === undefined ? {} : { target }),
        ...(said === undefined ? {} : { answer: said }),
      }),
    );
  const answered = async (given: EngineAnswer): Promise<CallToolResult> => {
    const answer = target === undefined ? given : withoutRegionOption(given, target, parts.book);
    const { answer: shown, hidden } = await present(answer, parts.redact);
    const files = await inlineFiles([answer], parts);
    const missing = await missingResults([command], parts.engine.results);
    return toolResult(
      answerOf(shown, {
        notes: [...notes, ...strip(command).notes, ...missing, ...files.notes],
        hidden: hidden + files.hidden,
        unasked: whyUnasked(context),
      }),
      { kept: keptOf(answer), files },
      called,
    );
  };
  const answer = await run(personAnswer(context));
  if (answer.kind !== "ask" || !canAskPerson(server, context)) return answered(answer);
  if (asksByResult(context)) return askPerson(answer);
  return answered(await run(await askPersonNow(answer, context)));
};

const runSeveral = async (called: Called, { tasks, notes }: Tasks, call: Call, tell: Tell): Promise<CallToolResult> => {
  const { parts, context } = called;
  const { engine, book, maxOutput, concurrency } = parts;
  const started = Date.now();
  const ends = await parts.runs.track(context.mcpReq.signal, (signal) =>
    runTasks(
      engine,
      tasks,
      { ...call, signal },
      {
        ...{ book, maxOutput, concurrency },
        // Reads do not wait for one another.
        inOrder: call.readOnly !== true,
        tell: (done, all) => tell(done, all, "runs"),
      },
    ),
  );
  await noteTasks(ends, call, parts);
  const answers = ends.map((end) => end.answer);
  const files = await inlineFiles(answers, parts);
  const commands = tasks.map(({ command }) => command);
  const missing = await missingResults(commands, engine.results);
  const answer = await fanOutAnswer(await Promise.all(ends.map((end) => shownTask(end, parts))), {
    present: async ({ answer: given }) => {
      const { answer: shown, hidden } = await present(given, parts.redact);
      return answerOf(isHintHidden(given, shown) ? withPlainHint(shown) : shown, { hidden });
    },
    notes: [...notes, ...new Set(commands.flatMap((command) => strip(command).notes)), ...missing, ...files.notes],
    hidden: files.hidden,
    milliseconds: Date.now() - started,
  });
  return toolResult(answer, { kept: answers.flatMap(keptOf), files }, called);
};

// The others have reached the engine, or were not begun when the call was over.
const noteTasks = async (ends: readonly TaskEnd[], call: Call, { noteRefused }: NotesRefusals): Promise<void> => {
  for (const { task } of ends) {
    const { command, target, problem } = task;
    if (problem !== undefined)
      await noteRefused?.({ ...refusedCall(call), commands: [command], ...placeOf(target), code: problem.code });
  }
};

const placeOf = ({ profile, region }: Target): Pick<RefusedCall, "profiles" | "regions"> => ({
  ...(profile === undefined ? {} : { profiles: [profile] }),
  ...(region === undefined ? {} : { regions: [region] }),
});

const refusedCall = ({ request, readOnly = false }: Call) => ({ request, readOnly });

// Where the call names regions the command may not.
const withoutRegionOption = (answer: EngineAnswer, target: Target, book: RuleBook): EngineAnswer =>
  answer.kind === "refused" && answer.checked.code === "region-refused"
    ? { ...answer, checked: regionRefused(answer.checked, target, book) }
    : answer;

const shownProblem = async ({ code, message, hint }: TaskProblem, { engine, redact }: ToolParts): Promise<Answer> =>
  problemAnswer(
    { code, message: await presentText(message, redact), hint: await presentText(hint, redact) },
    engine.policy,
  );

const shownTask = async (end: TaskEnd, { redact }: ToolParts): Promise<TaskEnd> => ({
  ...end,
  task: { ...end.task, command: await presentText(end.task.command, redact) },
});

// A command with a secret in it is not shown whole, and half of it is not to be sent.
const isHintHidden = (given: EngineAnswer, shown: EngineAnswer): boolean =>
  given.kind === "refused" &&
  shown.kind === "refused" &&
  given.checked.code === "ask-in-fan-out" &&
  given.checked.hint !== shown.checked.hint;

const withPlainHint = (answer: EngineAnswer): EngineAnswer =>
  answer.kind === "refused" ? { ...answer, checked: { ...answer.checked, hint: ALONE } } : answer;

const ALONE = "send it in a call of its own, without `regions` and `profiles`";

const keptOf = (answer: EngineAnswer) => (answer.kind === "ran" || answer.kind === "ran-several" ? answer.kept : []);
