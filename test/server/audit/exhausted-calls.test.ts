import { describe, expect, it } from "vitest";
import { exhaustedCalls } from "../../../src/server/audit/exhausted-calls.js";
import { memoryLog } from "./memory-log.js";

const BOB = { name: "token:bob", access: "read" } as const;
// Nothing is read.
const book = {} as Parameters<typeof exhaustedCalls>[0]["book"];
const call = (request: string) =>
  ({ kind: "check", request, code: "calls-exhausted", policy: "p", readOnly: false }) as const;
const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

describe("exhaustedCalls", () => {
  it("writes the first down without its words, and counts the others until the time is over", async () => {
    const log = memoryLog();
    const note = exhaustedCalls({ audit: log, principal: BOB, book, now: Date.now, every: 200 });
    for (let at = 1; at <= 10; at += 1) await note(call(String(at)));
    const one = {
      ...{ event: "call", kind: "check", principal: "token:bob", access: "read", read_only: true, asked: "" },
      ...{ canonical: [], effects: [], verdict: "none", status: "refused", code: "calls-exhausted" },
    };
    expect(log.records).toMatchObject([{ ...one, request: "1" }]);
    await pause(300);
    expect(log.records).toMatchObject([{ request: "1" }, { ...one, request: "10", repeated: 8 }]);
    await pause(300);
    expect(log.records).toHaveLength(2);
    expect(log.records[0]).not.toHaveProperty("repeated");
    await note(call("11"));
    expect(log.records[2]).toMatchObject({ request: "11" });
    expect(log.open()).toBe(0);
  });
});
