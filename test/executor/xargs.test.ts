import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { closeInheritedDescriptors } from "../../src/executor/inherited-descriptors.js";
import type { CompletedRun } from "../../src/executor/run-result.js";
import { type Bench, benchMachine } from "./bench-machine.js";
import { asByBash, byBash } from "./by-bash.js";
import { BACKEND } from "./confine/confined.js";
import { expectNothingLeft, isAlive, type Leftovers, leftovers } from "./leftovers.js";

let bench: Bench;
let before: Leftovers;

const start = async (settings: Parameters<typeof benchMachine>[0] = {}): Promise<void> => {
  bench = benchMachine({ milliseconds: 10_000, ...settings });
  await bench.run("echo warm");
  before = leftovers(bench);
};

const again = async (settings: Parameters<typeof benchMachine>[0]): Promise<void> => {
  bench.remove();
  await start(settings);
};

beforeAll(closeInheritedDescriptors);

beforeEach(() => start());

afterEach(async () => {
  await expectNothingLeft(bench, before);
  bench.remove();
});

const endOf = ({ ending, stages, output }: CompletedRun) => ({
  ending,
  exits: stages.map(({ name, exit, runs }) =>
    [name, exit.kind === "exited" ? exit.code : exit.kind === "signalled" ? exit.signal : "", runs ?? []]
      .flat()
      .join(" "),
  ),
  output: output.text,
});

