import { readFileSync } from "node:fs";
import type { Row } from "./row.js";
import { mustAgree, type Subject } from "./subjects.js";
import { turns } from "./turns.js";

const rounds = 200;
const pipeline = "echo hi | tr h H | wc -c";

/** A pipeline that does next to nothing, in turns with bash, and what the server weighs after it. */
export async function smallPipeline(ours: Subject, bash: Subject, serverPid: number): Promise<readonly Row[]> {
  await mustAgree([ours, bash], pipeline);
  const { ours: our, bash: their } = await turns(pipeline, rounds, ours, bash);
  return [latency(our, their), memory(residentMegabytes(serverPid))];
}

function latency(ours: number, bash: number): Row {
  const difference = ours - bash;
  return {
    what: `\`${pipeline}\` in a running server, asked over MCP, median of ${rounds}`,
    ours: `${ours.toFixed(1)} ms`,
    bash: `${bash.toFixed(1)} ms`,
    compared: `${difference >= 0 ? "+" : ""}${difference.toFixed(1)} ms`,
    target: "bash's time + 3 ms",
    met: difference <= 3,
  };
}

function memory(megabytes: number): Row {
  return {
    what: "resident memory of that server after the calls above",
    ours: `${megabytes.toFixed(0)} MB`,
    bash: "",
    compared: "",
    target: "under 120 MB",
    met: megabytes < 120,
  };
}

function residentMegabytes(pid: number): number {
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
  if (kilobytes === undefined) throw new Error("the server's memory can not be read");
  return (Number(kilobytes) * 1024) / 1e6;
}
