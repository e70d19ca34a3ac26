import { readdirSync } from "node:fs";
import { afterEach, describe, expect, it } from "vitest";
import { type Bench, benchMachine } from "./bench-machine.js";
import { expectNothingLeft, leftovers } from "./leftovers.js";

let bench: Bench;

afterEach(() => bench.remove());

/** The most files that were in the filters' temporary directory while the work went on. */
const mostSpilled = async (work: Promise<unknown>): Promise<number> => {
  let most = 0;
  const look = setInterval(() => {
    // A folder for each stage, and what is in it.
    most = Math.max(most, readdirSync(bench.machine.directories.scratch, { recursive: true }).length);
  }, 2);
  await work.finally(() => clearInterval(look));
  return most;
};

describe("a filter's temporary files", () => {
  it("lie in a private directory, where a sort of more than fits into memory works, and are gone afterwards", async () => {
    bench = benchMachine();
    await bench.run("echo warm | cat");
    const before = leftovers(bench);
    const sorting = bench.run("flood output 16000000 | sort --buffer-size=1M | uniq -c");
    expect(await mostSpilled(sorting)).toBeGreaterThan(2);
    const { stages, output } = await sorting;
    expect(stages.map(({ exit, stderr }) => ({ exit, stderr }))).toEqual(
      Array(3).fill({ exit: { kind: "exited", code: 0 }, stderr: "" }),
    );
    expect(output.text.trim()).toBe("1000000 0123456789abcde");
    await expectNothingLeft(bench, before);
  });

  it("are gone when the run is stopped, too", async () => {
    bench = benchMachine({ milliseconds: 1500 });
    await bench.run("echo warm | cat");
    const before = leftovers(bench);
    const sorting = bench.run("flood output | sort --buffer-size=1M | wc -l");
    expect(await mostSpilled(sorting)).toBeGreaterThan(2);
    expect((await sorting).ending).toBe("deadline");
    await expectNothingLeft(bench, before);
  });
});
