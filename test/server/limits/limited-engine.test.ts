import * as fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { EngineAnswer } from "../../../src/engine.js";
import { answerOf } from "../../../src/server/answer.js";
import { limitedEngine } from "../../../src/server/limits/limited-engine.js";
import { limitsByPrincipal } from "../../../src/server/limits/limits.js";
import { type Bench, benchMachine } from "../../executor/bench-machine.js";
import { call, codeOf, limited, limitsOf, textOf } from "./limit-bench.js";

let bench: Bench;
beforeAll(() => {
  bench = benchMachine({ operator: { AWS_ACCESS_KEY_ID: "testing", AWS_SECRET_ACCESS_KEY: "testing" } });
});
afterAll(() => bench.remove());

/** What the AWS CLI of test/programs never comes to an end with. */
const ENDLESS = "aws ec2 describe-regions";

const clock = { at: 0 };
const now = () => clock.at;
const refusal = (code: string, message: string, hint: string) => ({
  verdict: "deny",
  ...{ code, message, hint },
  excerpt: "",
  canonical: [],
  runs: "",
  effects: [],
  policy: bench.engine.policy,
});
const exhausted = (seconds: string) =>
  refusal(
    "calls-exhausted",
    "3 commands were run or checked in the last minute, and no more may be",
    `send it again in ${seconds}; the bound is the operator's AWS_MCP_CALLS_PER_MINUTE`,
  );

describe("limitedEngine, calls a minute", () => {
  it("counts whatever is run or checked, refused or not, and refuses the next one with the time to wait", async () => {
    clock.at = 500_000;
    const engine = limited(bench.engine, { calls: 3 }, now);
    expect((await engine.check("echo a", call())).verdict).toBe("allow");
    clock.at += 10_000;
    expect(codeOf(await engine.run("aws no-such thing", call()))).toBe("aws-service-unknown");
    clock.at += 10_000;
    expect(textOf(await engine.runArgv(["echo", "a"], call()))).toBe("a\n");
    clock.at += 250;
    const refused = { kind: "refused", checked: exhausted("40 seconds"), policy: bench.engine.policy };
    expect(await engine.run("echo a", call())).toEqual(refused);
    expect(await engine.runArgv(["echo", "a"], call())).toEqual(refused);
    expect(await engine.check("echo a", call())).toEqual(exhausted("40 seconds"));
    clock.at += 39_000;
    expect(await engine.check("echo a", call())).toEqual(exhausted("1 second"));
    clock.at += 750;
    expect(textOf(await engine.run("echo a", call()))).toBe("a\n");
    expect(await engine.check("echo a", call())).toEqual(exhausted("10 seconds"));
  });

  it("answers as it answers other refusals", async () => {
    clock.at = 0;
    const engine = limited(bench.engine, { calls: 1 }, now);
    await engine.check("echo a", call());
    const { text, isError, structured } = answerOf(await engine.run("echo a", call()));
    expect([isError, structured.error?.kind]).toEqual([true, "refusal"]);
    expect(text.split("\n").slice(0, 2)).toEqual([
      "refusal calls-exhausted: 1 command was run or checked in the last minute, and no more may be",
      "hint: send it again in 60 seconds; the bound is the operator's AWS_MCP_CALLS_PER_MINUTE",
    ]);
  });

  it("lets so many through that are sent at once, and forgets none that was cancelled", async () => {
    clock.at = 0;
    const engine = limited(bench.engine, { calls: 5 }, now);
    const stop = new AbortController();
    const cancelled = engine.run(ENDLESS, call({ signal: stop.signal }));
    const others = Promise.all([1, 2, 3, 4, 5, 6].map(() => engine.run("echo a", call())));
    stop.abort();
    expect((await others).map(codeOf).toSorted()).toEqual([
      "calls-exhausted",
      "calls-exhausted",
      ...["ran", "ran", "ran", "ran"],
    ]);
    await cancelled;
    expect(codeOf(await engine.run("echo a", call()))).toBe("calls-exhausted");
  });

  it("never has more than its bound in any minute, nor refuses before it, wherever the clock jumps back to", async () => {
    const jumps = fc.array(fc.oneof(fc.integer({ min: 0, max: 25_000 }), fc.integer({ min: -10_000_000, max: -1 })), {
      minLength: 1,
      maxLength: 25,
    });
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 4 }), jumps, async (calls, steps) => {
        clock.at = 0;
        const engine = limited(bench.engine, { calls }, now);
        const accepted: number[] = [];
        let passed = 0;
        for (const step of steps) {
          clock.at += step;
          passed += Math.max(0, step);
          const { verdict } = await engine.check("echo a", call());
          const before = accepted.filter((at) => passed - at < 60_000).length;
          expect(verdict).toBe(before < calls ? "allow" : "deny");
          if (verdict === "allow") accepted.push(passed);
        }
      }),
      { numRuns: 40 },
    );
  });

  it("is one bound for all connections of a principal, and another's for another", async () => {
    const limitsFor = limitsByPrincipal(
      { AWS_MCP_CALLS_PER_MINUTE: 1, AWS_MCP_BYTES_PER_MINUTE: undefined, AWS_MCP_MAX_WRITES: undefined },
      now,
    );
    const engineOf = (name: string) => limitedEngine(bench.engine, limitsFor(name));
    const codes = [];
    for (const name of ["token:a", "token:a", "token:b", "token:b"])
      codes.push((await engineOf(name).check("echo a", call())).code);
    expect(codes).toEqual(["allowed", "calls-exhausted", "allowed", "calls-exhausted"]);
  });

  it("leaves what asks nobody anything as it was", () => {
    const engine = limited(bench.engine, {});
    expect([engine.policy, engine.results, engine.identity]).toEqual([
      bench.engine.policy,
      bench.engine.results,
      bench.engine.identity,
    ]);
  });
});

