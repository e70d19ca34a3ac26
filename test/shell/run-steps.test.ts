import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { CallOptions, EngineAnswer } from "../../src/engine.js";
import type { PipelineEnd } from "../../src/steps/text-run.js";
import { type Bench, benchMachine } from "../executor/bench-machine.js";
import { expectNothingLeft, type Leftovers, leftovers } from "../executor/leftovers.js";

let bench: Bench;
let before: Leftovers;

const start = async (settings: Parameters<typeof benchMachine>[0] = {}): Promise<void> => {
  bench = benchMachine({ milliseconds: 10_000, ...settings });
  await bench.run("echo warm");
  before = leftovers(bench);
};
beforeEach(() => start());
afterEach(async () => {
  await expectNothingLeft(bench, before);
  bench.remove();
});
const again = async (settings: Parameters<typeof benchMachine>[0]): Promise<void> => {
  bench.remove();
  await start(settings);
};

const answer = (text: string, call: Partial<CallOptions> = {}): Promise<EngineAnswer> =>
  bench.engine.run(text, {
    milliseconds: bench.settings.milliseconds,
    signal: new AbortController().signal,
    sink: undefined,
    ...call,
  });

/** Each pipeline in the order of ending: its command, with `$(…)` around an inner one, and what became of it. */
const endsOf = (given: EngineAnswer): readonly (readonly [string, unknown])[] => {
  if (given.kind !== "ran-several") throw new Error(JSON.stringify(given));
  return given.ends.map((each) => [each.isInner ? `$(${each.command})` : each.command, endOf(each)]);
};

const endOf = ({ end }: PipelineEnd): unknown => {
  switch (end.kind) {
    case "run":
      return end.output.text;
    case "failure":
      return { failure: end.code };
    case "refused":
      return { refused: end.checked.code };
    case "skipped":
    case "not-run":
      return end.kind;
  }
};

const NO = "grep -q x";
const no = "grep --quiet -- x";

describe("a text of several pipelines", () => {
  it.each<[string, readonly (readonly [string, unknown])[], number | undefined]>([
    [
      "echo a; echo b",
      [
        ["echo a", "a\n"],
        ["echo b", "b\n"],
      ],
      0,
    ],
    [
      "echo a && echo b",
      [
        ["echo a", "a\n"],
        ["echo b", "b\n"],
      ],
      0,
    ],
    [
      "echo a || echo b",
      [
        ["echo a", "a\n"],
        ["echo b", "skipped"],
      ],
      0,
    ],
    [
      `${NO} && echo b`,
      [
        [no, ""],
        ["echo b", "skipped"],
      ],
      1,
    ],
    [
      `${NO} || echo b`,
      [
        [no, ""],
        ["echo b", "b\n"],
      ],
      0,
    ],
    [
      `${NO} && echo b || echo c`,
      [
        [no, ""],
        ["echo b", "skipped"],
        ["echo c", "c\n"],
      ],
      0,
    ],
    [
      `echo a || ${NO} && echo c`,
      [
        ["echo a", "a\n"],
        [no, "skipped"],
        ["echo c", "c\n"],
      ],
      0,
    ],
    [
      `${NO}\necho b`,
      [
        [no, ""],
        ["echo b", "b\n"],
      ],
      0,
    ],
    [
      `echo a; ${NO}`,
      [
        ["echo a", "a\n"],
        [no, ""],
      ],
      1,
    ],
    [
      "cat missing.txt; echo b",
      [
        ["cat -- ", { failure: "file-missing" }],
        ["echo b", "b\n"],
      ],
      0,
    ],
    [
      "exits-unread 7 || echo b",
      [
        ["exits-unread 7", ""],
        ["echo b", "b\n"],
      ],
      0,
    ],
  ])("runs each as its operator says: %s", async (text, ends, status) => {
    const given = await answer(text);
    expect(endsOf(given).map(([command, end]) => [String(command).replace(/\/\S*missing.txt/, ""), end])).toEqual(ends);
    expect(given).toMatchObject({ status });
  });

  it("runs nothing where any of it is refused", async () => {
    const runs = bench.runs.size;
    for (const text of [
      "echo a; sh",
      "echo a && cat /etc/passwd",
      "echo $(sh)",
      "echo a | xargs sh",
      "echo $(echo $(id))",
    ])
      expect(await answer(text)).toMatchObject({ kind: "refused" });
    expect(bench.runs.size).toBe(runs);
  });

  it("has one deadline for all of it", async () => {
    const given = await answer("slow-hello 0.3; slow-hello 9; echo never", { milliseconds: 1500 });
    expect(endsOf(given)).toEqual([
      ["slow-hello 0.3", "hello\n"],
      ["slow-hello 9", ""],
      ["echo never", "not-run"],
    ]);
    expect(given).toMatchObject({ status: undefined, ends: [{}, { end: { ending: "deadline" } }, {}] });
  });

  it("ends with the caller's signal, inside of a substitution and of xargs too", async () => {
    for (const text of ["slow-hello 9; echo never", "echo $(slow-hello 9)", "seq 3 | xargs -n 1 slow-hello 9"]) {
      const stop = new AbortController();
      setTimeout(() => stop.abort(), 300);
      const started = performance.now();
      const given = await answer(text, { signal: stop.signal });
      expect(performance.now() - started).toBeLessThan(5000);
      const ran =
        given.kind === "ran" ? [given.result] : given.kind === "ran-several" ? given.ends.map(({ end }) => end) : [];
      expect(ran.some((each) => each.kind === "run" && each.ending === "cancelled")).toBe(true);
    }
  });

  it("has one bound of output for all of it", async () => {
    await again({ maxOutput: 10 });
    const given = await answer("echo 12345; echo 67890; echo abc");
    expect(endsOf(given)).toEqual([
      ["echo 12345", "12345\n"],
      ["echo 67890", "6789"],
      ["echo abc", ""],
    ]);
    expect(given).toMatchObject({ ends: [{}, { end: { output: { dropped: { bytes: 2, exact: true } } } }, {}] });
  });

  it("stops where the bound of the kept output is passed", async () => {
    await again({ maxOutput: 10, maxSpool: 1000 });
    const given = await answer("flood output; echo never");
    expect(given).toMatchObject({
      status: undefined,
      ends: [{ end: { ending: "output-full" } }, { end: { kind: "not-run" } }],
    });
  });
});

