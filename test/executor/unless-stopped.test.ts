import { describe, expect, it } from "vitest";
import { unlessStopped } from "../../src/executor/unless-stopped.js";

const never = () => new Promise<string>(() => undefined);
const stop = (milliseconds: number, signal = new AbortController().signal) => ({ milliseconds, signal });

describe("unlessStopped", () => {
  it("gives what the work gives", async () => {
    expect(await unlessStopped(async () => "done", stop(1000))).toEqual({ ok: true, value: "done" });
    await expect(unlessStopped(() => Promise.reject(new Error("broken")), stop(1000))).rejects.toThrow("broken");
  });

  it("gives the reason when the time is over or the signal fires", async () => {
    expect(await unlessStopped(never, stop(20))).toEqual({ ok: false, error: "deadline" });
    expect(await unlessStopped(never, stop(5000, AbortSignal.timeout(20)))).toEqual({ ok: false, error: "cancelled" });
  });

  it("does not begin when the signal has fired", async () => {
    let begun = false;
    const work = async () => {
      begun = true;
    };
    expect(await unlessStopped(work, stop(1000, AbortSignal.abort()))).toEqual({ ok: false, error: "cancelled" });
    expect(begun).toBe(false);
  });
});
