import { mkdtempSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { createEngine } from "../../../src/engine.js";
import { answerOf } from "../../../src/server/answer.js";
import { limitedEngine } from "../../../src/server/limits/limited-engine.js";
import { benchMachine } from "../../executor/bench-machine.js";
import { call, codeOf, limited, limitsOf } from "./limit-bench.js";
import { make, READS, run, several, writesBench } from "./writes-bench.js";

const { aws, bench, fresh, started } = writesBench();

describe("limitedEngine, commands that change something", () => {
  it("starts as many as may, however they are sent, and not one more", async () => {
    const engine = fresh(3);
    const codes = (await Promise.all(["a", "b", "c", "d", "e", "f", "g"].map((name) => run(engine, make(name))))).map(
      codeOf,
    );
    expect(codes.toSorted()).toEqual(["ran", "ran", "ran", ...Array.from({ length: 4 }, () => "writes-exhausted")]);
    expect(started()).toHaveLength(3);
    expect(codeOf(await engine.runArgv(["aws", "s3", "mb", "s3://h"], call()))).toBe("writes-exhausted");
    expect(codeOf(await run(engine, "aws s3 ls | cat; aws ec2 describe-vpcs"))).toBe("ran-several");
    expect(started()).toHaveLength(5);
  });

  it("refuses a text that has more of them than are left before any of it runs", async () => {
    const engine = fresh(3);
    await run(engine, make("a"));
    const text = `aws s3 ls && ${make("b")} && ${make("c")} | cat; ${make("d")}`;
    expect(await run(engine, text)).toEqual({
      kind: "refused",
      policy: bench().engine.policy,
      checked: {
        verdict: "deny",
        code: "writes-exhausted",
        message:
          "the text changes something with 3 commands, and of the 3 that may as long as the server runs 2 are left",
        hint: `send at most 2 of them in one text; ${READS}`,
        excerpt: "",
        canonical: [
          ["aws", "s3", "ls"],
          ["aws", "s3", "mb", "s3://b"],
          ["aws", "s3", "mb", "s3://c"],
          ["cat"],
          ["aws", "s3", "mb", "s3://d"],
        ],
        runs: "aws s3 ls && aws s3 mb s3://b && aws s3 mb s3://c | cat; aws s3 mb s3://d",
        effects: ["read", "write", "write", "read", "write"],
        policy: bench().engine.policy,
      },
    });
    expect(started()).toEqual(["s3 mb s3://a"]);
    expect(codeOf(await run(engine, `${make("b")} && ${make("c")}`))).toBe("ran-several");
    expect(started()).toEqual(["s3 mb s3://a", "s3 mb s3://b", "s3 mb s3://c"]);
  });

  it("lets nothing change where the bound is 0, and all read", async () => {
    const engine = fresh(0);
    const { text } = answerOf(await run(engine, make("a")));
    expect(text.split("\n").slice(0, 2)).toEqual([
      "refusal writes-exhausted: AWS_MCP_MAX_WRITES is 0: no command may change anything through this server",
      `hint: ${READS}`,
    ]);
    expect(codeOf(await run(engine, "aws s3 ls | head -1; aws s3 ls s3://b"))).toBe("ran-several");
    expect(codeOf(await run(engine, "aws ec2 describe-vpcs --dry-run"))).toBe("ran");
    expect(codeOf(await run(engine, "aws ec2 create-vpc --cidr-block 10.0.0.0/16 --dry-run"))).toBe("writes-exhausted");
    expect(started().some((argv) => argv.includes("create-vpc") || argv.includes(" mb "))).toBe(false);
  });

  it("says the same in a check, which takes none", async () => {
    const engine = fresh(1);
    expect((await engine.check(make("a"), call())).code).toBe("allowed");
    await run(engine, make("a"));
    expect(await engine.check(make("a"), call())).toMatchObject({
      verdict: "deny",
      code: "writes-exhausted",
      message: "the server lets 1 command change something as long as it runs, and none is left",
      hint: READS,
    });
    expect((await engine.check("aws s3 ls", call())).code).toBe("allowed");
  });

  it("asks nobody about a command that could not run, and leaves the reason of what may not run at all", async () => {
    const engine = fresh(0);
    expect(codeOf(await run(fresh(1), "aws s3 rb s3://a"))).toBe("ask");
    expect(codeOf(await run(engine, "aws s3 rb s3://a"))).toBe("writes-exhausted");
    expect(codeOf(await run(engine, "aws iam create-access-key"))).toBe("effect-permissions");
    expect(codeOf(await engine.run(make("a"), call({ readOnly: true })))).toBe("effect-write");
  });

  it("takes an approved command when it runs, and not when a person is asked", async () => {
    const limits = limitsOf({ writes: 1 });
    const engine = limitedEngine(bench().engine, limits);
    const state = async () => {
      const asked = await run(engine, "aws s3 rb s3://a");
      if (asked.kind !== "ask") throw new Error(codeOf(asked));
      return asked.state;
    };
    const [first, second] = [await state(), await state()];
    const answered = (given: string) =>
      engine.run("aws s3 rb s3://a", call({ answer: { state: given, action: "accept", approve: true } }));
    expect(codeOf(await answered(first))).toBe("ran");
    expect(codeOf(await answered(second))).toBe("writes-exhausted");
    expect(started()).toEqual(["s3 rb s3://a"]);
  });

  it("is one bound for all engines of a principal", async () => {
    const workspace = mkdtempSync(join(bench().machine.workspace, "other-"));
    const other = createEngine({
      ...bench().settings,
      book: { ...bench().book, workspace },
      machine: { ...bench().machine, workspace },
      seals: bench().seals,
    });
    const limits = limitsOf({ writes: 2 });
    const engines = [bench().engine, other].map((engine) => limitedEngine(engine, limits));
    const answers = await Promise.all(engines.flatMap((engine) => [run(engine, make("a")), run(engine, make("b"))]));
    expect(answers.map(codeOf).filter((code) => code === "ran")).toHaveLength(2);
    expect(started()).toHaveLength(2);
  });
});

describe("limitedEngine, commands that do not start", () => {
  it("counts none that waits for a status in vain", async () => {
    const engine = fresh(1);
    const skipped = await run(engine, `grep -q x && ${make("a")}`);
    expect(several(skipped).map(([, what]) => what)).toEqual(["run", "skipped"]);
    expect(codeOf(await run(engine, make("b")))).toBe("ran");
    expect(codeOf(await run(engine, make("c")))).toBe("writes-exhausted");
    expect(started()).toEqual(["s3 mb s3://b"]);
  });

  it("counts none that is cancelled while it waits for its turn, and each that is cancelled while it runs", async () => {
    const narrow = createEngine({ ...bench().settings, ...bench(), concurrency: 1 });
    const engine = limited(narrow, { writes: 1 });
    aws().setDelay(600);
    const reading = run(engine, "aws s3 ls");
    const waiting = new AbortController();
    const left = engine.run(make("a"), call({ signal: waiting.signal }));
    setTimeout(() => waiting.abort(), 100);
    expect(codeOf(await left)).toBe("cancelled");
    await reading;
    const running = new AbortController();
    const stopped = engine.run(make("b"), call({ signal: running.signal }));
    setTimeout(() => running.abort(), 400);
    expect(await stopped).toMatchObject({ kind: "ran", result: { kind: "run", ending: "cancelled" } });
    aws().setDelay(0);
    expect(codeOf(await run(engine, make("c")))).toBe("writes-exhausted");
    expect(started()).toEqual(["s3 ls", "s3 mb s3://b"]);
  });

  it("counts none whose keys are not found", async () => {
    const keyless = benchMachine({ cli: aws().path });
    const engine = limited(keyless.engine, { writes: 1 });
    for (const name of ["a", "b"]) expect(codeOf(await run(engine, make(name)))).toMatch(/credentials/);
    keyless.remove();
  });
});
