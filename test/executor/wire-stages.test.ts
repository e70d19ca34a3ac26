import { closeSync, readFileSync, readSync, writeSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { closePipe, type KernelPipe } from "../../src/executor/fifo-pool.js";
import { closeInheritedDescriptors } from "../../src/executor/inherited-descriptors.js";
import { pipesFor } from "../../src/executor/stage-ends.js";
import { wireStages } from "../../src/executor/wire-stages.js";
import { DEFAULT_STREAMS, type Sink, type Streams } from "../../src/plan/streams.js";
import { asByBash, byBash, sortedLines } from "./by-bash.js";
import { descriptors } from "./leftovers.js";
import { READ_HERE, type Workbench, wiredRun, workbench } from "./wired-run.js";

const source = ["wire-stages", "stage-ends"]
  .map((name) => readFileSync(new URL(`../../src/executor/${name}.ts`, import.meta.url), "utf8"))
  .join("\n");
let bench: Workbench;
let before: readonly string[];

beforeAll(async () => {
  closeInheritedDescriptors();
  bench = workbench();
  await bench.pool.take(1).then((pipes) => pipes.forEach(closePipe));
  before = descriptors();
});

afterAll(() => {
  expect(descriptors()).toEqual(before);
  bench.remove();
});

const SINKS: readonly Sink[] = ["output", "errors", "null"];

/** How bash is told where output leads, then the error stream. */
const WRITTEN: Readonly<Record<Sink, Readonly<Record<Sink, string>>>> = {
  output: { output: "2>&1", errors: "", null: "2>/dev/null" },
  errors: { output: "3>&1 1>&2 2>&3 3>&-", errors: ">&2", null: ">&2 2>/dev/null" },
  null: { output: "2>&1 >/dev/null", errors: ">/dev/null", null: ">/dev/null 2>&1" },
};

const writtenAs = ({ stdin, stdout, stderr }: Streams): string =>
  `${stdin === "null" ? "</dev/null " : ""}${WRITTEN[stdout][stderr]}`;

type Written = readonly [program: string, args: readonly string[], streams: Partial<Streams>];

const textOf = (stages: readonly Written[]): string =>
  stages.map(([program, args, streams]) => [program, ...args, writtenAs(all(streams))].join(" ")).join(" | ");

const byUs = async ([first, ...rest]: readonly [Written, ...Written[]]) => {
  const stage = ([program, args, streams]: Written) => bench.stage(program, args, streams);
  return asByBash(await wiredRun(bench, [stage(first), ...rest.map(stage)]));
};

const all = (streams: Partial<Streams>): Streams => ({ ...DEFAULT_STREAMS, ...streams });

const forms = SINKS.flatMap((stdout) => SINKS.map((stderr) => ({ stdout, stderr })));

describe("wireStages", () => {
  it("awaits nothing between two starts", () => {
    const code = source.replace(/\/\*\*.*?\*\/|\/\/[^\n]*/gs, "");
    expect(code).not.toMatch(/\b(await|async|then|setTimeout|setImmediate|nextTick)\b/);
  });

  it("keeps only the ends that are read here", async () => {
    const stage = bench.stage("exits-unread");
    const stages = [stage, { ...stage, streams: all({ stdin: "null", stderr: "null" }) }, stage] as const;
    const wired = wireStages(stages, await bench.pool.take(pipesFor(stages, READ_HERE)), READ_HERE);
    expect(wired.errors.length).toBe(3);
    expect(descriptors().length).toBe(before.length + 4);
    await Promise.all(wired.children.map(({ exit }) => exit));
    for (const each of [wired.output ?? -1, ...wired.errors]) closeSync(each);
    expect(descriptors()).toEqual(before);
  });

  it.each(forms)("leads output to $stdout and the error stream to $stderr as bash does", async (streams) => {
    const pipelines: readonly (readonly [Written, ...Written[]])[] = [
      [["both-streams", ["a", "3"], streams]],
      [
        ["both-streams", ["a", "3"], streams],
        ["both-streams", ["b"], {}],
      ],
      [
        ["both-streams", ["a"], {}],
        ["both-streams", ["b", "4"], streams],
        ["both-streams", ["c"], streams],
      ],
    ];
    for (const stages of pipelines) expect(await byUs(stages)).toEqual(byBash(bench, textOf(stages)));
  });

  it("gives a stage that reads nothing /dev/null, and its producer SIGPIPE, as bash does", async () => {
    const stages: readonly [Written, ...Written[]] = [
      ["flood", ["output"], {}],
      ["both-streams", ["b"], { stdin: "null" }],
    ];
    const ended = await byUs(stages);
    expect(ended).toEqual(byBash(bench, textOf(stages)));
    expect(ended.statuses).toBe("141 0");
  });

  it.each([{ stdout: "null" }, { stdout: "errors" }, { stdout: "null", stderr: "null" }] as const)(
    "lets the next stage see the end at once where nothing leads to it: %o",
    async (streams) => {
      const stages = [bench.stage("never-reads", [], streams), bench.stage("wc", ["-c"])] as const;
      const ended = await wiredRun(bench, stages, READ_HERE, ({ children: [first, second] }) => {
        void second?.exit.then(() => first.signal("SIGTERM"));
      });
      expect(ended).toEqual({
        output: "0\n",
        errors: ["", ""],
        exits: [
          { kind: "signalled", signal: "SIGTERM" },
          { kind: "exited", code: 0 },
        ],
      });
    },
  );

  it("writes to the descriptors that it is given, and leaves them open", async () => {
    const pipes = await bench.pool.take(2);
    const [sink, errors] = [end(pipes[0]), end(pipes[1])];
    const stages = [bench.stage("both-streams", ["a"]), bench.stage("both-streams", ["b"])] as const;
    const to = { sink: sink.write, errors: errors.write };
    expect(pipesFor(stages, to)).toBe(1);
    const ended = await wiredRun(bench, stages, to);
    expect(ended).toMatchObject({ output: "", errors: [] });
    writeSync(sink.write, "still open\n");
    writeSync(errors.write, "still open\n");
    expect(waiting(sink)).toBe("b a out\nb out\nstill open\n");
    expect(sortedLines(waiting(errors))).toEqual(["a err", "b err", "still open"]);
    for (const pipe of pipes) closePipe(pipe);
  });

  it.each(forms.filter(({ stdout, stderr }) => stdout !== "null" || stderr !== "null"))(
    "gives a stage three descriptors and no other: %o",
    async ({ stdout, stderr }) => {
      const words = stdout === "null" ? ["error"] : [];
      const stage = (stdin: "pipe" | "null") => bench.stage("print-process", words, { stdin, stdout, stderr });
      for (const stages of [
        [stage("pipe"), bench.stage("cat")],
        [bench.stage("true"), stage("pipe"), bench.stage("cat")],
        [bench.stage("true"), stage("null")],
      ] as const) {
        const { output, errors } = await wiredRun(bench, stages);
        const at = stages.findIndex(({ name }) => name === "print-process");
        const reads = at > 0 && stages[at]?.streams.stdin === "pipe" ? "fifo" : "null";
        const kind = (sink: Sink) => (sink === "null" ? "null" : "fifo");
        const view = JSON.parse(output === "" ? (errors[at] ?? "") : output);
        expect(view.descriptors).toEqual({ 0: reads, 1: kind(stdout), 2: kind(stderr) });
      }
    },
  );
});

const end = (pipe: KernelPipe | undefined): KernelPipe => {
  if (pipe === undefined) throw new Error("no pipe");
  return pipe;
};

const waiting = ({ read }: KernelPipe): string => {
  const bytes = Buffer.alloc(1000);
  return bytes.toString("utf8", 0, readSync(read, bytes));
};
