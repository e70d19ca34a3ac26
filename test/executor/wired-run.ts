import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { collectErrors } from "../../src/executor/collect-errors.js";
import { collectOutput } from "../../src/executor/collect-output.js";
import { type FifoPool, fifoPool } from "../../src/executor/fifo-pool.js";
import type { PreparedProcess, PreparedStage } from "../../src/executor/prepare-stage.js";
import type { Exit } from "../../src/executor/spawn-stage.js";
import { type Destinations, pipesFor } from "../../src/executor/stage-ends.js";
import { type Wired, wireStages } from "../../src/executor/wire-stages.js";
import { DEFAULT_STREAMS, type Streams } from "../../src/plan/streams.js";
import { installPrograms, PROGRAMS } from "./test-programs.js";

/** Every stream is read by this process. */
export const READ_HERE: Destinations = { sink: undefined, errors: undefined };

/** Programs and pipes, and nothing that judges or confines. */
export type Workbench = {
  /** Where the programs of test/programs are. */
  readonly programs: string;
  readonly pool: FifoPool;
  /** A stage that runs a program of test/programs, or one of the system. */
  readonly stage: (program: string, args?: readonly string[], streams?: Partial<Streams>) => PreparedProcess;
  readonly remove: () => void;
};

export const workbench = (): Workbench => {
  const root = mkdtempSync(join(tmpdir(), "awspipe-test-"));
  chmodSync(root, 0o755);
  const programs = join(root, "programs");
  installPrograms(programs);
  return {
    programs,
    pool: fifoPool(root, "/usr/bin/mkfifo"),
    stage: (program, args = [], streams = {}) => ({
      kind: "process",
      name: program,
      streams: { ...DEFAULT_STREAMS, ...streams },
      file: join(PROGRAMS.includes(program) ? programs : "/usr/bin", program),
      args,
      env: { LC_ALL: "C.UTF-8" },
      cwd: "/",
      launcher: { words: [], enforces: [] },
    }),
    // A run of mkfifo may still be filling the pool.
    remove: () => rmSync(root, { recursive: true, maxRetries: 10 }),
  };
};

export type WiredEnd = {
  readonly output: string;
  /** By stage. */
  readonly errors: readonly string[];
  readonly exits: readonly Exit[];
};

/**
 * Starts stages and reads what they write to its end.
 *
 * @param meanwhile sees them while they run
 */
export const wiredRun = async (
  { pool }: Workbench,
  stages: readonly [PreparedStage, ...PreparedStage[]],
  to: Destinations = READ_HERE,
  meanwhile: (wired: Wired) => void = () => undefined,
): Promise<WiredEnd> => {
  const wired = wireStages(stages, await pool.take(pipesFor(stages, to)), to);
  const limits = { characters: 1_000_000, spoolBytes: 0, spoolPath: "/nonexistent" };
  const output = wired.output === undefined ? undefined : collectOutput(wired.output, limits);
  const errors = wired.errors.map((descriptor) => collectErrors(descriptor));
  meanwhile(wired);
  const exits = await Promise.all(wired.children.map(({ exit }) => exit));
  await Promise.all([output?.ended, ...errors.map(({ ended }) => ended)]);
  return { output: output?.finish().text ?? "", errors: errors.map((each) => each.finish()), exits };
};
