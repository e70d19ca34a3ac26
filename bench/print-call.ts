import type { ToolAnswer } from "./call-tool.js";
import type { DemoCall, DemoRequest } from "./demo-calls.js";
import { paint } from "./paint.js";

const shownLines = 9;

/** Prints one call and its answer; tells whether the answer was the expected one. */
export function printCall(call: DemoCall, answer: ToolAnswer, milliseconds: number): boolean {
  const asExpected = answer.isError === call.isError && call.says.test(answer.text);
  console.log(`\n  ${paint.bold(commandLine(call))}`);
  for (const line of cut(answerLines(answer))) console.log(`    ${call.isError ? paint.red(line) : line}`);
  console.log(`    ${paint.dim(`${summary(answer)}${Math.round(milliseconds)} ms`)}`);
  if (!asExpected)
    console.log(`    ${paint.red(`NOT AS EXPECTED: ${call.isError ? "a refusal" : "an answer"} with ${call.says}`)}`);
  return asExpected;
}

function commandLine({ request }: DemoCall): string {
  switch (request.kind) {
    case "resource":
      return `> read ${request.uri}`;
    case "prompt":
      return `> prompt ${request.prompt} ${JSON.stringify(request.args)}`;
    case "tool":
      return `> ${toolLine(request)}`;
  }
}

function toolLine({ tool, args }: Extract<DemoRequest, { kind: "tool" }>): string {
  if (tool !== "aws_cli_pipeline") return `${tool} ${JSON.stringify(args)}`;
  const { command = "", ...more } = args;
  return [command, ...Object.entries(more).map(([name, value]) => `[${name}: ${String(value)}]`)].join(" ");
}

/** A pipeline's output without the marks that surround it for the model; else the text as it is. */
function answerLines({ data, text, isError }: ToolAnswer): readonly string[] {
  const shown = !isError && typeof data.output === "string" && data.output !== "" ? data.output : text;
  return shown.split("\n").filter((line) => line.trim() !== "");
}

function cut(lines: readonly string[]): readonly string[] {
  if (lines.length <= shownLines) return lines;
  return [...lines.slice(0, shownLines - 1), `… ${lines.length - shownLines + 1} more lines`];
}

/** `aws 0, sort 0; ` */
function summary({ data }: ToolAnswer): string {
  if (!Array.isArray(data.stages) || data.stages.length === 0) return "";
  // The tool's output schema says what a stage is.
  const stages = data.stages as readonly {
    readonly name: string;
    readonly exit_code?: number;
    readonly signal?: string;
  }[];
  return `exit: ${stages.map(({ name, exit_code, signal }) => `${name} ${exit_code ?? signal}`).join(", ")}; `;
}
