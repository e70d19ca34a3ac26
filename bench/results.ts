import { cpus, loadavg, release, totalmem } from "node:os";
import { runProgram } from "../test/provision/run-program.js";
import type { Row } from "./row.js";

/** The page `bench/RESULTS.md`. */
export async function resultsPage(rows: readonly Row[], bash: string): Promise<string> {
  const lines = [
    "# What awspipe costs",
    "",
    "Written by `npm run bench`. Ours and bash are measured in turns in the same run, so the ratios travel better than the times.",
    "",
    ...(await circumstances(bash)).map((line) => `- ${line}`),
    "",
    "| what | awspipe | `bash -c` | compared | target | met |",
    "| --- | --- | --- | --- | --- | --- |",
    ...rows.map(tableLine),
    "",
  ];
  return lines.join("\n");
}

async function circumstances(bash: string): Promise<readonly string[]> {
  const cores = cpus();
  return [
    `machine: ${cores[0]?.model ?? "unknown"}, ${cores.length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB, Linux ${release()}`,
    `versions: Node ${process.versions.node}, ${await firstLine(bash)}, ${await firstLine("wc")}`,
    `load of the machine in the last 5 minutes, this run included: ${loadavg()[1]?.toFixed(1)}`,
    `date: ${new Date().toISOString().slice(0, 10)}`,
  ];
}

async function firstLine(program: string): Promise<string> {
  return (await runProgram(program, ["--version"])).stdout.split("\n")[0] ?? "";
}

function tableLine({ what, ours, bash, compared, target, met }: Row): string {
  // A pipe in a cell would end it, also inside backticks.
  const cells = [what, ours, bash, compared, target, met ? "yes" : "**no**"].map((cell) => cell.replaceAll("|", "\\|"));
  return `| ${cells.join(" | ")} |`;
}
