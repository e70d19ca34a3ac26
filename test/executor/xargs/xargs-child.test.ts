import { readSync, writeSync } from "node:fs";
import pLimit from "p-limit";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { closePipe } from "../../../src/executor/fifo-pool.js";
import { closeInheritedDescriptors } from "../../../src/executor/inherited-descriptors.js";
import type { PreparedStage } from "../../../src/executor/prepare-stage.js";
import type { ItemEnd, ItemStreams, RunItem } from "../../../src/executor/run-item.js";
import type { RunningStage, Wired } from "../../../src/executor/wire-stages.js";
import { DEFAULT_STREAMS } from "../../../src/plan/streams.js";
import { descriptors } from "../leftovers.js";
import { READ_HERE, type Workbench, wiredRun, workbench } from "../wired-run.js";
import { ended, spawnItems, type XargsOptions, xargsStage } from "./xargs-stage.js";

let bench: Workbench;
let before: readonly string[];

beforeAll(async () => {
  closeInheritedDescriptors();
  bench = workbench();
  await bench.pool.take(1).then((pipes) => pipes.forEach(closePipe));
});

beforeEach(() => {
  before = descriptors();
});

afterEach(async () => {
  await expect.poll(descriptors).toEqual(before);
});

afterAll(() => bench.remove());

const printf = (text: string) => bench.stage("printf", ["%b", text]);

/** Runs `printf INPUT | xargs WORDS | …`, and gives what the stage has to tell, too. */
const run = async (
  input: string,
  words: readonly string[],
  options: XargsOptions = {},
  behind: readonly PreparedStage[] = [],
  meanwhile: (wired: Wired) => void = () => undefined,
) => {
  const stages = [printf(input), xargsStage(words, options), ...behind] as const;
  let child: RunningStage | undefined;
  const end = await wiredRun(bench, stages, READ_HERE, (wired) => {
    child = wired.children[1];
    meanwhile(wired);
  });
  return { ...end, told: child !== undefined && "told" in child ? child.told() : undefined };
};

/** Records the commands that are run, and ends each as it is told to. */
const recorded = (endOf: (line: string, to: ItemStreams) => ItemEnd | Promise<ItemEnd> = () => ended(0)) => {
  const lines: string[] = [];
  const runItem: RunItem = async (command, to) => {
    const line = command.arguments.map(({ text }) => text).join(" ");
    lines.push(line);
    expect([command.streams, command.template]).toEqual([DEFAULT_STREAMS, undefined]);
    return endOf(line, to);
  };
  return { lines, runItem };
};

const exited = (code: number) => ({ kind: "exited", code }) as const;

const MILLION = "1048576";

