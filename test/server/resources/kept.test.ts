import { describe, expect, it } from "vitest";
import { kept } from "../../../src/server/resources/kept.js";

const never = new AbortController().signal;

/** Work that ends when the test says so. */
const openWork = () => {
  const open: {
    readonly resolve: (text: string) => void;
    readonly reject: (cause: Error) => void;
    readonly signal: AbortSignal;
  }[] = [];
  const work = (signal: AbortSignal): Promise<string> =>
    new Promise((resolve, reject) => open.push({ resolve, reject, signal }));
  return { open, work };
};

describe("kept", () => {
  it("gives the same value until it is no longer fresh", async () => {
    let now = 1000;
    let count = 0;
    const read = kept(async () => `value ${++count}`, { now: () => now, fresh: () => 60 });
    expect(await read(never)).toBe("value 1");
    now += 59;
    expect(await read(never)).toBe("value 1");
    now += 1;
    expect(await read(never)).toBe("value 2");
  });

  it("keeps each value as long as it deserves, from when it is there", async () => {
    let now = 0;
    const { open, work } = openWork();
    const read = kept(work, { now: () => now, fresh: (text) => (text === "bad" ? 10 : 60) });
    const first = read(never);
    now = 100;
    open[0]?.resolve("bad");
    expect(await first).toBe("bad");
    now = 109;
    expect(await read(never)).toBe("bad");
    now = 110;
    const second = read(never);
    open[1]?.resolve("good");
    expect(await second).toBe("good");
    now = 169;
    expect(await read(never)).toBe("good");
    expect(open.length).toBe(2);
  });

  it("lets those who ask at once share the work, and one of them leave", async () => {
    const { open, work } = openWork();
    const read = kept(work, { now: () => 0, fresh: () => 60 });
    const leaving = new AbortController();
    const all = [read(leaving.signal), read(never)];
    leaving.abort();
    expect(await all[0]).toBeUndefined();
    open[0]?.resolve("value");
    expect(await all[1]).toBe("value");
    expect([open.length, open[0]?.signal.aborted]).toEqual([1, false]);
  });

  it("ends the work that the last has left, and begins anew for who comes then", async () => {
    const { open, work } = openWork();
    const read = kept(work, { now: () => 0, fresh: () => 60 });
    const leaving = new AbortController();
    const left = read(leaving.signal);
    leaving.abort();
    expect(await left).toBeUndefined();
    expect(open[0]?.signal.aborted).toBe(true);
    const next = read(never);
    open[0]?.resolve("late");
    open[1]?.resolve("value");
    expect(await next).toBe("value");
    expect(await read(never)).toBe("value");
  });

  it("does not keep what throws", async () => {
    const { open, work } = openWork();
    const read = kept(work, { now: () => 0, fresh: () => 60 });
    const failing = read(never);
    open[0]?.reject(new Error("broken"));
    await expect(failing).rejects.toThrow("broken");
    const next = read(never);
    open[1]?.resolve("value");
    expect(await next).toBe("value");
  });
});
