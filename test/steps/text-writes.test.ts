import { describe, expect, it } from "vitest";
import { planText } from "../../src/check.js";
import { approveText, redeem } from "../../src/policy/approve.js";
import { judge } from "../../src/policy/judge.js";
import { type TextWrites, withWrites } from "../../src/steps/text-writes.js";
import { createWritesLeft } from "../../src/steps/writes-left.js";
import { ruleBook } from "../policy/rule-book.js";

const book = ruleBook();
const judgedOf = (text: string) => {
  const plan = planText(text, book);
  if (!plan.ok) throw new Error(plan.error.message);
  return { text, book, verdict: judge(plan.value, book) };
};
const stagesOf = (text: string) => {
  const plan = planText(text, book);
  const approved = plan.ok ? approveText(plan.value, book) : plan;
  const [first] = approved.ok ? approved.value : [];
  if (first === undefined) throw new Error(`${text}: was not approved`);
  return redeem(first);
};

/** How many are left when the work is done. */
const leftAfter = async (most: number, text: string, work: (writes: TextWrites) => void): Promise<number> => {
  const left = createWritesLeft(most);
  await withWrites(left, judgedOf(text), async (writes) => work(writes));
  return [...Array(most + 1).keys()].findLast((count) => left.problem(count) === undefined) ?? -1;
};

const MAKE = "aws s3 mb s3://a";

describe("withWrites", () => {
  it("counts what has started and gives the rest back", async () => {
    const text = `${MAKE} && aws s3 ls && aws s3 mb s3://b`;
    expect(await leftAfter(5, text, () => undefined)).toBe(5);
    expect(await leftAfter(5, text, ({ started }) => started(stagesOf(`${MAKE} | cat`)))).toBe(4);
    expect(await leftAfter(5, text, ({ started }) => started(stagesOf("aws s3 ls | cat")))).toBe(5);
  });

  it("takes what a command has more when others have completed it, and once what was known before", async () => {
    const text = "aws sqs create-queue --queue-name $(cat)";
    const more = judgedOf(`${MAKE} | aws s3 mb s3://b | aws s3 mb s3://c`).verdict;
    const taken: unknown[] = [];
    const left = await leftAfter(3, text, ({ take, started }) => {
      taken.push(take(more, 1), take(judgedOf(MAKE).verdict, undefined));
      started(stagesOf(MAKE));
    });
    expect(judgedOf(text).verdict.pipelines).toHaveLength(2);
    expect([left, ...taken]).toEqual([
      2,
      undefined,
      {
        code: "writes-exhausted",
        message: "the server lets 3 commands change something as long as it runs, and none is left",
        hint: "reads still run; for more a person runs it, or the operator starts the server with a larger AWS_MCP_MAX_WRITES",
      },
    ]);
  });

  it("gives nothing back where the work has thrown: nobody knows what has started", async () => {
    const left = createWritesLeft(1);
    const failing = withWrites(left, judgedOf(MAKE), async () => {
      throw new Error("a mistake");
    });
    await expect(failing).rejects.toThrow("a mistake");
    expect(left.take(1)?.code).toBe("writes-exhausted");
  });

  it("bounds nothing where there is no bound", async () => {
    const many = judgedOf(Array.from({ length: 20 }, () => MAKE).join("; "));
    expect(await withWrites(undefined, many, async ({ take }) => take(many.verdict, undefined))).toBeUndefined();
  });
});
