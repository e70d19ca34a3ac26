import { describe, expect, it } from "vitest";
import { sharedWork } from "../../src/executor/shared-work.js";

/** Work that ends when the test says so, and what it hears. */
const manual = () => {
  let finish: (value: string) => void = () => undefined;
  let fail: (cause: Error) => void = () => undefined;
  let stopped = false;
  const shared = sharedWork((signal) => {
    signal.addEventListener("abort", () => {
      stopped = true;
    });
    return new Promise<string>((resolve, reject) => {
      finish = resolve;
      fail = reject;
    });
  });
  return {
    shared,
    finish: (value: string) => finish(value),
    fail: (cause: Error) => fail(cause),
    stopped: () => stopped,
  };
};

describe("sharedWork", () => {
  it("gives all that wait the same, and whoever comes later too", async () => {
    const { shared, finish } = manual();
    const waiting = [shared.join(new AbortController().signal), shared.join(new AbortController().signal)];
    finish("done");
    expect(await Promise.all(waiting)).toEqual(["done", "done"]);
    expect(await shared.join(new AbortController().signal)).toBe("done");
    expect(shared.isAbandoned()).toBe(false);
  });

  it("goes on for those who stay, and stops when the last has left", async () => {
    const { shared, stopped } = manual();
    const [first, second] = [new AbortController(), new AbortController()];
    const waiting = [shared.join(first.signal), shared.join(second.signal)];
    first.abort();
    expect([await waiting[0], stopped()]).toEqual([undefined, false]);
    second.abort();
    expect([await waiting[1], stopped(), shared.isAbandoned()]).toEqual([undefined, true, true]);
  });

  it("gives nothing to whoever had left before", async () => {
    const { shared } = manual();
    expect(await shared.join(AbortSignal.abort())).toBe(undefined);
  });

  it("is not abandoned by whoever leaves when it is done", async () => {
    const { shared, finish } = manual();
    finish("done");
    const one = new AbortController();
    await shared.join(one.signal);
    one.abort();
    expect(shared.isAbandoned()).toBe(false);
  });

  it("tells a failure to all that wait, and troubles nobody else with it", async () => {
    const { shared, fail } = manual();
    const left = new AbortController();
    const waiting = shared.join(new AbortController().signal);
    const gone = shared.join(left.signal);
    left.abort();
    fail(new Error("no"));
    await expect(waiting).rejects.toThrow("no");
    expect(await gone).toBe(undefined);
  });
});
