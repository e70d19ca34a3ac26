import { closeSync, constants, openSync } from "node:fs";
import { heldChild } from "./confine/held-child.js";
import { closePipe, type KernelPipe } from "./fifo-pool.js";
import type { PreparedStage } from "./prepare-stage.js";
import { type Child, spawnStage } from "./spawn-stage.js";

/** The processes of a run and the descriptors that this process reads. */
export type Wired = {
  readonly children: readonly [Child, ...Child[]];
  /** Read end of the last stage's output; undefined when that goes elsewhere. */
  readonly output: number | undefined;
  /** Read ends of the error streams, one per stage. */
  readonly errors: readonly number[];
};

/** How many pipes `wireStages` needs: for each stage's output, for its error stream, and for what its launcher tells. */
export const pipesFor = (stages: readonly PreparedStage[]): number =>
  2 * stages.length + stages.filter(({ launcher }) => launcher.holds !== undefined).length;

/**
 * Starts the stages, each stage's output joined to the next one's input by a kernel pipe.
 *
 * INVARIANT: nothing is awaited in here. Every descriptor exists before the first process does, and this process
 * closes its copies of the children's ends only after the last one has started: no stage can see an early end of file.
 *
 * @param pipes as many as `pipesFor` says; they belong to this function, which closes them all when it throws
 * @param sink descriptor for the last stage's output, when it is not to be read here
 */
export const wireStages = (
  stages: readonly [PreparedStage, ...PreparedStage[]],
  pipes: readonly KernelPipe[],
  sink: number | undefined,
): Wired => {
  const outputs = pipes.slice(0, stages.length);
  const errors = pipes.slice(stages.length, 2 * stages.length);
  const tellings = pipes.slice(2 * stages.length);
  const opened = openAll(stages, pipes);
  let held = 0;
  const start = (stage: PreparedStage, index: number): Child => {
    const isLast = index === stages.length - 1;
    const stdin = index === 0 ? opened.nothing : end(outputs[index - 1]).read;
    const stdout = isLast && sink !== undefined ? sink : end(outputs[index]).write;
    const streams = { stdin, stdout, stderr: end(errors[index]).write };
    const request = { ...stage, launcher: stage.launcher.words, ...streams };
    const seccomp = opened.seccomp[index];
    if (seccomp === undefined) return spawnStage(request);
    const telling = end(tellings[held++]);
    return heldChild(spawnStage({ ...request, further: [seccomp, telling.write] }), telling.read);
  };
  const [first, ...rest] = stages;
  const children: [Child, ...Child[]] = [start(first, 0), ...rest.map((stage, index) => start(stage, index + 1))];
  closeAll(opened);
  for (const pipe of pipes) closeSync(pipe.write);
  for (const pipe of outputs.slice(0, -1)) closeSync(pipe.read);
  const output = end(outputs.at(-1)).read;
  if (sink !== undefined) closeSync(output);
  return { children, output: sink === undefined ? output : undefined, errors: errors.map((pipe) => pipe.read) };
};

/** `/dev/null`, and by stage the seccomp program that its launcher reads: an offset of its own for each. */
type Opened = { readonly nothing: number; readonly seccomp: readonly (number | undefined)[] };

const openAll = (stages: readonly PreparedStage[], pipes: readonly KernelPipe[]): Opened => {
  const all: number[] = [];
  const open = (path: string): number => {
    const descriptor = openSync(path, constants.O_RDONLY);
    all.push(descriptor);
    return descriptor;
  };
  try {
    const seccomp = stages.map(({ launcher: { holds } }) => (holds === undefined ? undefined : open(holds.seccomp)));
    return { nothing: open("/dev/null"), seccomp };
  } catch (cause) {
    for (const descriptor of all) closeSync(descriptor);
    for (const pipe of pipes) closePipe(pipe);
    throw cause;
  }
};

const closeAll = ({ nothing, seccomp }: Opened): void => {
  for (const descriptor of [nothing, ...seccomp]) if (descriptor !== undefined) closeSync(descriptor);
};

const end = (pipe: KernelPipe | undefined): KernelPipe => {
  if (pipe === undefined) throw new Error("fewer pipes than stages need");
  return pipe;
};
