import { spawn } from "node:child_process";
import { afterEach, describe, expect, it } from "vitest";
import { killStragglers, RUN_MARKER, signalGroup } from "../../src/executor/end-processes.js";
import { isAlive } from "./leftovers.js";

const started: number[] = [];

const sleeper = (run: string): number => {
  const child = spawn("/usr/bin/sleep", ["60"], { env: { [RUN_MARKER]: run }, detached: true, stdio: "ignore" });
  const pid = child.pid ?? 0;
  started.push(pid);
  return pid;
};

const alive = (pids: readonly number[]) => expect.poll(() => pids.map(isAlive));

afterEach(() => {
  for (const pid of started.splice(0)) signalGroup(pid, "SIGKILL");
});

describe("killStragglers", () => {
  it("kills what carries the run's marker and nothing else", async () => {
    const pids = [sleeper("run-1"), sleeper("run-1"), sleeper("run-11"), sleeper("run-")];
    await killStragglers("run-1", undefined);
    await alive(pids).toEqual([false, false, true, true]);
  });

  it("looks only above the first process of a short run", async () => {
    const pids = [sleeper("run-2"), sleeper("run-2"), sleeper("run-2")];
    await killStragglers("run-2", pids[1]);
    await alive(pids).toEqual([true, true, false]);
  });

  it("spares this process, whatever its environment says", async () => {
    process.env[RUN_MARKER] = "run-3";
    await killStragglers("run-3", undefined);
    delete process.env[RUN_MARKER];
  });
});

describe("signalGroup", () => {
  it("reaches the group, and does not mind one that is gone", async () => {
    const pid = sleeper("run-4");
    signalGroup(pid, "SIGTERM");
    await alive([pid]).toEqual([false]);
    expect(signalGroup(pid, "SIGTERM")).toBeUndefined();
  });
});
