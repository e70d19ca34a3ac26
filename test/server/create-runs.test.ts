import { describe, expect, it } from "vitest";
import { createRuns } from "../../src/server/runs.js";

const untilAborted = (signal: AbortSignal): Promise<string> =>
  new Promise((resolve) => signal.addEventListener("abort", () => resolve("ended")));

describe("createRuns", () => {
  it("ends a run when its request is cancelled, and no other", async () => {
    const runs = createRuns();
    const request = new AbortController();
    const cancelled = runs.track(request.signal, untilAborted);
    const other = runs.track(new AbortController().signal, untilAborted);
    request.abort();
    expect(await cancelled).toBe("ended");
    expect(await Promise.race([other, Promise.resolve("running")])).toBe("running");
  });

  it("stops every run and waits for its end, also for one that fails", async () => {
    const runs = createRuns();
    const never = new AbortController().signal;
    let ended = 0;
    const slow = runs.track(never, async (signal) => {
      await untilAborted(signal);
      await new Promise((resolve) => setTimeout(resolve, 20));
      ended += 1;
    });
    const failing = runs.track(never, async (signal) => {
      await untilAborted(signal);
      throw new Error("broken");
    });
    await Promise.all([runs.stop(), expect(failing).rejects.toThrow("broken")]);
    expect(ended).toBe(1);
    await slow;
  });

  it("gives a run that comes after the stop a signal that has fired", async () => {
    const runs = createRuns();
    await runs.stop();
    expect(await runs.track(new AbortController().signal, async ({ aborted }) => aborted)).toBe(true);
  });
});