describe("a command substitution", () => {
  it("runs before its command, whose words it fills", async () => {
    expect(endsOf(await answer('print-argv $(printf "a b\\nc") "$(printf "d e\\n\\n")"x'))).toEqual([
      ["$(printf -- 'a b\\nc')", "a b\nc"],
      ["$(printf -- 'd e\\n\\n')", "d e\n\n"],
      ["print-argv -- a b c 'd ex'", expect.stringMatching(/\0--\0a\0b\0c\0d ex\0$/)],
    ]);
  });

  it("nests, and gives what a list of commands has printed", async () => {
    expect(endsOf(await answer("echo $(echo a; seq $(seq 2 2) 3 && echo b)")).at(-1)).toEqual([
      "echo a 2 3 b",
      "a 2 3 b\n",
    ]);
  });

  it.each([
    ["nothing", "echo x$(true)y", "expansion-empty"],
    ["blanks", 'echo "$(echo)"', "expansion-empty"],
    ["an option", "echo $(printf '%s' -n)", "expansion-dash"],
    ["the CLI's word for nothing", "echo a $(echo None)", "expansion-none"],
    ["a carriage return", "echo $(printf 'a\\r')", "expansion-characters"],
    ["a NUL", "echo $(printf 'a\\0b')", "expansion-characters"],
    ["no UTF-8", "echo $(printf '\\377')", "expansion-characters"],
    ["more than fits", "echo $(seq 30000)", "expansion-too-long"],
    ["more words than a command has", "echo $(seq 9000)", "too-many-arguments"],
    ["what is no number where one belongs", "head -n $(echo x)", "bad-value"],
  ])("refuses %s, and what comes after it does not run", async (_, text, code) => {
    const given = await answer(`${text}; echo never`);
    const ends = endsOf(given);
    expect(ends.at(-2)?.[1]).toEqual({ refused: code });
    expect(ends.at(-1)).toEqual(["echo never", "not-run"]);
    expect(given).toMatchObject({ status: undefined });
  });

  it("is data, whatever it is", { timeout: 60_000 }, async () => {
    const nasty = fc.array(
      fc.constantFrom(
        "$(id)",
        "`id`",
        ";",
        "&&",
        "|",
        "'",
        '"',
        "\\",
        "*",
        "{}",
        "~",
        "#",
        ">x",
        "a b",
        "\n",
        "é",
        "$HOME",
        "=-",
      ),
      { minLength: 1, maxLength: 5 },
    );
    await fc.assert(
      fc.asyncProperty(nasty, async (parts) => {
        const data = `x${parts.join("")}x`;
        writeFileSync(join(bench.machine.workspace, "data.txt"), data);
        const given = await answer('print-argv "$(cat data.txt)" $(cat data.txt)');
        const words = String(endsOf(given).at(-1)?.[1]).split("\0").slice(2, -1);
        expect(words).toEqual([data, ...data.split(/[ \n]+/)]);
      }),
      { numRuns: 60 },
    );
    rmSync(join(bench.machine.workspace, "data.txt"));
  });
});

describe("xargs", () => {
  it("judges every command with its items, names the one that is refused and runs no more", async () => {
    const given = await answer("printf 'a\\n--x\\nb\\n' | xargs -n 1 echo");
    expect(given).toMatchObject({
      kind: "ran",
      result: {
        output: { text: "a\n" },
        stages: [{}, { name: "xargs", runs: 1, stopped: { code: "expansion-dash", item: "echo --x" } }],
      },
    });
  });

  it.each([
    ["printf '%s\\n' '/etc/passwd' | xargs grep x", "expansion-path"],
    ["printf 'file:///etc/passwd' | xargs aws s3api get-bucket-location --bucket", "expansion-path"],
    ["printf -- '--profile' | xargs -I{} aws s3api get-bucket-location --bucket {}", "expansion-dash"],
    ["printf 'None' | xargs -n1 aws s3api get-bucket-location --bucket", "expansion-none"],
    ["true | xargs aws s3api get-bucket-location --bucket b --region", "expansion-global"],
    ["true | xargs aws s3api list-buckets --prefix", "expansion-empty"],
  ])("refuses data that would be more than data: %s", async (text, code) => {
    const given = await answer(text);
    const codes =
      given.kind === "ran" && given.result.kind === "run"
        ? given.result.stages.map(({ stopped }) => stopped?.code)
        : given.kind === "refused"
          ? [given.checked.code]
          : [];
    expect(codes).toContain(code);
  });

  it("tells how far it is", async () => {
    const heard: string[] = [];
    await answer("seq 3 | xargs -n 1 echo", { progress: (done, all) => heard.push(`${done}/${all}`) });
    expect(heard).toEqual(["1/3", "2/3", "3/3"]);
  });

  it("runs as many at once as it says, and no more than the server may", { timeout: 30_000 }, async () => {
    const started = performance.now();
    await answer("seq 4 | xargs -P 4 -n 1 -I{} slow-hello 0.7");
    const four = performance.now() - started;
    expect(four).toBeLessThan(2000);
  });
});
