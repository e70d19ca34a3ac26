import type { CallToolResult, InputRequiredResult, McpServer, ServerContext } from "@modelcontextprotocol/server";
import type { CallOptions, EngineAnswer } from "../engine.js";
import { strip } from "../language/strip.js";
import { log } from "../log.js";
import { answerOf, problemAnswer } from "./answer.js";
import { askPerson, askPersonNow, asksByResult, canAskPerson, personAnswer } from "./ask-person.js";
import { fanOutAnswer } from "./fan-out/fan-out-answer.js";
import { runTasks } from "./fan-out/run-tasks.js";
import { type Task, type Tasks, tasksOf } from "./fan-out/tasks.js";
import type { PipelineInput } from "./pipeline-tool.js";
import { reportProgress, type Tell } from "./progress.js";
import { present } from "./redact/present.js";
import type { ToolParts } from "./tool-parts.js";
import { bugResult, toolResult } from "./tool-result.js";

/** A call as it came: on which connection, and with what it is answered. */
export type Called = { readonly server: McpServer; readonly parts: ToolParts; readonly context: ServerContext };

type Call = Pick<CallOptions, "milliseconds" | "readOnly" | "principal" | "identify">;

/** Runs a call of `aws_cli_pipeline` or `aws_cli_read`: one command at one place, or each of several. */
export const runTool = (
  called: Called,
  { timeout, ...asked }: PipelineInput,
  readOnly: boolean,
): Promise<CallToolResult | InputRequiredResult> => {
  const { parts, context } = called;
  const seconds = timeout ?? parts.timeoutSeconds;
  // Nobody else is at the other end of a pipe.
  const principal = context.http?.authInfo?.clientId ?? "local";
  const call: Call = { milliseconds: seconds * 1000, readOnly, principal, identify: true };
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
    return tasksOf({ commands, regions, profiles }, parts.regions, parts.book, stop);
  });
  if (!found.ok) return toolResult(problemAnswer(found.error, parts.engine.policy), [], called);
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
        ...{ ...call, sink: undefined, signal, progress },
        ...(target === undefined ? {} : { target }),
        ...(said === undefined ? {} : { answer: said }),
      }),
    );
  const answered = async (answer: EngineAnswer): Promise<CallToolResult> => {
    const { answer: shown, hidden } = await present(answer, parts.redact);
    return toolResult(answerOf(shown, { notes: [...notes, ...strip(command).notes], hidden }), keptOf(answer), called);
  };
  const answer = await run(personAnswer(context));
  if (answer.kind !== "ask" || !canAskPerson(server, context)) return answered(answer);
  log({ event: "asks", code: answer.checked.code, policy: answer.policy });
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
  const answer = await fanOutAnswer(ends, {
    present: async ({ answer: given }) => {
      const { answer: shown, hidden } = await present(given, parts.redact);
      return answerOf(shown, { hidden });
    },
    notes: [...notes, ...new Set(tasks.flatMap(({ command }) => strip(command).notes))],
    milliseconds: Date.now() - started,
  });
  return toolResult(
    answer,
    ends.flatMap((end) => keptOf(end.answer)),
    called,
  );
};

const keptOf = (answer: EngineAnswer) => (answer.kind === "ran" || answer.kind === "ran-several" ? answer.kept : []);
