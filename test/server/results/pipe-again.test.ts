import { readdirSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type KeptResult, keptResult } from "../../../src/kept-result.js";
import { cutText } from "../../../src/server/results/read-on.js";
import { readPage } from "../../../src/server/results/read-page.js";
import { type Bench, benchMachine } from "../../executor/bench-machine.js";
import { runText } from "../../shell/run-text.js";
import { plainPresentation } from "./plain-presentation.js";

let bench: Bench;
beforeEach(() => {
  bench = benchMachine({ maxOutput: 1000 });
});
afterEach(() => bench.remove());

/** Runs a command whose output is too long for its answer. */
const keep = async (command: string): Promise<KeptResult> => {
  const { output } = await bench.run(command);
  const kept = keptResult(output, { owner: "local", at: 0, command });
  if (kept === undefined) throw new Error("nothing was kept");
  return kept;
};

const run = async (command: string): Promise<string> => {
  const ran = await runText(bench, command);
  expect([command, ran]).toEqual([command, { stdout: expect.any(String), status: 0 }]);
  return "stdout" in ran ? ran.stdout : "";
};

describe("a kept result in commands", () => {
  it("is a file that filters read", async () => {
    const { id, bytes } = await keep("seq 1 3000");
    expect(bytes).toBe(13_893);
    expect(await run(`cat @result/${id} | wc -l`)).toBe("3000\n");
    expect(await run(`wc -c ./@result/${id}`)).toMatch(/^13893 /);
    expect(await run(`tail -n 1 ${bench.machine.workspace}/@result/${id}`)).toBe("3000\n");
    expect(await run(`grep -c 7 @result/${id}; sed -n 5p @result/${id}; awk 'END { print NR }' @result/${id}`)).toBe(
      "813\n5\n3000\n",
    );
    expect(await run(`strings ./@result/${id} | head -n 1`)).toBe("1000\n");
    expect(await run(`ls @result && ls && find @result -type f`)).toBe(`${id}\n@result\n@result/${id}\n`);
    expect(await run(`sort -rn @result/${id} | head -n 1 | tee copy.txt`)).toBe("3000\n");
  });

  it("is JSON that jq reads", async () => {
    const kept = await keep("seq 1 3000 | jq -s '{numbers: .}'");
    expect(kept).toMatchObject({ json: true, exact: true });
    expect(await run(`cat @result/${kept.id} | jq '.numbers | length'`)).toBe("3000\n");
    const command = /filter it: `(.*)`/.exec(cutText(kept, 1000))?.[1] ?? "";
    expect(await run(command)).toBe('"object"\n1\n');
  });

  it("goes on where the answer has stopped, as the hint says", async () => {
    const { output } = await bench.run("seq 1 3000");
    const kept = keptResult(output, { owner: "local", at: 0, command: "seq 1 3000" });
    if (kept === undefined) throw new Error("nothing was kept");
    const hint = /read on with `([^`]*)`/.exec(cutText(kept, output.bytes - (output.dropped?.bytes ?? 0)))?.[1];
    const more = await bench.run(hint ?? "");
    expect(output.text + more.output.text).toBe(
      Array.from({ length: 3000 }, (_, index) => `${index + 1}\n`)
        .join("")
        .slice(0, output.text.length + more.output.text.length),
    );
    expect(more.output.text.length).toBe(1000);
  });

  it("is read as a resource in the same bytes", async () => {
    const kept = await keep("flood output 500000");
    const pages = await Promise.all(
      Array.from({ length: 10 }, (_, index) => readPage(kept, index + 1, plainPresentation)),
    );
    expect(pages.map((page) => page?.text).join("") === "0123456789abcde\n".repeat(31_250)).toBe(true);
  });

  it("says that it is not the whole where the output was stopped", async () => {
    bench.remove();
    bench = benchMachine({ maxOutput: 1000, maxSpool: 5000 });
    const kept = await keep("flood output 500000");
    expect(kept).toMatchObject({ bytes: 5000, exact: false });
    expect(cutText(kept, 1000)).toMatch(
      /^cut: at least 4000 more bytes, and then it was stopped; its first 5000 bytes/,
    );
  });

  it("has a name that says nothing, and no other file's", async () => {
    const kept = [await keep("seq 1 3000"), await keep("seq 1 3000")];
    expect(kept.map(({ id, path }) => [/^[0-9a-f]{32}$/.test(id), basename(path) === id])).toEqual([
      [true, true],
      [true, true],
    ]);
    expect(kept[0]?.id).not.toBe(kept[1]?.id);
    expect(statSync(join(bench.machine.workspace, "@result")).mode & 0o777).toBe(0o700);
  });

  it.each([
    "@result/x",
    "./@result/x",
    "@result",
    "@RESULT/x",
    "@re\u200bsult/x",
    "a/../@result/x",
    "@result/",
    "@result/../x",
  ])("is never made by a command that writes %j", async (path) => {
    const { id } = await keep("seq 1 3000");
    for (const name of [path, path.replace(/x$/, id)]) {
      const ran = await runText(bench, `echo mine | tee '${name}'`);
      expect(ran).toEqual({
        refused: expect.stringMatching(/^(reserved-folder|file-outside-workspace|bad-file-name)$/),
      });
    }
    expect(readdirSync(bench.machine.workspace)).toEqual(["@result"]);
    expect(await run(`head -n 1 @result/${id}`)).toBe("1\n");
  });

  it("is not read through a link that stands in the folder's place", async () => {
    symlinkSync(bench.home, join(bench.machine.workspace, "@result"));
    writeFileSync(join(bench.home, "secret"), "secret");
    expect(await runText(bench, "cat @result/secret")).toEqual({ refused: "file-outside" });
    expect((await bench.run("seq 1 3000")).output.spool).toBeUndefined();
    expect(readdirSync(bench.home).sort()).toEqual([".aws", "secret"]);
  });
});
