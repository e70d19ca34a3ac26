import { spawn } from "node:child_process";
import { once } from "node:events";
import { describe, expect, it } from "vitest";
import { inTime } from "../../src/executor/in-time.js";

const timers = (): number => process.getActiveResourcesInfo().filter((kind) => kind === "Timeout").length;

describe("inTime", () => {
  it("gives what comes in time, or that it is late, and leaves no timer behind", async () => {
    const never = new Promise(() => undefined);
    const before = timers();
    expect(await inTime(Promise.resolve(1), 60_000)).toEqual({ ok: true, value: 1 });
    expect(await inTime(never, 10)).toEqual({ ok: false, error: "late" });
    await expect(inTime(Promise.reject(new Error("no")), 60_000)).rejects.toThrow("no");
    expect(timers()).toBeLessThanOrEqual(before);
  });

  it("counts what has come while this process was busy", async () => {
    const other = spawn("cat", { stdio: ["pipe", "pipe", "ignore"] });
    other.stdin.write("ready");
    await once(other.stdout, "data");
    const answer = once(other.stdout, "data");
    other.stdin.write("answer");
    const given = inTime(answer, 1);
    for (const until = performance.now() + 100; performance.now() < until; );
    expect(String(await given.then((result) => (result.ok ? result.value : result.error)))).toBe("answer");
    other.kill();
  });
});
