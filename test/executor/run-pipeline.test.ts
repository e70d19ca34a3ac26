import { execFileSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createEngine, type EngineAnswer } from "../../src/engine.js";
import type { Machine } from "../../src/executor/machine.js";
import type { CompletedRun } from "../../src/executor/run-result.js";
import { policyHash } from "../../src/policy/policy-hash.js";
import { type Bench, benchMachine } from "./bench-machine.js";
import { descriptors, expectNothingLeft, isAlive, type Leftovers, leftovers } from "./leftovers.js";

let bench: Bench;
let before: Leftovers;

const start = async (settings: Parameters<typeof benchMachine>[0] = {}): Promise<void> => {
  bench = benchMachine(settings);
  await bench.run("echo warm");
  before = leftovers(bench);
};

beforeEach(() => start({ milliseconds: 10_000 }));

afterEach(async () => {
  await expectNothingLeft(bench, before);
  bench.remove();
});

const again = async (settings: Parameters<typeof benchMachine>[0]): Promise<void> => {
  bench.remove();
  await start(settings);
};

const endOf = ({ ending, stages, output }: CompletedRun) => ({
  ending,
  exits: stages.map(({ name, exit }) =>
    exit.kind === "exited" ? `${name} ${exit.code}` : exit.kind === "signalled" ? `${name} ${exit.signal}` : name,
  ),
  output: output.text,
});

const timed = async <T>(work: Promise<T>): Promise<{ readonly value: T; readonly milliseconds: number }> => {
  const started = performance.now();
  return { value: await work, milliseconds: performance.now() - started };
};

