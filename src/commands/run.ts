import { constants } from "node:os";
import type { EngineAnswer } from "../engine.js";
import { closeInheritedDescriptors } from "../executor/inherited-descriptors.js";
import type { CompletedRun } from "../executor/run-result.js";
import { answerOf } from "../server/answer.js";
import { readSettings } from "../settings.js";
import { startEngine } from "../start-engine.js";
import { stdoutSink } from "./stdout-sink.js";
import { exitOfVerdict } from "./verdict-exit.js";

/**
 * Runs one pipeline. Its output goes to stdout untouched, error streams and our own words to stderr; `--json` prints
 * the whole result instead. The exit status is that of the last stage, 128 + N for a signal, 124 for the deadline.
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
    if (json) return printJson(await engine.run(command, { ...call, sink: undefined }));
    const sink = await stdoutSink(machine.pool);
    const answer = await engine.run(command, { ...call, sink: sink.descriptor });
    await sink.close();
    return printPlain(answer);
  } finally {
    await machine.close();
  }
};

const printJson = (answer: EngineAnswer): number => {
  process.stdout.write(`${JSON.stringify(answerOf(answer).structured)}\n`);
  return exitOf(answer);
};

const printPlain = (answer: EngineAnswer): number => {
  if (answer.kind === "ran" && answer.result.kind === "run") {
    for (const stage of answer.result.stages) process.stderr.write(stage.stderr);
    if (answer.result.ending !== "finished") process.stderr.write(`awspipe: ${answer.result.ending}\n`);
  } else process.stderr.write(`${answerOf(answer).text}\n`);
  return exitOf(answer);
};

const exitOf = (answer: EngineAnswer): number => {
  if (answer.kind !== "ran") return exitOfVerdict(answer.checked.verdict);
  return answer.result.kind === "failure" ? 1 : exitOfRun(answer.result);
};

const exitOfRun = (run: CompletedRun): number => {
  if (run.ending === "deadline") return 124;
  const exit = run.stages.at(-1)?.exit;
  if (exit?.kind === "exited") return exit.code;
  return exit?.kind === "signalled" ? 128 + (constants.signals[exit.signal] ?? 0) : 1;
};