describe("xargsChild", () => {
  it("stops at a run that a signal has ended, and its consumer's end is one", async () => {
    const { told, exits, errors } = await run(
      "100000 200000 300000",
      ["-n", "1", "seq"],
      { runItem: spawnItems(bench) },
      [bench.stage("head", ["-n", "1"])],
    );
    expect([exits[1], errors[1], told]).toEqual([
      exited(125),
      "xargs: seq: terminated by signal 13\n",
      { runs: 1, stopped: undefined, held: [], isUnread: true },
    ]);
  });

  it("gives status 127 where a program is missing and 126 where it cannot run, and stops", async () => {
    for (const [reason, code] of [
      ["ENOENT", 127],
      ["EACCES", 126],
    ] as const) {
      const { lines, runItem } = recorded(() => ({ kind: "ended", exit: { kind: "not-started", reason } }));
      const { exits, errors } = await run("a b", ["-n", "1", "gone"], { runItem });
      expect([exits[1], errors[1], lines]).toEqual([exited(code), `xargs: gone: ${reason}\n`, ["gone a"]]);
    }
  });

  it("gives its runs descriptors, and nothing to read", async () => {
    const options = { runItem: spawnItems(bench) };
    const { output } = await run("a", ["-n", "1", "print-process"], options, [bench.stage("cat")]);
    expect(JSON.parse(output).descriptors).toEqual({ 0: "null", 1: "fifo", 2: "fifo" });
    const alone = await wiredRun(bench, [xargsStage(["print-process"], options)]);
    expect(JSON.parse(alone.output).descriptors).toEqual({ 0: "null", 1: "fifo", 2: "fifo" });
    const beside = await run("a", ["true"], { streams: { stdin: "null", stdout: "null", stderr: "null" } }, [
      bench.stage("print-process"),
    ]);
    expect(JSON.parse(beside.output).descriptors).toEqual({ 0: "fifo", 1: "fifo", 2: "fifo" });
  });

  it("leaves open what it was given to write to", async () => {
    const pipes = await bench.pool.take(2);
    const [sink, errors] = pipes.map(({ write }) => write);
    const stage = xargsStage(["-t", "echo", "x"], { runItem: spawnItems(bench) });
    await wiredRun(bench, [stage], { sink, errors });
    for (const { write } of pipes) writeSync(write, "still open");
    const texts = pipes.map(({ read }) => {
      const bytes = Buffer.alloc(100);
      return bytes.toString("utf8", 0, readSync(read, bytes));
    });
    expect(texts).toEqual(["x\nstill open", "echo x\nstill open"]);
    for (const pipe of pipes) closePipe(pipe);
  });

  it("runs so many at once as it is told, as may, and as there are", async () => {
    for (const [words, parallel, most] of [
      [["-n", "1"], 8, 1],
      [["-n", "1", "-P", "3"], 8, 3],
      [["-n", "1", "-P", "3"], 2, 2],
      [["-n", "1", "-P", "0"], 4, 4],
      [["-n", "1", "-P", "0"], 99, 12],
    ] as const) {
      let running = 0;
      let highest = 0;
      const { lines, runItem } = recorded(async () => {
        running += 1;
        highest = Math.max(highest, running);
        await new Promise((resolve) => setTimeout(resolve, 20));
        running -= 1;
        return ended(0);
      });
      await run("1 2 3 4 5 6 7 8 9 10 11 12", [...words, "echo"], { runItem, parallel });
      expect([highest, lines]).toEqual([most, Array.from({ length: 12 }, (_, index) => `echo ${index + 1}`)]);
    }
  });

  it("waits for its turn where other stages run commands, too", async () => {
    let [running, highest] = [0, 0];
    const { lines, runItem } = recorded(async () => {
      running += 1;
      highest = Math.max(highest, running);
      await new Promise((resolve) => setTimeout(resolve, 20));
      running -= 1;
      return ended(0);
    });
    const options = { runItem, turns: pLimit(3) };
    const words = ["-n", "1", "-P", "0", "true"];
    const other = xargsStage(words, { ...options, streams: { stdout: "errors" } });
    await run("1 2 3 4 5 6", words, options, [bench.stage("seq", ["6"], { stdin: "null" }), other]);
    expect([highest, lines.length]).toEqual([3, 12]);
  });

  it("tells each command before it starts, in the order of its items, also several at once", async () => {
    const { lines, runItem } = recorded(async () => ended(0));
    const items = Array.from({ length: 200 }, (_, index) => `i${index}`);
    const { errors } = await run(items.join("\\n"), ["-t", "-n", "1", "-P", "8", "echo", "a b"], {
      runItem,
      parallel: 8,
    });
    expect(errors[1]).toBe(items.map((item) => `echo 'a b' ${item}\n`).join(""));
    expect(lines).toEqual(items.map((item) => `echo a b ${item}`));
  });

  it("says how far it is after each run", async () => {
    const heard: string[] = [];
    await run("a b c d e", ["-n", "2", "echo"], { progress: (done, all) => heard.push(`${done}/${all}`) });
    expect(heard).toEqual(["1/3", "2/3", "3/3"]);
  });

  it("gives what held every run in, and nothing of none", async () => {
    const { runItem } = recorded((line) => ({
      kind: "ended",
      exit: exited(0),
      enforced: line.endsWith("a") ? ["no-network", "limits"] : ["limits", "other"],
    }));
    expect((await run("a b", ["-n", "1", "echo"], { runItem })).told?.held).toEqual(["limits"]);
    expect((await run("a", ["-n", "1", "echo"], { runItem })).told?.held).toEqual(["no-network", "limits"]);
    expect((await run("", ["-r", "echo"], { runItem })).told).toEqual({ runs: 0, stopped: undefined, held: undefined });
  });

  describe("when a command is refused or fails", () => {
    const refusal = { code: "expansion-option", message: "an item is no option", hint: "write it out" };

    it("begins no more, lets those that run end, and says at which command", async () => {
      let finish = (): void => undefined;
      const { lines, runItem } = recorded(async (line) => {
        if (line.endsWith("c")) return { kind: "refused", ...refusal };
        await new Promise<void>((resolve) => {
          finish = resolve;
        });
        return ended(0);
      });
      const twice: RunItem = async (command, to) => {
        const end = await runItem(command, to);
        if (end.kind === "refused") setTimeout(() => finish(), 50);
        return end;
      };
      const { told, exits, errors, output } = await run("c b a d e", ["-n", "1", "-P", "2", "echo", "-x"], {
        runItem: twice,
        parallel: 2,
      });
      expect([lines, exits[1], errors[1], output]).toEqual([
        ["echo -x c", "echo -x b"],
        exited(1),
        "xargs: an item is no option\n",
        "",
      ]);
      expect(told).toEqual({ runs: 1, stopped: { ...refusal, item: "echo -x c", kind: "refused" }, held: [] });
    });

    it("cuts the command line, and not in the middle of a character", async () => {
      const { runItem } = recorded(() => ({ kind: "failure", ...refusal }));
      const { told } = await run(`${"x".repeat(93)}😀${"y".repeat(300)}😀${"z".repeat(197)}`, ["echo"], { runItem });
      expect(told?.stopped?.item).toBe(`echo '${"x".repeat(93)}…${"z".repeat(197)}'`);
    });
  });

  it("does not run aws without items, which may mean everything; with -r it is nothing", async () => {
    const { lines, runItem } = recorded();
    const { told, exits, errors } = await run("\\n", ["aws", "ec2", "describe-instances", "--instance-ids"], {
      runItem,
    });
    expect([lines, exits[1], errors[1]]).toEqual([
      [],
      exited(1),
      "xargs: `xargs` was given no items, and a command without its data may mean everything\n",
    ]);
    expect(told).toEqual({
      runs: 0,
      stopped: {
        code: "expansion-empty",
        message: "`xargs` was given no items, and a command without its data may mean everything",
        hint: "`xargs -r` runs nothing where there are no items",
        item: "aws ec2 describe-instances --instance-ids",
        kind: "refused",
      },
      held: undefined,
    });
    const quiet = await run("\\n", ["-r", "aws", "ec2", "describe-instances", "--instance-ids"], { runItem });
    expect([lines, quiet.exits[1], quiet.told?.stopped]).toEqual([[], exited(0), undefined]);
  });

  describe("refuses an input", () => {
    const refused = async (stages: readonly [PreparedStage, ...PreparedStage[]]) => {
      let child: RunningStage | undefined;
      const { exits, errors } = await wiredRun(bench, stages, READ_HERE, ({ children }) => {
        child = children[1];
      });
      const told = child !== undefined && "told" in child ? child.told() : undefined;
      expect([exits[1], errors[1], told?.runs]).toEqual([exited(1), `xargs: ${told?.stopped?.message}\n`, 0]);
      return { code: told?.stopped?.code, item: told?.stopped?.item, producer: exits[0] };
    };
    const silent: RunItem = () => {
      throw new Error("was run");
    };

    it("of more than 1 MiB, and its producer gets SIGPIPE", async () => {
      const stages = [bench.stage("flood", ["output"]), xargsStage(["echo"], { runItem: silent })] as const;
      expect(await refused(stages)).toEqual({
        code: "xargs-input-too-long",
        item: undefined,
        producer: { kind: "signalled", signal: "SIGPIPE" },
      });
    });

    it("that is no text, holds NUL or has an open quote", async () => {
      for (const [input, code] of [
        ["a \\0377 b", "xargs-input-not-text"],
        ["a\\0000b", "xargs-nul"],
        ["it's", "xargs-quote"],
      ] as const)
        expect(await refused([printf(input), xargsStage(["echo"], { runItem: silent })])).toEqual({
          code,
          item: undefined,
          producer: exited(0),
        });
    });

    it("but not of 1 MiB", async () => {
      const { lines, runItem } = recorded();
      const stages = [
        bench.stage("flood", ["output", MILLION]),
        xargsStage(["-n", "100", "true"], { runItem }),
      ] as const;
      expect((await wiredRun(bench, stages)).exits).toEqual([exited(0), exited(0)]);
      expect(lines.length).toBe(656);
    });
  });

  describe("when it is signalled", () => {
    const signalled = (signal: NodeJS.Signals) => ({ kind: "signalled", signal });

    it("ends while it waits for its input", async () => {
      const stages = [bench.stage("never-reads"), xargsStage(["echo"])] as const;
      const { exits } = await wiredRun(bench, stages, READ_HERE, ({ children }) => {
        setTimeout(() => children[1]?.signal("SIGTERM"), 50);
        void children[1]?.exit.then(() => children[0].signal("SIGKILL"));
      });
      expect(exits).toEqual([signalled("SIGKILL"), signalled("SIGTERM")]);
    });

    it("ends its runs, begins no more, and is over when they are", async () => {
      const { lines, runItem } = recorded();
      const spawning = spawnItems(bench);
      const both: RunItem = async (command, to) => {
        await runItem(command, to);
        return spawning(command, to);
      };
      const { exits, told } = await run(
        "a b c d",
        ["-n", "1", "-P", "2", "never-reads"],
        { runItem: both, parallel: 2 },
        [],
        (wired) => {
          setTimeout(() => wired.children[1]?.signal("SIGTERM"), 200);
        },
      );
      expect([exits[1], lines]).toEqual([signalled("SIGTERM"), ["never-reads a", "never-reads b"]]);
      expect(told).toEqual({ runs: 2, stopped: undefined, held: [] });
    });

    it("ends while nobody reads what it traces", async () => {
      const stages = [
        bench.stage("seq", ["900"]),
        xargsStage(["-n", "1", "-t", "true", "x".repeat(500)], { streams: { stderr: "output" } }),
        bench.stage("never-reads"),
      ] as const;
      const { exits } = await wiredRun(bench, stages, READ_HERE, ({ children }) => {
        setTimeout(() => children[1]?.signal("SIGTERM"), 300);
        void children[1]?.exit.then(() => children[2]?.signal("SIGKILL"));
      });
      expect(exits.slice(1)).toEqual([signalled("SIGTERM"), signalled("SIGKILL")]);
    });

    it("takes a failure that comes of it for none of its own", async () => {
      const { runItem } = recorded(
        (_, { signal }) =>
          new Promise((resolve) => {
            signal.addEventListener("abort", () =>
              resolve({ kind: "failure", code: "cancelled", message: "it was cancelled", hint: "send it again" }),
            );
          }),
      );
      const { exits, told, errors } = await run("a b", ["-n", "1", "echo"], { runItem }, [], (wired) => {
        setTimeout(() => wired.children[1]?.signal("SIGTERM"), 50);
      });
      expect([exits[1], errors[1], told]).toEqual([
        signalled("SIGTERM"),
        "",
        { runs: 0, stopped: undefined, held: undefined },
      ]);
    });
  });

  it("is ended by SIGPIPE where nobody hears its trace, as bash's is", async () => {
    const { lines, runItem } = recorded();
    const stages = [
      xargsStage(["-n", "1", "-t", "true"], { runItem, streams: { stderr: "output" } }),
      bench.stage("exits-unread", [], { stdin: "null" }),
    ] as const;
    const items = Array(900).fill("a").join("\\n");
    const { exits } = await wiredRun(bench, [printf(items), ...stages]);
    expect(exits).toEqual([exited(0), { kind: "signalled", signal: "SIGPIPE" }, exited(0)]);
    expect(lines).toEqual([]);
  });

  it("keeps its consumer waiting until its last run has ended", async () => {
    const runItem: RunItem = async (command, to) => {
      await new Promise((resolve) => setTimeout(resolve, 100));
      return spawnItems(bench)(command, to);
    };
    const { output } = await run("a b c", ["-n", "1", "echo"], { runItem }, [bench.stage("wc", ["-l"])]);
    expect(output).toBe("3\n");
  });

  it("throws a mistake of a run when it is over, and closes what it has first", async () => {
    const { lines, runItem } = recorded((line) => {
      if (line.endsWith("b")) throw new Error("a mistake");
      return new Promise((resolve) => setTimeout(() => resolve(ended(0)), 50));
    });
    const options = { runItem, parallel: 2 };
    await expect(run("a b c", ["-n", "1", "-P", "2", "echo"], options, [bench.stage("cat")])).rejects.toThrow(
      "a mistake",
    );
    expect(lines).toEqual(["echo a", "echo b"]);
  });

  it("makes 1,000 runs", async () => {
    const items = Array.from({ length: 1000 }, (_, index) => String(index));
    const { output, told } = await run(items.join("\\n"), ["-n", "1", "echo"], { runItem: spawnItems(bench) }, [
      bench.stage("cat"),
    ]);
    expect(output).toBe(`${items.join("\n")}\n`);
    expect(told?.runs).toBe(1000);
  });

  it("leaves nothing behind after 300 runs, however they end", async () => {
    const items = { runItem: spawnItems(bench), parallel: 3 };
    const ways = [
      () => run("a b c", ["-n", "1", "-P", "3", "-t", "echo"], items, [bench.stage("sort")]),
      () =>
        run("9999 99999", ["-n", "1", "-t", "seq"], { ...items, streams: { stderr: "output" } }, [
          bench.stage("exits-unread"),
        ]),
      () => run("it's", ["echo"], items),
      () => run("a b", ["-n", "1", "both-streams"], { ...items, streams: { stdout: "errors", stderr: "null" } }),
      () =>
        run("a b", ["-n", "1", "echo"], { ...items, streams: { stdin: "null" } }, [
          bench.stage("cat", [], { stdin: "null" }),
        ]),
      () =>
        run("a", ["never-reads"], items, [], ({ children }) => setTimeout(() => children[1]?.signal("SIGTERM"), 20)),
    ];
    for (let count = 0; count < 50; count += 1) await Promise.all(ways.map((way) => way()));
    await expect.poll(descriptors).toEqual(before);
  });
});
