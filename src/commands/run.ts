import type { EngineAnswer } from "../engine.js";
import { closeInheritedDescriptors } from "../executor/inherited-descriptors.js";
import type { CompletedRun } from "../executor/run-result.js";
import { statusOfResult } from "../executor/status-of.js";
import { strip } from "../language/strip.js";
import { answerOf } from "../server/answer.js";
import { errorOf } from "../server/run-error.js";
import { readSettings } from "../settings.js";
import { startEngine } from "../start-engine.js";
import type { PipelineEnd } from "../steps/text-run.js";
import { stdoutSink } from "./stdout-sink.js";
import { exitOfVerdict } from "./verdict-exit.js";

/**
 * Runs a command. Its output goes to stdout untouched, error streams and our own words to stderr; `--json` prints
 * the whole result instead. The exit status is that of the last command, 128 + N for a signal, 124 for the deadline.
 */
export const run = async (args: readonly string[]): Promise<number> => {
  const json = args[0] === "--json";
  const [command, ...rest] = json ? args.slice(1) : args;
  if (command === undefined || rest.length > 0)
    throw new Error("give the command as one argument: awspipe run 'aws s3 ls | wc -l'");
  closeInheritedDescriptors();
  const settings = readSettings(process.env);
  const { engine, machine } = await startEngine(settings, process.env);
  const stop = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => stop.abort());
  try {
    const call = { milliseconds: settings.AWS_MCP_TIMEOUT * 1000, signal: stop.signal };
    if (json) return printJson(await engine.run(command, { ...call, sink: undefined }), command);
    const sink = await stdoutSink(machine.pool);
    const answer = await engine.run(command, { ...call, sink: sink.descriptor });
    await sink.close();
    for (const note of strip(command).notes) process.stderr.write(`note: ${note}\n`);
    return printPlain(answer);
  } finally {
    await machine.close();
  }
};

const printJson = (answer: EngineAnswer, command: string): number => {
  process.stdout.write(`${JSON.stringify(answerOf(answer, { notes: strip(command).notes }).structured)}\n`);
  return exitOf(answer);
};

const printPlain = (answer: EngineAnswer): number => {
  process.stderr.write(wordsOf(answer));
  return exitOf(answer);
};

const wordsOf = (answer: EngineAnswer): string => {
  if (answer.kind === "ran-several") return answer.ends.map(({ end }) => wordsOfEnd(end)).join("");
  if (answer.kind === "ran" && answer.result.kind === "run") return wordsOfEnd(answer.result);
  return `${answerOf(answer).text}\n`;
};

const wordsOfEnd = (end: PipelineEnd["end"]): string => {
  switch (end.kind) {
    case "run":
      return wordsOfRun(end);
    case "failure":
      return errorText(end);
    case "refused":
      return errorText({ kind: "refusal", ...end.checked });
    case "skipped":
    case "not-run":
      return "";
  }
};

const wordsOfRun = (run: CompletedRun): string => {
  const errors = run.stages.map(({ stderr }) => stderr);
  if (run.ending !== "finished") return [...errors, `awspipe: ${run.ending}\n`].join("");
  const error = errorOf(run);
  // What a program has said of its failure stands in its error stream.
  return [...errors, error?.kind === "refusal" ? errorText(error) : ""].join("");
};

const errorText = ({ kind, code, message, excerpt = "", hint }: Told): string =>
  [`${kind} ${code}: ${message}`, excerpt, `hint: ${hint}`]
    .filter((line) => line !== "")
    .map((line) => `${line}\n`)
    .join("");

type Told = NonNullable<ReturnType<typeof errorOf>> & { readonly excerpt?: string };

const exitOf = (answer: EngineAnswer): number => {
  if (answer.kind === "ran") return statusOfResult(answer.result);
  if (answer.kind !== "ran-several") return exitOfVerdict(answer.checked.verdict);
  return answer.status ?? statusOfStopped(answer.ends);
};

const statusOfStopped = (ends: readonly PipelineEnd[]): number => {
  const last = ends.findLast(({ end }) => end.kind !== "not-run")?.end;
  if (last?.kind === "refused") return exitOfVerdict(last.checked.verdict);
  return last?.kind === "run" || last?.kind === "failure" ? statusOfResult(last) : 1;
};