describe("runPipeline", () => {
  it("gives every stage's exit, and a status other than 0 is not a failure", async () => {
    expect(endOf(await bench.run("echo hi | exits-unread 3 | grep nothing | wc -c"))).toEqual({
      ending: "finished",
      exits: ["echo 0", "exits-unread 3", "grep 1", "wc 0"],
      output: "0\n",
    });
  });

  it("ends a producer by SIGPIPE when its consumer exits at once", async () => {
    for (const _ of Array(20)) {
      const { value, milliseconds } = await timed(bench.run("flood output | exits-unread"));
      expect(endOf(value)).toEqual({ ending: "finished", exits: ["flood SIGPIPE", "exits-unread 0"], output: "" });
      expect(value.stages.map(({ stderr }) => stderr)).toEqual(["", ""]);
      expect(milliseconds).toBeLessThan(5000);
    }
  });

  it("ends a producer by SIGPIPE when its consumer has enough", async () => {
    expect(endOf(await bench.run("flood output | cat | head -n 1"))).toEqual({
      ending: "finished",
      exits: ["flood SIGPIPE", "cat SIGPIPE", "head 0"],
      output: "0123456789abcde\n",
    });
  });

  it("gives the consumer an end of file when the producer closes its output early", async () => {
    const run = await bench.run("slow-hello 0.2 | closes-output | cat");
    expect(endOf(run)).toEqual({
      ending: "finished",
      exits: ["slow-hello 0", "closes-output 0", "cat 0"],
      output: "early\n",
    });
    expect(run.stages[1]?.stderr).toBe("done\n");
  });

  it("waits for the last stage when the first ended long before", async () => {
    expect(endOf(await bench.run("echo hi | slow-hello 0.3"))).toEqual({
      ending: "finished",
      exits: ["echo 0", "slow-hello 0"],
      output: "hello\n",
    });
  });

  it("stops a flood into a stage that never reads at the deadline", async () => {
    await again({ milliseconds: 400 });
    const { value, milliseconds } = await timed(bench.run("flood output | never-reads"));
    expect(endOf(value)).toEqual({ ending: "deadline", exits: ["flood SIGTERM", "never-reads SIGTERM"], output: "" });
    expect(milliseconds).toBeGreaterThanOrEqual(390);
    expect(milliseconds).toBeLessThan(3000);
  });

  it("kills what ignores TERM after the grace period", async () => {
    await again({ milliseconds: 600, graceMilliseconds: 300 });
    const { value, milliseconds } = await timed(bench.run("ignores-term | cat"));
    expect(endOf(value)).toEqual({
      ending: "deadline",
      exits: ["ignores-term SIGKILL", "cat SIGTERM"],
      output: "ready\n",
    });
    expect(milliseconds).toBeGreaterThanOrEqual(890);
    expect(milliseconds).toBeLessThan(4000);
  });

  it("kills what has stopped itself", async () => {
    await again({ milliseconds: 300, graceMilliseconds: 100 });
    expect(endOf(await bench.run("stops-itself | wc -l")).exits).toEqual(["stops-itself SIGKILL", "wc SIGTERM"]);
  });

  it("ends a run whose signal fires", async () => {
    const { value, milliseconds } = await timed(bench.run("flood output | never-reads", AbortSignal.timeout(300)));
    expect(endOf(value)).toEqual({ ending: "cancelled", exits: ["flood SIGTERM", "never-reads SIGTERM"], output: "" });
    expect(milliseconds).toBeLessThan(3000);
  });

  it("starts nothing when the signal has fired before", async () => {
    expect(await bench.fail("slow-hello 5", AbortSignal.abort())).toEqual({
      kind: "failure",
      code: "cancelled",
      message: "the call was cancelled before its first command started",
      hint: "send it again",
      stage: 0,
    });
  });

  it("ends a run whose signal fires while its pipes are made", async () => {
    const controller = new AbortController();
    const running = bench.attempt("never-reads", controller.signal);
    await new Promise(setImmediate);
    controller.abort();
    const result = await running;
    expect(result.kind === "failure" ? result.code : result.ending).toBe("cancelled");
  });

  it("leaves no listener on the signal", async () => {
    const { signal } = new AbortController();
    let listening = 0;
    const add = signal.addEventListener.bind(signal);
    const remove = signal.removeEventListener.bind(signal);
    signal.addEventListener = (...args: Parameters<typeof add>) => {
      listening += 1;
      add(...args);
    };
    signal.removeEventListener = (...args: Parameters<typeof remove>) => {
      listening -= 1;
      remove(...args);
    };
    await bench.run("echo hi", signal);
    expect(listening).toBe(0);
  });

  it("does not wait for a reader of error streams", async () => {
    const { value, milliseconds } = await timed(bench.run("flood error 20000000 | wc -c"));
    expect(endOf(value)).toEqual({ ending: "finished", exits: ["flood 0", "wc 0"], output: "0\n" });
    expect(value.stages[0].stderr).toMatch(/^(0123456789abcde\n){1024}\n… 19983616 more bytes$/);
    expect(milliseconds).toBeLessThan(8000);
  });

  it.each(["in-group", "own-session"])(
    "is over soon after the last exit though a grandchild %s holds the output",
    async (way) => {
      const { value, milliseconds } = await timed(bench.run(`leaves-grandchild ${way}`));
      expect(endOf(value)).toMatchObject({ ending: "finished", exits: ["leaves-grandchild 0"] });
      expect(milliseconds).toBeLessThan(3000);
      await expect.poll(() => isAlive(Number(value.output.text))).toBe(false);
    },
  );

  it("is over soon after the last exit though nobody can find who holds the output", async () => {
    const { value, milliseconds } = await timed(bench.run("leaves-grandchild unmarked"));
    expect(endOf(value)).toMatchObject({ ending: "finished", exits: ["leaves-grandchild 0"] });
    expect(milliseconds).toBeGreaterThanOrEqual(240);
    expect(milliseconds).toBeLessThan(4000);
    const pid = Number(value.output.text);
    expect(isAlive(pid)).toBe(true);
    await expect.poll(descriptors).toEqual(before.descriptors);
    process.kill(pid, "SIGKILL");
  });

  it.each(["detached", "breeding"])("leaves no process behind when a grandchild is %s", async (way) => {
    const run = await bench.run(`leaves-grandchild ${way}`);
    expect(endOf(run)).toMatchObject({ ending: "finished", exits: ["leaves-grandchild 0"] });
    expect(Number(run.output.text)).toBeGreaterThan(1);
    await expect.poll(() => isAlive(Number(run.output.text))).toBe(false);
  });

  it("kills a grandchild in a session of its own at the deadline", async () => {
    await again({ milliseconds: 500, graceMilliseconds: 100 });
    expect(endOf(await bench.run("leaves-grandchild own-session | ignores-term"))).toEqual({
      ending: "deadline",
      exits: ["leaves-grandchild 0", "ignores-term SIGKILL"],
      output: "ready\n",
    });
  });

  it("loses no output when this process is busy at the end of the run", async () => {
    const busy = setInterval(() => {
      const until = performance.now() + 260;
      while (performance.now() < until);
    }, 1);
    try {
      expect((await bench.run("flood output 60000 | cat")).output.bytes).toBe(60_000);
    } finally {
      clearInterval(busy);
    }
  });

  it("gives a failure when a program cannot be started, and ends the other stages", async () => {
    writeFileSync(join(bench.programs, "reopens"), "#!/no/such/interpreter\n");
    const unheld = { words: [], enforces: [] };
    const confinement = async () => ({
      ...(await bench.machine.confinement()),
      unconfined: { aws: unheld, utility: unheld, utilityWithFiles: unheld },
    });
    const machine = { ...bench.machine, confinement };
    const { value, milliseconds } = await timed(onMachine(machine, "never-reads | reopens"));
    expect(milliseconds).toBeLessThan(5000);
    expect(value).toEqual({
      kind: "ran",
      checked: expect.objectContaining({ verdict: "allow", canonical: [["never-reads"], ["reopens"]] }),
      warned: [],
      identities: [],
      kept: [],
      result: {
        kind: "failure",
        code: "not-started",
        message: "`reopens` could not be started: ENOENT",
        hint: "send it again; when it fails again, tell the operator",
        stage: 1,
      },
      warnings: [],
      policy: policyHash(bench.book),
    });
  });

  it("gives a failure when there are no descriptors left for its pipes, and works when there are again", async () => {
    const limit = (soft: string): Buffer =>
      execFileSync("/usr/bin/prlimit", [`--pid=${process.pid}`, `--nofile=${soft}:`], { stdio: "ignore" });
    const soft = /^Max open files +(\d+)/m.exec(readFileSync("/proc/self/limits", "latin1"))?.[1] ?? "";
    limit(String(readdirSync("/proc/self/fd").length + 30));
    const failure = await bench.fail(Array(32).fill("cat").join(" | ")).finally(() => limit(soft));
    expect(failure).toEqual({
      kind: "failure",
      code: "not-started",
      message: expect.stringMatching(/^`cat` could not be started: its pipes could not be made: EMFILE/),
      hint: "send it again; when it fails again, tell the operator",
      stage: 0,
    });
    expect((await bench.run("echo hi | cat")).output.text).toBe("hi\n");
  });

  it("counts the time of the preparation into the deadline", async () => {
    await again({ milliseconds: 3000, graceMilliseconds: 100, operator: fakeAws({ seconds: 2 }) });
    const { milliseconds } = await timed(bench.run("aws ec2 describe-regions"));
    expect(milliseconds).toBeLessThan(4500);
  });

  it("fails at the deadline when the credentials take longer", async () => {
    await again({ milliseconds: 300, operator: fakeAws({ seconds: 10 }) });
    const { value, milliseconds } = await timed(bench.fail("aws ec2 describe-instances"));
    expect(value.code).toBe("deadline");
    expect(milliseconds).toBeLessThan(3000);
  });

  it("can be cancelled while the credentials are looked up", async () => {
    await again({ milliseconds: 3000, operator: fakeAws({ seconds: 10 }) });
    const { value, milliseconds } = await timed(bench.fail("aws ec2 describe-instances", AbortSignal.timeout(100)));
    expect(value.code).toBe("cancelled");
    expect(milliseconds).toBeLessThan(2500);
  });
});