const bytesIn = (answer: EngineAnswer): number => Buffer.byteLength(textOf(answer));
const cut = (most: number, seconds = 60) =>
  `the output was cut and its command stopped: outputs may come to ${most} bytes in a minute (the operator's AWS_MCP_BYTES_PER_MINUTE), and more may be drawn in ${seconds} seconds`;

describe("limitedEngine, bytes a minute", () => {
  it("cuts the output that passes the bound, says why, and refuses the next call until there is room", async () => {
    clock.at = 0;
    const engine = limited(bench.engine, { bytes: 10_000 }, now);
    expect(bytesIn(await engine.run("seq 1000", call()))).toBe(3893);
    clock.at = 20_000;
    const answer = await engine.run("seq 100000 199999", call());
    expect(answer).toMatchObject({
      kind: "ran",
      result: { kind: "run", ending: "output-full", output: { dropped: { exact: false } } },
      warnings: [cut(10_000, 40)],
    });
    expect(bytesIn(answer)).toBe(10_000 - 3893);
    clock.at = 30_000;
    expect(await engine.run("echo a", call())).toEqual({
      kind: "refused",
      policy: bench.engine.policy,
      checked: refusal(
        "bytes-exhausted",
        "the outputs of the last minute have come to 10000 bytes, and they may come to 10000",
        "send it again in 30 seconds, and ask for less, as with `--max-items 100` or `| head -n 100`; the bound is the operator's AWS_MCP_BYTES_PER_MINUTE",
      ),
    });
    expect((await engine.check("echo a", call())).verdict).toBe("allow");
    clock.at = 60_000;
    expect(textOf(await engine.run("echo a", call()))).toBe("a\n");
  });

  it("lets calls that run at once draw no more than the bound together, to the byte", async () => {
    clock.at = 0;
    const engine = limited(bench.engine, { bytes: 100_000 }, now);
    const answers = await Promise.all([1, 2, 3, 4, 5, 6, 7, 8].map(() => engine.run("seq 100000 104999", call())));
    const drawn = answers.map((answer) => (answer.kind === "refused" ? 0 : bytesIn(answer)));
    expect(drawn.reduce((sum, bytes) => sum + bytes)).toBe(100_000);
    expect(Math.max(...drawn)).toBeLessThanOrEqual(35_000);
  });

  it("counts what is kept beside an answer, and keeps no more than is left", async () => {
    clock.at = 0;
    const engine = limited(bench.engine, { bytes: 200_000 }, now);
    const answer = await engine.run("seq 100000 199999", call());
    if (answer.kind !== "ran") throw new Error("did not run");
    expect(answer.kept.map(({ bytes, exact }) => [bytes, exact])).toEqual([[200_000, false]]);
    expect(bytesIn(answer)).toBe(100_000);
    expect(answer.warnings).toEqual([cut(200_000)]);
    expect(codeOf(await engine.run("echo a", call()))).toBe("bytes-exhausted");
  });

  it("counts error streams, and what a substitution gives, which the answer may show", async () => {
    clock.at = 0;
    const limits = limitsOf({ bytes: 100_000 }, now);
    const engine = limitedEngine(bench.engine, limits);
    await engine.run("seq 100000 100999 >&2", call());
    expect(limits.bytes?.used()).toBe(7000);
    expect(textOf(await engine.run('echo "$(seq 100000 109999)" | wc -l', call()))).toBe("10000\n");
    expect(limits.bytes?.used()).toBe(77_006);
  });

  it.each([
    ["echo $(seq 100000 109999)", ["$(run)", "bytes-exhausted"]],
    ["echo $(seq 100000 109999; echo second); echo third", ["$(run)", "$(not-run)", "bytes-exhausted", "not-run"]],
    ["echo x$(echo $(seq 100000 109999))", ["$(run)", "$(bytes-exhausted)", "not-run"]],
    ["echo $(echo a) $(seq 100000 109999 | head -n 5000)", ["$(run)", "$(run)", "bytes-exhausted"]],
  ])("does not run a command with half of what was to be in it: %s", async (text, ends) => {
    clock.at = 0;
    const limits = limitsOf({ bytes: 10_000 }, now);
    const answer = await limitedEngine(bench.engine, limits).run(text, call());
    if (answer.kind !== "ran-several") throw new Error(answer.kind);
    const seen = answer.ends.map(({ end, isInner }) => {
      const what = end.kind === "refused" ? end.checked.code : end.kind;
      return isInner ? `$(${what})` : what;
    });
    expect([seen, limits.bytes?.used(), answer.warnings]).toEqual([ends, 10_000, [cut(10_000)]]);
    expect(answerOf(answer)).toMatchObject({
      isError: true,
      structured: { output: "", error: { kind: "refusal", code: "bytes-exhausted" } },
    });
    expect(codeOf(await limitedEngine(bench.engine, limits).run("echo a", call()))).toBe("bytes-exhausted");
  });

  it("bounds what comes out through the commands that substitutions have filled", async () => {
    clock.at = 0;
    const engine = limited(bench.engine, { bytes: 10_000 }, now);
    const text = Array(4).fill('echo "$(seq 1000000 1000499)" >/dev/null').join(" && ");
    const answers = [];
    for (const _ of [1, 2, 3]) answers.push(await engine.run(text, call()));
    expect(answers.map(codeOf)).toEqual(["ran-several", "bytes-exhausted", "bytes-exhausted"]);
    const given = answers.map((answer) => answerOf(answer)).map((each) => each.text + JSON.stringify(each.structured));
    expect(given.join("").match(/1000\d{3}/g)?.length).toBeLessThan(150);
  });

  it("begins nothing with a few bytes left, whose output would be lost when its work is done", async () => {
    clock.at = 0;
    const limits = limitsOf({ bytes: 1600 }, now);
    const engine = limitedEngine(bench.engine, limits);
    limits.bytes?.take(1500);
    expect(textOf(await engine.run("echo a", call()))).toBe("a\n");
    expect(await engine.run("echo a", call())).toMatchObject({
      checked: {
        code: "bytes-exhausted",
        message: "the outputs of the last minute have come to 1502 bytes, and they may come to 1600",
      },
    });
  });

  it("draws nothing for a call that is cancelled before it has an output", async () => {
    clock.at = 0;
    const limits = limitsOf({ bytes: 1000 }, now);
    const stop = new AbortController();
    const running = limitedEngine(bench.engine, limits).run(ENDLESS, call({ signal: stop.signal }));
    setTimeout(() => stop.abort(), 300);
    expect(await running).toMatchObject({ kind: "ran", result: { kind: "run", ending: "cancelled" } });
    expect(limits.bytes?.used()).toBe(0);
  });
});
