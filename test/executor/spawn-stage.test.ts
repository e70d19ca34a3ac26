import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createEngine } from "../../src/engine.js";
import { closeInheritedDescriptors } from "../../src/executor/inherited-descriptors.js";
import { planArgv } from "../../src/plan/plan-argv.js";
import { MAX_ARGUMENT_BYTES, MAX_ARGV_BYTES } from "../../src/plan/sizes.js";
import { judge } from "../../src/policy/judge.js";
import { type Bench, benchMachine } from "./bench-machine.js";

let bench: Bench;

beforeAll(() => {
  closeInheritedDescriptors();
  bench = benchMachine({ maxOutput: 4_000_000 });
});

afterAll(() => bench.remove());

/** The argv that is approved for these words, and the argv that the program got. */
const approvedAndReceived = async (words: readonly string[]) => {
  const argv = ["print-argv", ...words] as const;
  const approved = judge(planArgv(argv), bench.book).stages[0]?.argv;
  const call = { milliseconds: 10_000, signal: new AbortController().signal, sink: undefined };
  const answer = await bench.engine.runArgv(argv, call);
  if (answer.kind !== "ran" || answer.result.kind !== "run") throw new Error(JSON.stringify(answer));
  return { approved, received: answer.result.output.text.split("\0").slice(0, -1) };
};

const word = fc.oneof(
  fc.string({ unit: "binary", maxLength: 40 }).filter((text) => !text.includes("\0")),
  fc.constantFrom(
    "",
    "\n",
    "-",
    "--",
    "-x",
    "$(id)",
    "`id`",
    "; id",
    "a b",
    "'",
    '"',
    "\\",
    "*",
    "~",
    "\u2028",
    "é",
    "😀",
  ),
);

describe("spawnStage", () => {
  it("gives the program the words that were approved, byte for byte", async () => {
    const any = fc.record({ options: fc.array(word, { maxLength: 2 }), words: fc.array(word, { maxLength: 6 }) });
    await fc.assert(
      fc.asyncProperty(any, async ({ options, words }) => {
        const written = [...options.map((value) => `--text=${value}`), "--", ...words];
        const { approved, received } = await approvedAndReceived(written);
        expect(received).toEqual([`${bench.programs}/print-argv`, ...(approved?.slice(1) ?? [])]);
        expect(received.slice(words.length === 0 ? 1 : -words.length)).toEqual(
          words.length === 0 ? options.map((value) => `--text=${value}`) : words,
        );
      }),
      { numRuns: 60, endOnFailure: true },
    );
  });

  it("starts what the plan's sizes admit", async () => {
    const longest = "x".repeat(MAX_ARGUMENT_BYTES - 1);
    const most = Array<string>(Math.floor((MAX_ARGV_BYTES - 100) / (longest.length + 1))).fill(longest);
    expect((await approvedAndReceived(["--", ...most])).received.slice(2)).toEqual(most);
    const many = Array<string>(20_000).fill("x");
    expect((await approvedAndReceived(["--", ...many])).received.slice(2)).toEqual(many);
  });
});

describe("a stage", () => {
  const views = async (text: string) =>
    (await bench.run(text)).output.text
      .split("\n")
      .filter(Boolean)
      .map((line) => JSON.parse(line));

  it("has three descriptors, a session of its own, nothing around it and six variables", async () => {
    const { directories } = bench.machine;
    const [view] = await views("print-process");
    const { AWSPIPE_RUN: run, ...environment } = view.environment;
    expect(run).toMatch(/^[\w-]{12}$/);
    expect(environment).toEqual({
      LC_ALL: "C.UTF-8",
      HOME: directories.empty,
      PATH: directories.path,
    });
    const isRoot = process.getuid?.() === 0;
    expect(view).toEqual({
      argv: [`${bench.programs}/print-process`],
      environment: view.environment,
      argv0: expect.stringMatching(/^\/.*python3/),
      descriptors: { 0: "null", 1: "fifo", 2: "fifo" },
      leadsSession: true,
      directory: directories.empty,
      here: isRoot ? "not allowed" : [],
      home: isRoot ? "not allowed" : [],
      user: isRoot ? 65534 : process.getuid?.(),
      noNewPrivileges: true,
      signalsBlocked: "0000000000000000",
    });
  });

  it("has pipes on both sides in the middle of a pipeline", async () => {
    const [view] = await views("echo hi | print-process | cat");
    expect(view.descriptors).toEqual({ 0: "fifo", 1: "fifo", 2: "fifo" });
  });

  it("gets the operator's time zone and none of its other variables", async () => {
    const other = benchMachine({ operator: { TZ: "UTC-3", LANG: "de", AWS_SECRET_ACCESS_KEY: "s", LD_PRELOAD: "x" } });
    const run = await other.run("print-process");
    other.remove();
    const { environment } = JSON.parse(run.output.text);
    expect(Object.keys(environment).sort()).toEqual(["AWSPIPE_RUN", "HOME", "LC_ALL", "PATH", "TZ"]);
  });

  it("can open its input and its output by name while both ends live", async () => {
    // A filter that belongs to another user may not: the pipe's inode is the server's.
    const plain = {
      ...bench.machine,
      confinement: async () => ({
        ...(await bench.machine.confinement()),
        unconfined: { aws: none, utility: none, utilityWithFiles: none },
      }),
    };
    const engine = createEngine({ ...bench.settings, book: bench.book, machine: plain, seals: bench.seals });
    const call = { milliseconds: 10_000, signal: new AbortController().signal, sink: undefined };
    const answer = await engine.run("flood output 3000000 | reopens | wc -c", call);
    expect(answer).toMatchObject({ kind: "ran", result: { kind: "run", output: { text: "3000000\n" } } });
  });
});

const none = { words: [], enforces: [] };
