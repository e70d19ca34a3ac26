import { afterEach, describe, expect, it } from "vitest";
import { type Bench, benchMachine } from "./bench-machine.js";
import { expectNothingLeft, leftovers } from "./leftovers.js";

let bench: Bench;

afterEach(() => bench.remove());

describe("runPipeline", () => {
  it("leaves nothing behind after 1,000 pipelines in a row", async () => {
    bench = benchMachine();
    await bench.run("echo warm | tr a b | wc -c");
    const before = leftovers(bench);
    for (let count = 0; count < 1000; count += 1) {
      const { stages, output } = await bench.run("echo hi | tr h H | wc -c");
      expect(stages.map(({ exit }) => exit)).toEqual(Array(3).fill({ kind: "exited", code: 0 }));
      expect(output.text).toBe("3\n");
    }
    await expectNothingLeft(bench, before);
  });

  it("leaves nothing behind after 64 at once, however they end", async () => {
    bench = benchMachine({ concurrency: 64, milliseconds: 5000, maxOutput: 100, maxSpool: 100_000 });
    await bench.run("echo warm");
    const before = leftovers(bench);
    const cancelled = () => AbortSignal.timeout(1500);
    const ways = [
      () => bench.run("echo hi | tr h H | wc -c").then(({ output }) => expect(output.text).toBe("3\n")),
      () => bench.run("flood output | exits-unread").then(({ ending }) => expect(ending).toBe("finished")),
      () => bench.run("flood output 300000 | cat").then(({ ending }) => expect(ending).toBe("output-full")),
      () => bench.run("flood output | never-reads", cancelled()).then(({ ending }) => expect(ending).toBe("cancelled")),
      () => bench.run("leaves-grandchild detached").then(({ ending }) => expect(ending).toBe("finished")),
      () => bench.run("ignores-term | cat", cancelled()).then(({ ending }) => expect(ending).toBe("cancelled")),
      () => bench.run("flood error 1000000 | closes-output").then(({ ending }) => expect(ending).toBe("finished")),
      () => bench.fail("cat no-such-file").then(({ code }) => expect(code).toBe("file-missing")),
    ];
    await Promise.all(Array.from({ length: 64 }, (_, index) => ways[index % ways.length]?.()));
    await expectNothingLeft(bench, before);
  });
});
