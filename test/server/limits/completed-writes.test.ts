import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { answerOf } from "../../../src/server/answer.js";
import { runTasks } from "../../../src/server/fan-out/run-tasks.js";
import type { Task } from "../../../src/server/fan-out/tasks.js";
import { call, codeOf } from "./limit-bench.js";
import { make, READS, run, several, writesBench } from "./writes-bench.js";

const { bench, fresh, started } = writesBench();

const queue = (name: string) => `sqs create-queue --queue-name=${name}`;

describe("limitedEngine, commands that others complete", () => {
  it("counts each run of xargs, and says how many have run when it stops", async () => {
    const answer = await run(fresh(2), "printf '%s\\n' a b c d | xargs -n 1 aws sqs create-queue --queue-name");
    expect(started()).toEqual([queue("a"), queue("b")]);
    const { structured } = answerOf(answer);
    expect(structured.stages.map(({ name, runs }) => [name, runs])).toEqual([
      ["printf", undefined],
      ["xargs", 2],
    ]);
    expect(structured.error).toEqual({
      kind: "refusal",
      code: "writes-exhausted",
      message:
        "xargs stopped at `aws sqs create-queue --queue-name c`: the server lets 2 commands change something as long as it runs, and none is left",
      hint: READS,
    });
  });

  it("counts them where many run at once", async () => {
    const engine = fresh(5);
    const items = (of: string) => `seq 8 | xargs -P 4 -I {} aws sqs create-queue --queue-name ${of}{}`;
    await Promise.all([run(engine, items("a")), run(engine, items("b"))]);
    expect(started()).toHaveLength(5);
  });

  it("begins no xargs that could not run once, and counts none that reads", async () => {
    const engine = fresh(0);
    expect(codeOf(await run(engine, "aws s3 ls | xargs -n 1 aws sqs create-queue --queue-name"))).toBe(
      "writes-exhausted",
    );
    expect(started()).toEqual([]);
    expect(codeOf(await run(engine, "seq 2 | xargs -n 1 aws sqs get-queue-url --queue-name"))).toBe("ran");
    expect(codeOf(await run(engine, "seq 2 | xargs echo aws s3 mb"))).toBe("ran");
    expect(started()).toHaveLength(2);
  });

  it("keeps what a text is known to need from its own xargs", async () => {
    const answer = await run(fresh(2), `seq 3 | xargs -n 1 aws sqs create-queue --queue-name; ${make("z")}`);
    expect(started()).toEqual([queue("1")]);
    expect(several(answer)).toEqual([
      ["seq -- 3 | xargs -n 1 aws sqs create-queue --queue-name={}", "run"],
      ["aws s3 mb s3://z", "not-run"],
    ]);
  });

  it("counts a command with a substitution once, and refuses it before the substitution runs", async () => {
    const engine = fresh(1);
    const text = "aws sqs create-queue --queue-name $(aws s3 ls | tail -1)";
    expect(several(await run(engine, text)).map(([, what]) => what)).toEqual(["run", "run"]);
    expect(started()).toEqual(["s3 ls", queue("done")]);
    expect(codeOf(await run(engine, text))).toBe("writes-exhausted");
    expect(started()).toHaveLength(2);
  });

  it("counts what runs inside of a substitution", async () => {
    const engine = fresh(2);
    expect(several(await run(engine, `echo $(${make("a")}) $(${make("b")})`)).map(([, what]) => what)).toEqual([
      "run",
      "run",
      "run",
    ]);
    expect(codeOf(await run(engine, `echo $(${make("c")})`))).toBe("writes-exhausted");
    expect(started()).toEqual(["s3 mb s3://a", "s3 mb s3://b"]);
  });

  it("counts each run of a fan-out, and says which have not run", async () => {
    const tasks = ["us-east-1", "us-west-2", "eu-west-1", "eu-west-2"].map(
      (region): Task => ({ step: 0, command: make("a"), target: { region } }),
    );
    const options = { inOrder: true, concurrency: 2, maxOutput: 1000, tell: () => undefined, book: bench().book };
    const [first, ...rest] = tasks;
    if (first === undefined) throw new Error("no tasks");
    const ends = await runTasks(fresh(3), [first, ...rest], call(), options);
    expect(ends.map(({ answer }) => codeOf(answer)).toSorted()).toEqual(["ran", "ran", "ran", "writes-exhausted"]);
    expect(started()).toHaveLength(3);
  });
});

describe("limitedEngine, whatever is sent", () => {
  const form = fc.constantFrom(
    (count: number) => Array.from({ length: count }, (_, index) => make(`t${index}`)).join("; "),
    (count: number) => `seq ${count} | xargs -P 2 -I {} aws sqs create-queue --queue-name x{}`,
    (count: number) => `echo ${Array.from({ length: count }, (_, index) => `$(${make(`s${index}`)})`).join(" ")}`,
    (count: number) =>
      `grep -q x && ${make("never")}; seq ${count} | xargs -I {} aws sqs create-queue --queue-name y{}`,
  );
  const texts = fc.array(
    fc.tuple(form, fc.integer({ min: 1, max: 3 })).map(([text, count]) => text(count)),
    { minLength: 1, maxLength: 4 },
  );

  it("never starts more than may, and in the end each that may", async () => {
    await fc.assert(
      fc.asyncProperty(texts, fc.integer({ min: 0, max: 5 }), async (sent, writes) => {
        const from = started().length;
        const engine = fresh(writes);
        await Promise.all(sent.map((text) => run(engine, text)));
        const together = started().length - from;
        expect(together).toBeLessThanOrEqual(writes);
        // Nothing that has not started is lost.
        await run(engine, `seq ${writes + 1} | xargs -I {} aws sqs create-queue --queue-name z{}`);
        expect(started().length - from).toBe(writes);
      }),
      { numRuns: 12 },
    );
  });
});
