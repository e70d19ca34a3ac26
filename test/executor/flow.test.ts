import { truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { type Bench, benchMachine } from "./bench-machine.js";

const GIGABYTE = 1024 ** 3;
const MEBIBYTE = 1024 ** 2;

let bench: Bench;

afterEach(() => bench.remove());

/**
 * Looks every few milliseconds while work goes on. What is measured of a pause is the processor time that this process
 * spent in it: a machine that is busy with something else may keep us waiting, which says nothing about us.
 */
const watched = async <T>(work: () => Promise<T>) => {
  const memory = process.memoryUsage.rss();
  let [most, longest] = [memory, 0];
  let before = process.cpuUsage();
  const timer = setInterval(() => {
    const { user, system } = process.cpuUsage(before);
    before = process.cpuUsage();
    longest = Math.max(longest, (user + system) / 1000);
    most = Math.max(most, process.memoryUsage.rss());
  }, 5);
  try {
    const value = await work();
    return { value, growth: most - memory, longest };
  } finally {
    clearInterval(timer);
  }
};

describe("runPipeline", () => {
  it("passes a gigabyte between stages without touching it", async () => {
    bench = benchMachine({ milliseconds: 50_000 });
    const file = join(bench.machine.workspace, "zeros");
    writeFileSync(file, "");
    truncateSync(file, GIGABYTE);
    await bench.run("echo warm | tr a b | wc -c");
    const { value, growth, longest } = await watched(() => bench.run("cat zeros | tr a b | wc -c"));
    expect(value.output.text).toBe(`${GIGABYTE}\n`);
    expect(growth).toBeLessThan(32 * MEBIBYTE);
    expect(longest).toBeLessThan(50);
  });

  it("does not hold on to what it spools", async () => {
    bench = benchMachine({ milliseconds: 50_000, maxOutput: 100_000, maxSpool: 512 * MEBIBYTE });
    await bench.run("flood output 1000000");
    const { value, growth, longest } = await watched(() => bench.run("flood output"));
    expect(value.ending).toBe("output-full");
    expect(value.output.text.length).toBe(100_000);
    // A quarter of it: buffers that nobody holds are collected when there are some tens of megabytes of them, and Node 24
    // lets more of them gather than Node 20.
    expect(growth).toBeLessThan(128 * MEBIBYTE);
    expect(longest).toBeLessThan(50);
  });
});
