import { closeSync } from "node:fs";
import { heldChild } from "./confine/held-child.js";
import type { KernelPipe } from "./fifo-pool.js";
import type { PreparedProcess, PreparedStage } from "./prepare-stage.js";
import { type Child, spawnStage } from "./spawn-stage.js";
import { type Destinations, endsOf, layPipes, openFor, type StageEnds } from "./stage-ends.js";
import type { XargsChild } from "./xargs/xargs-child.js";

/** The stages of a run as they run, and the descriptors that this process reads. */
export type Wired = {
  readonly children: readonly [RunningStage, ...RunningStage[]];
  /** Read end of the last stage's output; undefined when that goes elsewhere. */
  readonly output: number | undefined;
  /** Read ends of the error streams, one per stage; none when they go elsewhere. */
  readonly errors: readonly number[];
};

export type RunningStage = Child | XargsChild;

/**
 * Starts the stages, each stage's output joined to the next one's input by a kernel pipe, but for what its redirections say.
 *
 * INVARIANT: nothing is awaited in here. Every descriptor exists before the first process does, and this process
 * closes its copies of the children's ends only after the last one has started: no stage can see an early end of file.
 * The ends of a stage that is no process are its own to close.
 *
 * @param pipes as many as `pipesFor` says; they belong to this function, which closes them all when it throws
 */
export const wireStages = (
  stages: readonly [PreparedStage, ...PreparedStage[]],
  pipes: readonly KernelPipe[],
  to: Destinations,
): Wired => {
  const laid = layPipes(stages, pipes, to);
  const opened = openFor(stages, pipes);
  const tellings = laid.tellings.values();
  const handedOver = new Set<number>();
  const start = (stage: PreparedStage, index: number): RunningStage => {
    const ends = endsOf(stage.streams, index, laid, opened, to);
    if (stage.kind === "process") {
      const seccomp = opened.seccomp[index];
      const holder = seccomp === undefined ? undefined : { seccomp, telling: tellings.next().value };
      return startProcess(stage, { ...ends, stdin: ends.stdin ?? opened.nothing }, holder);
    }
    const own = [...new Set([ends.stdout, ends.stderr])].filter((each) => each !== to.sink && each !== to.errors);
    for (const each of [ends.stdin, ...own]) if (each !== undefined) handedOver.add(each);
    return stage.start({ ...ends, own });
  };
  const [first, ...rest] = stages;
  const children: [RunningStage, ...RunningStage[]] = [
    start(first, 0),
    ...rest.map((stage, index) => start(stage, index + 1)),
  ];
  const joints = laid.outputs.slice(0, stages.length - 1);
  const copies = [...opened.all, ...pipes.map(({ write }) => write), ...joints.map(({ read }) => read)];
  for (const descriptor of copies) if (!handedOver.has(descriptor)) closeSync(descriptor);
  const output = laid.outputs[stages.length - 1]?.read;
  return { children, output, errors: laid.errors.map(({ read }) => read) };
};

/** What a launcher that holds its program reads, and where it tells of its end. */
type Holder = { readonly seccomp: number; readonly telling: KernelPipe | undefined };

const startProcess = (
  { launcher, ...stage }: PreparedProcess,
  ends: StageEnds & { readonly stdin: number },
  holder: Holder | undefined,
): Child => {
  const request = { ...stage, ...ends, launcher: launcher.words };
  if (holder === undefined) return spawnStage(request);
  const { seccomp, telling } = holder;
  if (telling === undefined) throw new Error("fewer pipes than launchers tell on");
  return heldChild(spawnStage({ ...request, further: [seccomp, telling.write] }), telling.read);
};