describe("runPipeline with xargs", () => {
  it.each([
    "seq 5 | xargs echo a",
    "seq 5 | xargs -n 2 echo | tac",
    "seq 5 | xargs -I @ echo '<@>' | sort -r",
    "seq 3 | xargs -n 1 both-streams 2>&1 | sort",
    "seq 3 | xargs -n 1 -t both-streams 2>/dev/null | wc -l",
    "seq 3 | xargs -n 1 -t echo >/dev/null",
    "seq 0 3 | xargs -n 1 exits-unread",
    "printf '0 255 1' | xargs -n 1 exits-unread",
    "true | xargs echo nothing",
    "true | xargs -r echo nothing",
    "seq 3 | xargs -n 1 seq | xargs -n 2 echo | xargs",
    "flood output | xargs both-streams x </dev/null",
    "echo output | xargs flood | head -n 2",
    "xargs echo alone",
  ])("does what bash does: %s", async (text) => {
    const { stages, output } = await bench.run(text);
    const errors = stages.map(({ stderr }) => stderr);
    const exits = stages.map(({ exit }) => exit);
    expect(asByBash({ output: output.text, errors, exits })).toEqual(byBash(bench, text));
  });

  it("gives a run's process three descriptors and no other", async () => {
    for (const [redirection, kinds] of [
      ["", ["fifo", "fifo"]],
      ["2>&1", ["fifo", "fifo"]],
      ["2>/dev/null", ["fifo", "null"]],
    ] as const) {
      const { output } = await bench.run(`echo x | xargs print-process ${redirection} | cat`);
      const [one, two] = kinds;
      expect(JSON.parse(output.text).descriptors).toEqual({ 0: "null", 1: one, 2: two });
    }
  });

  it("judges each command again and stops at one that is refused", async () => {
    const run = await bench.run("printf 'a b -c d' | xargs -n 1 echo | cat");
    expect(endOf(run)).toEqual({ ending: "finished", exits: ["printf 0", "xargs 1 2", "cat 0"], output: "a\nb\n" });
    expect(run.stages[1]?.stopped).toMatchObject({ code: "expansion-dash", item: "echo -c" });
    expect(run.stages[1]?.stderr).toBe(`xargs: ${run.stages[1]?.stopped?.message}\n`);
  });

  it("holds its runs in as any other stage, and they lead where they should", async () => {
    await again({ sandbox: "auto", backends: [BACKEND] });
    const run = await bench.run("seq 3 | xargs -n 1 -P 2 -t echo 2>&1 | sort -u");
    expect(run.output.text).toBe("1\n2\n3\necho 1\necho 2\necho 3\n");
    expect(run.stages[1]?.enforced).toEqual(expect.arrayContaining(["no-network", "no-new-processes"]));
    const early = await bench.run("printf '100000 200000' | xargs -n 1 seq 2>/dev/null | head -n 1");
    expect(endOf(early)).toEqual({ ending: "finished", exits: ["printf 0", "xargs 125 1", "head 0"], output: "1\n" });
  });

  it("says what held every stage in", async () => {
    const { enforced, stages } = await bench.run("echo x | xargs echo");
    expect([enforced, stages[1]?.enforced]).toEqual([stages[0]?.enforced, stages[0]?.enforced]);
    expect((await bench.run("true | xargs -r echo")).enforced).toEqual(stages[0]?.enforced);
  });

  it("runs no more at once than the server's calls may", async () => {
    await again({ concurrency: 2 });
    const started = performance.now();
    const text = "printf '0.3 0.3 0.3 0.3' | xargs -n 1 -P 0 slow-hello";
    expect(endOf(await bench.run(text))).toMatchObject({ exits: ["printf 0", "xargs 0 4"] });
    expect(performance.now() - started).toBeGreaterThan(600);
  });

  it("is stopped at the deadline in the middle, with what it runs", async () => {
    await again({ milliseconds: 1500, graceMilliseconds: 100 });
    const run = await bench.run("printf '0 60 0' | xargs -n 1 -P 2 slow-hello | cat");
    expect(endOf(run)).toEqual({
      ending: "deadline",
      exits: ["printf 0", expect.stringMatching(/^xargs SIGTERM [23]$/), "cat SIGTERM"],
      output: expect.stringMatching(/^(hello\n){1,2}$/),
    });
    expect(run.milliseconds).toBeLessThan(3500);
    expect(run.stages[1]?.stopped).toBeUndefined();
  });

  it("kills what ignores TERM after the grace period", async () => {
    await again({ milliseconds: 1000, graceMilliseconds: 300 });
    const run = await bench.run("echo x | xargs ignores-term");
    expect(endOf(run)).toEqual({ ending: "deadline", exits: ["echo 0", "xargs SIGTERM 1"], output: "ready\n" });
    expect(run.milliseconds).toBeGreaterThanOrEqual(1290);
    expect(run.milliseconds).toBeLessThan(4000);
  });

  it("ends when the signal fires, while it waits for items and while it runs them", async () => {
    const waiting = await bench.run("never-reads | xargs echo", AbortSignal.timeout(300));
    expect(endOf(waiting)).toMatchObject({ ending: "cancelled", exits: ["never-reads SIGTERM", "xargs SIGTERM 0"] });
    const running = await bench.run("seq 9 | xargs -n 1 -P 3 never-reads", AbortSignal.timeout(500));
    expect(endOf(running)).toMatchObject({ ending: "cancelled", exits: ["seq 0", "xargs SIGTERM 3"] });
  });

  it("ends when the output is full, and keeps what fits in one file", async () => {
    await again({ maxOutput: 1600, maxSpool: 200_000 });
    const run = await bench.run("echo output | xargs flood");
    expect(endOf(run)).toMatchObject({
      ending: "output-full",
      exits: ["echo 0", expect.stringMatching(/^xargs SIGTERM/)],
    });
    expect(run.output.dropped?.exact).toBe(false);
  });

  it("begins no more when its consumer has gone", async () => {
    const run = await bench.run("seq 900 | xargs -n 1 echo | head -n 1");
    expect(run.stages.map(({ exit }) => exit)).toEqual([
      { kind: "exited", code: 0 },
      { kind: "exited", code: 125 },
      { kind: "exited", code: 0 },
    ]);
    expect(run.stages[1]?.runs).toBeLessThan(100);
  });

  it("leaves nothing behind after 300 runs, some at once, however they end", async () => {
    const cancelled = () => AbortSignal.timeout(200);
    const ways = [
      () => bench.run("seq 3 | xargs -n 1 -P 3 -t both-streams 2>&1 | sort"),
      () => bench.run("seq 20 | xargs -n 1 both-streams 2>/dev/null | head -n 1"),
      () => bench.run("printf 'a -b c' | xargs -n 1 echo >&2"),
      () => bench.run("flood output | xargs both-streams x </dev/null 2>&1 >/dev/null"),
      () => bench.attempt("seq 3 | xargs -n 1 never-reads | cat", cancelled()),
      () => bench.attempt("never-reads >/dev/null | xargs -r echo 2>/dev/null", cancelled()),
    ];
    for (let count = 0; count < 50; count += 1) await Promise.all(ways.map((way) => way()));
    await expectNothingLeft(bench, before);
  });

  it("leaves no process of its runs behind", async () => {
    for (const way of ["in-group", "own-session", "detached"]) {
      const { output } = await bench.run(`echo ${way} | xargs leaves-grandchild`);
      await expect.poll(() => isAlive(Number(output.text))).toBe(false);
    }
  });
});
