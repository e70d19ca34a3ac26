import { describe, expect, it } from "vitest";
import { err, ok, type Result } from "../../../src/language/result.js";
import type { AwsProblem } from "../../../src/server/regions/aws-answer.js";
import { FRESH, FRESH_FAILURE, keptAnswers } from "../../../src/server/regions/kept-answers.js";

const PROBLEM: AwsProblem = { code: "deadline", message: "too late", hint: "again" };
const CANCELLED = expect.objectContaining({ ok: false, error: expect.objectContaining({ code: "cancelled" }) });

/** Questions that the test answers, in the order of asking. */
const asking = () => {
  const asked: {
    readonly what: string;
    readonly signal: AbortSignal;
    readonly give: (answer: Result<string, AwsProblem>) => void;
    readonly fail: (cause: Error) => void;
  }[] = [];
  const clock = { now: 1000 };
  const answers = keptAnswers<string>(
    (what, signal) => new Promise((give, fail) => asked.push({ what, signal, give, fail })),
    () => clock.now,
  );
  return { asked, clock, answers, stays: new AbortController().signal };
};

describe("keptAnswers", () => {
  it("asks once for those who come while it is under way, and for each question by itself", async () => {
    const { asked, answers, stays } = asking();
    const got = [answers.get("a", stays), answers.get("b", stays), answers.get("a", stays)];
    expect(asked.map(({ what }) => what)).toEqual(["a", "b"]);
    asked[1]?.give(ok("2"));
    asked[0]?.give(ok("1"));
    expect(await Promise.all(got)).toEqual([ok("1"), ok("2"), ok("1")]);
  });

  it.each([
    ["an answer", ok("1"), FRESH],
    ["that there is none", err(PROBLEM), FRESH_FAILURE],
  ])("keeps %s for its time, from when it is there", async (_, answer, milliseconds) => {
    const { asked, clock, answers, stays } = asking();
    const first = answers.get("a", stays);
    clock.now += FRESH;
    asked[0]?.give(answer);
    expect(await first).toEqual(answer);
    clock.now += milliseconds - 1;
    expect(await answers.get("a", stays)).toEqual(answer);
    expect(answers.known("a")).toBe(answer.ok ? answer.value : undefined);
    clock.now += 1;
    expect(answers.known("a")).toBeUndefined();
    void answers.get("a", stays);
    expect(asked).toHaveLength(2);
  });

  it("goes on for the others when one leaves", async () => {
    const { asked, answers, stays } = asking();
    const leaves = new AbortController();
    const [left, stayed] = [answers.get("a", leaves.signal), answers.get("a", stays)];
    leaves.abort();
    expect(await left).toEqual(CANCELLED);
    expect(asked[0]?.signal.aborted).toBe(false);
    asked[0]?.give(ok("1"));
    expect(await stayed).toEqual(ok("1"));
  });

  it("stops when the last has left, who waits until it has ended, and asks anew for the next", async () => {
    const { asked, answers, stays } = asking();
    const leaves = new AbortController();
    let hasLeft = false;
    const left = answers.get("a", leaves.signal).finally(() => {
      hasLeft = true;
    });
    leaves.abort();
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect([asked[0]?.signal.aborted, hasLeft]).toEqual([true, false]);
    const next = answers.get("a", stays);
    expect(asked).toHaveLength(2);
    asked[0]?.give(err(PROBLEM));
    expect(await left).toEqual(CANCELLED);
    asked[1]?.give(ok("2"));
    expect(await next).toEqual(ok("2"));
    expect(answers.known("a")).toBe("2");
  });

  it("keeps no mistake of ours", async () => {
    const { asked, answers, stays } = asking();
    const [first, second] = [answers.get("a", stays), answers.get("a", stays)];
    asked[0]?.fail(new Error("ours"));
    await expect(first).rejects.toThrow("ours");
    await expect(second).rejects.toThrow("ours");
    void answers.get("a", stays);
    expect(asked).toHaveLength(2);
  });
});
