import { closeSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { closePipe } from "../../src/executor/fifo-pool.js";
import { pipesFor, wireStages } from "../../src/executor/wire-stages.js";
import { benchMachine } from "./bench-machine.js";
import { descriptors } from "./leftovers.js";

const source = readFileSync(new URL("../../src/executor/wire-stages.ts", import.meta.url), "utf8");

describe("wireStages", () => {
  it("awaits nothing between two starts", () => {
    const code = source.replace(/\/\*\*.*?\*\/|\/\/[^\n]*/gs, "");
    expect(code).not.toMatch(/\b(await|async|then|setTimeout|setImmediate|nextTick)\b/);
  });

  it("keeps only the ends that are read here", async () => {
    const bench = benchMachine();
    const { pool, directories } = bench.machine;
    await pool.take(1).then((pipes) => pipes.forEach(closePipe));
    const before = descriptors();
    const stage = {
      name: "exits-unread",
      file: `${bench.programs}/exits-unread`,
      args: [],
      env: {},
      cwd: directories.empty,
      launcher: { words: [], enforces: [] },
    };
    const pipes = await pool.take(pipesFor([stage, stage, stage]));
    const wired = wireStages([stage, stage, stage], pipes, undefined);
    expect(wired.errors.length).toBe(3);
    expect(descriptors().length).toBe(before.length + 4);
    await Promise.all(wired.children.map(({ exit }) => exit));
    for (const each of [wired.output ?? -1, ...wired.errors]) closeSync(each);
    expect(descriptors()).toEqual(before);
    bench.remove();
  });
});
