import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { closeInheritedDescriptors } from "../../../src/executor/inherited-descriptors.js";
import type { CompletedRun } from "../../../src/executor/run-result.js";
import type { Exit } from "../../../src/executor/spawn-stage.js";
import { type Bench, benchMachine } from "../bench-machine.js";
import { expectNothingLeft, leftovers } from "../leftovers.js";
import { BACKEND } from "./confined.js";

const DEADLINE = 1500;
/** What ending may take past a limit: the grace period, giving back what was used, processors that are busy. */
const LATER = 2000;
/** What a call may take meanwhile; alone it takes a tenth of this. */
const MEANWHILE = 750;

/** The deadline ends whatever it is on the one, limits of the process come first on the other. */
let bench: Bench;
let patient: Bench;

beforeAll(async () => {
  closeInheritedDescriptors();
  const settings = { sandbox: "auto", backends: [BACKEND] } as const;
  bench = benchMachine({ ...settings, milliseconds: DEADLINE });
  patient = benchMachine({ ...settings, milliseconds: 20_000 });
  const bomb = gzipSync(Buffer.alloc(BOMB)).toString("base64");
  for (const each of [bench, patient]) {
    writeFileSync(join(each.machine.workspace, "bomb.b64"), bomb);
    await each.run(SMALL);
  }
});

afterAll(() => {
  bench?.remove();
  patient?.remove();
});

const SMALL = "echo hi | wc -c";

/** 50 MB of zeros in 51 KB. */
const BOMB = 50_000_000;

/** Endless for all that a call lives to see. */
const ENDLESS = "seq 999999999999999";

describe(`a call that uses up what it can, held by ${BACKEND}`, () => {
  it.each([
    ENDLESS,
    "jq -n 'range(infinite)'",
    "echo x | sed ':a;p;ba'",
    "gawk 'BEGIN { while (1) print \"x\" }'",
    "base64 -d bomb.b64 | gunzip",
    "base64 -d bomb.b64 | gunzip | sort",
    "printf '7fffffff: 41\\n' | xxd -r",
    "printf 'ffffffffffff: 41\\n' | xxd -r",
  ])("is ended when its output is more than is kept: %s", async (text) => {
    const { run } = await watched(bench, text);
    const { dropped, spool, bytes } = run.output;
    expect([run.ending, outcome(run.stages.at(-1)?.exit), dropped?.exact]).toEqual(["output-full", "ended", false]);
    expect(bytes).toBeLessThan(bench.settings.maxSpool + 128 * 1024);
    expect(spool).toBeDefined();
    expect(run.milliseconds).toBeLessThan(DEADLINE);
  });

  it.each([
    "jq -n '[limit(1000000000; repeat(\"x\"))] | add'",
    "jq -n 'last(range(1000000000))'",
    "printf '%059d' 0 | grep -E '^(00+)\\1+$'",
    "printf '%059d' 0 | sed -E 's/^(00+)\\1+$/x/'",
    "echo x | sed ':a;s/^/x/;ba'",
    "gawk 'BEGIN { while (1) ; }'",
    `${ENDLESS} | tail -n 1`,
  ])("is ended by the deadline, and nobody waits for it: %s", async (text) => {
    const { run, latencies } = await watched(bench, text);
    // Those behind the first to end may end by themselves.
    expect([run.ending, run.stages.map(({ exit }) => outcome(exit))]).toEqual([
      "deadline",
      expect.arrayContaining(["ended"]),
    ]);
    expect(run.milliseconds).toBeGreaterThan(DEADLINE - 200);
    expect(run.milliseconds).toBeLessThan(DEADLINE + LATER);
    expect(median(latencies)).toBeLessThan(MEANWHILE);
  });

  it.each([
    "jq -n 'def f: 1 + f; f'",
    "grep -E '(((((x{1,250}){1,250}){1,250})))' bomb.b64",
    `${ENDLESS} | sort | head -n 1`,
    `${ENDLESS} | tac | head -n 1`,
    `${ENDLESS} | shuf | head -n 1`,
    `${ENDLESS} | gawk '{ a[NR] = $0 }'`,
    `${ENDLESS} | jq -s length`,
    `${ENDLESS} | tr -d '\\n' | grep x`,
  ])("is ended by the deadline or by a limit, whichever comes first: %s", async (text) => {
    const { run, latencies } = await watched(bench, text);
    expect(["deadline", "finished"]).toContain(run.ending);
    expect(run.stages.map(({ exit }) => outcome(exit))).not.toEqual(run.stages.map(() => 0));
    expect(run.milliseconds).toBeLessThan(DEADLINE + LATER);
    expect(median(latencies)).toBeLessThan(MEANWHILE);
  });

  it("is ended by the deadline among others of its kind", async () => {
    const before = leftovers(bench);
    const loops = Promise.all(Array.from({ length: 6 }, () => bench.run("gawk 'BEGIN { while (1) ; }'")));
    const latencies = await meanwhile(bench, loops);
    expect((await loops).map(({ ending }) => ending)).toEqual(Array(6).fill("deadline"));
    expect(median(latencies)).toBeLessThan(MEANWHILE);
    await expectNothingLeft(bench, before);
  });

  it("is ended by the limit of memory, and its last words say so", async () => {
    const { run } = await watched(patient, `gawk 'BEGIN { x = "y"; while (1) x = x x }'`);
    expect([run.ending, run.stages.map(({ exit }) => outcome(exit))]).toEqual(["finished", [2]]);
    expect(run.stages[0].stderr).toContain("cannot allocate");
    const other = await watched(patient, `jq -n 'reduce range(64) as $i ("x"; . + .) | length'`);
    expect([other.run.ending, other.run.stages.map(({ exit }) => outcome(exit))]).toEqual(["finished", ["ended"]]);
    expect(other.run.stages[0].stderr).toContain("cannot allocate memory");
  });

  it("is ended by the limit of a file's size", async () => {
    const { run } = await watched(patient, `${ENDLESS} | tac | head -n 1`);
    expect([run.ending, run.stages[1]?.exit]).toEqual(["finished", { kind: "signalled", signal: "SIGXFSZ" }]);
  });

  it("gets all of a small answer that took much to find", async () => {
    const { run } = await watched(patient, "base64 -d bomb.b64 | gunzip | wc -c");
    expect([run.ending, run.output.text]).toEqual(["finished", `${BOMB}\n`]);
  });
});

/** Runs a text while small calls of the same engine are timed; nothing is left of any. */
const watched = async (on: Bench, text: string) => {
  const before = leftovers(on);
  const running = on.run(text);
  const latencies = await meanwhile(on, running);
  const run: CompletedRun = await running;
  await expectNothingLeft(on, before);
  return { run, latencies };
};

/** Milliseconds of small calls, one after the other, until a promise settles. */
const meanwhile = async (on: Bench, running: Promise<unknown>): Promise<readonly number[]> => {
  const latencies: number[] = [];
  let over = false;
  const done = running.finally(() => {
    over = true;
  });
  while (!over) {
    const started = performance.now();
    const { ending, output } = await on.run(SMALL);
    latencies.push(performance.now() - started);
    expect([ending, output.text]).toEqual(["finished", "3\n"]);
    await Promise.race([done, new Promise((resolve) => setTimeout(resolve, 100))]);
  }
  return latencies;
};

/** Its status, or that a signal ended it: which one depends on who was first. */
const outcome = (exit: Exit | undefined): number | string => (exit?.kind === "exited" ? exit.code : "ended");

const median = (numbers: readonly number[]): number => [...numbers].sort((a, b) => a - b)[numbers.length >> 1] ?? 0;
