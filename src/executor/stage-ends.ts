import { closeSync, constants, openSync } from "node:fs";
import type { Streams } from "../plan/streams.js";
import { closePipe, type KernelPipe } from "./fifo-pool.js";
import type { PreparedStage } from "./prepare-stage.js";

/** Descriptors for what a run writes and what is not to be read here; they stay the caller's. */
export type Destinations = {
  /** For the last stage's output. */
  readonly sink: number | undefined;
  /** For the error streams of all stages. */
  readonly errors: number | undefined;
};

/** The pipes of a run by their use. */
export type LaidPipes = {
  /** Of each stage; none of the last one where that has a sink. */
  readonly outputs: readonly KernelPipe[];
  /** Of each stage, or none. */
  readonly errors: readonly KernelPipe[];
  /** For what launchers tell, one for each that does. */
  readonly tellings: readonly KernelPipe[];
};

/** How many pipes a run needs: for each stage's output, for its error stream, and for what its launcher tells. */
export const pipesFor = (stages: readonly PreparedStage[], { sink, errors }: Destinations): number =>
  stages.length -
  (sink === undefined ? 0 : 1) +
  (errors === undefined ? stages.length : 0) +
  stages.filter((stage) => stage.kind === "process" && stage.launcher.holds !== undefined).length;

/** @param pipes as many as `pipesFor` says */
export const layPipes = (
  stages: readonly PreparedStage[],
  pipes: readonly KernelPipe[],
  to: Destinations,
): LaidPipes => {
  if (pipes.length !== pipesFor(stages, to)) throw new Error("not as many pipes as the stages need");
  const outputs = pipes.slice(0, stages.length - (to.sink === undefined ? 0 : 1));
  const errors = to.errors === undefined ? pipes.slice(outputs.length, outputs.length + stages.length) : [];
  return { outputs, errors, tellings: pipes.slice(outputs.length + errors.length) };
};

/** What is opened for a run besides its pipes. */
export type Opened = {
  /** `/dev/null`, to read. */
  readonly nothing: number;
  /** By stage: `/dev/null` to write, where a stream leads there. */
  readonly nowhere: readonly (number | undefined)[];
  /** By stage: the seccomp program that its launcher reads; an offset of its own for each. */
  readonly seccomp: readonly (number | undefined)[];
  /** All of them. */
  readonly all: readonly number[];
};

/** Opens what the stages need. Closes the pipes, too, when it throws. */
export const openFor = (stages: readonly PreparedStage[], pipes: readonly KernelPipe[]): Opened => {
  const all: number[] = [];
  const open = (path: string, flags: number): number => {
    const descriptor = openSync(path, flags);
    all.push(descriptor);
    return descriptor;
  };
  try {
    const nothing = open("/dev/null", constants.O_RDONLY);
    const nowhere = stages.map(({ streams }) =>
      streams.stdout === "null" || streams.stderr === "null" ? open("/dev/null", constants.O_WRONLY) : undefined,
    );
    const seccomp = stages.map((stage) =>
      stage.kind === "process" && stage.launcher.holds !== undefined
        ? open(stage.launcher.holds.seccomp, constants.O_RDONLY)
        : undefined,
    );
    return { nothing, nowhere, seccomp, all };
  } catch (cause) {
    for (const descriptor of all) closeSync(descriptor);
    for (const pipe of pipes) closePipe(pipe);
    throw cause;
  }
};

/** What becomes 0, 1 and 2 of a stage; nothing is read where `stdin` is undefined. */
export type StageEnds = { readonly stdin: number | undefined; readonly stdout: number; readonly stderr: number };

/** Where a stage's streams lead, as descriptors. Each end of a pipe is one stage's alone. */
export const endsOf = (
  { stdin, stdout, stderr }: Streams,
  stage: number,
  { outputs, errors }: LaidPipes,
  { nowhere }: Opened,
  to: Destinations,
): StageEnds => {
  const ends = {
    output: outputs[stage]?.write ?? to.sink,
    errors: errors[stage]?.write ?? to.errors,
    null: nowhere[stage],
  };
  const [output, error] = [ends[stdout], ends[stderr]];
  if (output === undefined || error === undefined) throw new Error("a stream that leads to nothing");
  return { stdin: stdin === "pipe" ? outputs[stage - 1]?.read : undefined, stdout: output, stderr: error };
};
