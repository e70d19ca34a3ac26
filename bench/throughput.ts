import { closeSync, ftruncateSync, openSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Row } from "./row.js";
import { mustAgree, type Subject } from "./subjects.js";
import { turns } from "./turns.js";

const gigabyte = 1e9;
const rounds = 9;
const pipeline = "cat big | tr a b | wc -c";

/** 1 GB from a file of the workspace through three stages, in turns with bash. */
export async function throughput(ours: Subject, bash: Subject, workspace: string): Promise<readonly Row[]> {
  const file = join(workspace, "big");
  makeSparse(file);
  try {
    await mustAgree([ours, bash], pipeline);
    const { ours: our, bash: their } = await turns(pipeline, rounds, ours, bash);
    return [row(our, their)];
  } finally {
    rmSync(file);
  }
}

// Its zeros come from the page cache at full speed, so that the pipes are what is measured and not a disk.
function makeSparse(file: string): void {
  const descriptor = openSync(file, "w");
  ftruncateSync(descriptor, gigabyte);
  closeSync(descriptor);
}

function row(ours: number, bash: number): Row {
  const ratio = bash / ours;
  return {
    what: `1 GB through \`${pipeline}\`, median of ${rounds}`,
    ours: speed(ours),
    bash: speed(bash),
    compared: `${ratio.toFixed(2)} of bash`,
    target: "at least 0.95 of bash",
    met: ratio >= 0.95,
  };
}

const speed = (milliseconds: number) => `${Math.round(gigabyte / 1e6 / (milliseconds / 1000))} MB/s`;
