import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Streams } from "../../../src/plan/streams.js";
import { asByBash, byBash } from "../by-bash.js";
import { type Workbench, wiredRun, workbench } from "../wired-run.js";
import { spawnItems, xargsStage } from "./xargs-stage.js";

type Case = {
  /** What `printf %b` makes of this is the input. */
  readonly input: string;
  readonly words: readonly string[];
  readonly streams?: Partial<Streams>;
  /** As bash is told them. */
  readonly redirections?: string;
  readonly behind?: readonly string[];
};

const CASES: readonly Case[] = [
  { input: "a b\\nc d\\n", words: ["echo", "x"] },
  { input: "a b\\nc d\\n", words: ["-n", "1", "echo"] },
  { input: "a b\\nc d\\n", words: ["-L", "1", "echo"] },
  { input: "a b\\nc d\\n", words: ["-I", "@", "echo", "<@>", "@"] },
  { input: "a\\0000b c\\0000", words: ["-0", "-n", "1", "echo"] },
  { input: "", words: ["echo", "nothing"] },
  { input: "", words: ["-r", "echo", "nothing"] },
  { input: "", words: ["-I", "@", "echo", "@"] },
  { input: "a b c", words: [] },
  { input: "a b c", words: ["-n", "1", "-t", "echo", "it is"] },
  { input: "2 0 4", words: ["-n", "1", "both-streams", "x"] },
  { input: "0 255 4", words: ["-n", "1", "both-streams", "x"] },
  { input: "b a", words: ["-n", "1", "both-streams"], behind: ["sort"] },
  {
    input: "b a",
    words: ["-n", "1", "both-streams"],
    streams: { stderr: "output" },
    redirections: "2>&1",
    behind: ["sort"],
  },
  {
    input: "b a",
    words: ["-n", "1", "-t", "both-streams"],
    streams: { stderr: "output" },
    redirections: "2>&1",
    behind: ["cat"],
  },
  {
    input: "b a",
    words: ["-n", "1", "-t", "both-streams"],
    streams: { stdout: "null" },
    redirections: ">/dev/null",
    behind: ["cat"],
  },
  {
    input: "b a",
    words: ["-n", "1", "-t", "both-streams"],
    streams: { stdout: "errors", stderr: "null" },
    redirections: ">&2 2>/dev/null",
    behind: ["cat"],
  },
  { input: "100000 200000", words: ["-n", "1", "seq"], behind: ["head", "-n", "1"] },
];

let bench: Workbench;

beforeAll(() => {
  bench = workbench();
});

afterAll(() => bench.remove());

const textOf = ({ input, words, redirections = "", behind = [] }: Case): string =>
  [
    `printf %b '${input}' | xargs`,
    ...words.map((word) => `'${word}'`),
    redirections,
    ...(behind.length === 0 ? [] : ["|"]),
    ...behind,
  ].join(" ");

describe("xargsChild", () => {
  it.each(CASES.map((each) => [textOf(each), each] as const))("does what GNU xargs does: %s", async (text, each) => {
    const { input, words, streams = {}, behind: [program, ...args] = [] } = each;
    const stages = [
      bench.stage("printf", ["%b", input]),
      xargsStage(words, { runItem: spawnItems(bench), streams }),
      ...(program === undefined ? [] : [bench.stage(program, args)]),
    ] as const;
    expect(asByBash(await wiredRun(bench, stages))).toEqual(byBash(bench, text));
  });

  it("reads nothing where bash's reads nothing, and its producer gets SIGPIPE", async () => {
    const stages = [
      bench.stage("flood", ["output"]),
      xargsStage(["both-streams", "x"], { runItem: spawnItems(bench), streams: { stdin: "null" } }),
    ] as const;
    const ended = asByBash(await wiredRun(bench, stages));
    expect(ended).toEqual({ output: ["x out"], errors: ["x err"], statuses: "141 0" });
    expect(ended).toEqual(byBash(bench, "flood output | xargs both-streams x </dev/null"));
  });
});