const onMachine = (machine: Machine, text: string): Promise<EngineAnswer> => {
  const engine = createEngine({ ...bench.settings, book: bench.book, machine, seals: bench.seals });
  return engine.run(text, { milliseconds: 9000, signal: new AbortController().signal, sink: undefined });
};

const fakeAws = (told: object): NodeJS.ProcessEnv => ({
  FAKE_AWS: JSON.stringify({
    answer: JSON.stringify({ Version: 1, AccessKeyId: "AKIDEXAMPLE", SecretAccessKey: "secret" }),
    ...told,
  }),
});

describe("what runPipeline gives of the output", () => {
  const spoolOf = ({ output }: CompletedRun): string => output.spool ?? "none";

  it("is all of it up to the cap", async () => {
    await again({ maxOutput: 1600 });
    const { output } = await bench.run("flood output 1600");
    expect(output).toEqual({
      text: "0123456789abcde\n".repeat(100),
      bytes: 1600,
      dropped: undefined,
      spool: undefined,
    });
  });

  it("is cut past the cap, counted to the byte, and kept whole as a file of the workspace", async () => {
    await again({ maxOutput: 1600 });
    const run = await bench.run("flood output 500000");
    expect(run).toMatchObject({ ending: "finished", stages: [{ exit: { kind: "exited", code: 0 } }] });
    expect({ ...run.output, spool: undefined }).toEqual({
      text: "0123456789abcde\n".repeat(100),
      bytes: 500_000,
      dropped: { bytes: 498_400, exact: true },
      spool: undefined,
    });
    expect(readFileSync(spoolOf(run), "latin1")).toBe("0123456789abcde\n".repeat(31_250));
    expect(statSync(spoolOf(run)).mode & 0o777).toBe(0o600);
    const folder = join(bench.machine.workspace, "@result");
    expect(spoolOf(run).replace(/[0-9a-f]{32}$/, "ID")).toBe(join(folder, "ID"));
    expect(statSync(folder).mode & 0o777).toBe(0o700);
  });

  it("closes the pipe when the file is full and ends the run", async () => {
    await again({ maxOutput: 1600, maxSpool: 200_000 });
    const { value, milliseconds } = await timed(bench.run("never-reads | flood output"));
    expect(endOf(value)).toEqual({
      ending: "output-full",
      // Its pipe is closed and it is told to end in the same moment.
      exits: ["never-reads SIGTERM", expect.stringMatching(/^flood SIG(PIPE|TERM)$/)],
      output: "0123456789abcde\n".repeat(100),
    });
    expect(value.output.dropped?.exact).toBe(false);
    expect(statSync(spoolOf(value)).size).toBe(200_000);
    expect(milliseconds).toBeLessThan(3000);
  });

  it("is not cut short when it fills the file exactly", async () => {
    await again({ maxOutput: 1600, maxSpool: 200_000 });
    const run = await bench.run("flood output 200000");
    expect(run).toMatchObject({ ending: "finished", output: { dropped: { bytes: 198_400, exact: true } } });
  });

  it("makes no file when none is allowed", async () => {
    await again({ maxOutput: 1600, maxSpool: 0 });
    const run = await bench.run("flood output 500000");
    expect(run.output).toMatchObject({ dropped: { exact: false }, spool: undefined });
  });

  it("does without the file when the workspace cannot be written", async () => {
    await again({ maxOutput: 1600 });
    const machine = { ...bench.machine, workspace: join(bench.machine.workspace, "gone") };
    const answer = await onMachine(machine, "flood output 500000");
    expect(answer).toMatchObject({
      kind: "ran",
      result: { ending: "finished", output: { dropped: { bytes: 498_400, exact: true }, spool: undefined } },
    });
    expect(existsSync(machine.workspace)).toBe(false);
  });

  it("does without the file where something else has its folder's name, and does not touch that", async () => {
    await again({ maxOutput: 1600 });
    const folder = join(bench.machine.workspace, "@result");
    const other = join(bench.home, "other");
    mkdirSync(other);
    const plants = [
      { plant: () => symlinkSync(other, folder), left: "" },
      { plant: () => writeFileSync(folder, "mine"), left: "mine" },
      { plant: () => mkdirSync(folder), left: "" },
    ];
    for (const { plant, left } of plants) {
      plant();
      if (statSync(folder).isDirectory()) chmodSync(folder, 0o777);
      expect((await bench.run("flood output 500000")).output).toMatchObject({
        dropped: { bytes: 498_400, exact: true },
        spool: undefined,
      });
      expect(statSync(folder).isFile() ? readFileSync(folder, "utf8") : readdirSync(folder).join()).toBe(left);
      rmSync(folder, { recursive: true });
    }
  });

  it("never cuts a character in two", async () => {
    for (const maxOutput of [9, 10, 11]) {
      await again({ maxOutput });
      writeFileSync(join(bench.machine.workspace, "wide.txt"), "€😀".repeat(1000));
      before = leftovers(bench);
      const { output } = await bench.run("cat wide.txt");
      const text = { 9: "€😀€😀€😀", 10: "€😀€😀€😀€", 11: "€😀€😀€😀€" }[maxOutput] ?? "";
      const dropped = { bytes: 7000 - Buffer.byteLength(text), exact: true };
      expect({ ...output, spool: undefined }).toEqual({ text, bytes: 7000, dropped, spool: undefined });
    }
  });
});
