import { runProgram } from "../test/provision/run-program.js";
import { callTool } from "./call-tool.js";
import type { Connection } from "./connect.js";

/** Runs a pipeline and gives its output: the two things that are compared. */
export type Subject = (pipeline: string) => Promise<string>;

/** A running server, asked by a client over stdio. */
export function serverSubject(connection: Connection): Subject {
  return async (command) => {
    const { isError, text, data } = await callTool(connection, "aws_cli_pipeline", { command });
    if (isError || typeof data.output !== "string") throw new Error(text);
    return data.output;
  };
}

/** A `bash -c` of its own for each pipeline, started from this process, as a server would that shells out. */
export function bashSubject(bash: string, cwd: string): Subject {
  const env = { PATH: process.env.PATH, LC_ALL: "C" };
  return async (command) => {
    const { ok, stdout, stderr } = await runProgram(bash, ["-c", command], { cwd, env });
    if (!ok) throw new Error(stderr);
    return stdout;
  };
}

/** Both must say the same before their times mean anything. */
export async function mustAgree(subjects: readonly Subject[], pipeline: string): Promise<void> {
  const outputs = await Promise.all(subjects.map((subject) => subject(pipeline)));
  if (new Set(outputs.map((output) => output.trim())).size > 1) throw new Error(`${pipeline}: ${outputs.join(" / ")}`);
}
