import { closeSync, openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { runPipeline } from "../../src/executor/run-pipeline.js";
import { planArgv } from "../../src/plan/plan-argv.js";
import { approve } from "../../src/policy/approve.js";
import { type Bench, benchMachine } from "./bench-machine.js";
import { asByBash, byBash } from "./by-bash.js";
import { expectNothingLeft, type Leftovers, leftovers } from "./leftovers.js";

let bench: Bench;
let before: Leftovers;

beforeAll(async () => {
  bench = benchMachine({ milliseconds: 10_000 });
  await bench.run("echo warm");
  before = leftovers(bench);
});

afterEach(() => expectNothingLeft(bench, before));

afterAll(() => bench.remove());

const byUs = async (text: string) => {
  const { stages, output } = await bench.run(text);
  return asByBash({
    output: output.text,
    errors: stages.map(({ stderr }) => stderr),
    exits: stages.map(({ exit }) => exit),
  });
};

const FORMS = [
  "2>&1",
  "1>&2",
  ">&2",
  "2>/dev/null",
  ">/dev/null",
  "1>/dev/null",
  "> /dev/null",
  "&>/dev/null",
  ">/dev/null 2>&1",
  "2>&1 >/dev/null",
  ">&2 2>/dev/null",
  "2>/dev/null >&2",
  "2>&1 1>&2",
  "</dev/null",
  "</dev/null 2>&1",
];

describe("runPipeline", () => {
  it.each(FORMS)("does with %s what bash does, wherever it stands", async (form) => {
    // A producer whose consumer reads nothing gets SIGPIPE, or it does not: `seq` may be done before.
    for (const text of [
      `both-streams a 3 ${form}`,
      `both-streams a 3 ${form} | both-streams b`,
      `${form} both-streams a | both-streams b 4`,
      `seq 2 | both-streams ${form} b | both-streams c`,
      `true | both-streams b ${form}`,
    ])
      if (!(form.startsWith("<") && text.startsWith("seq"))) expect(await byUs(text)).toEqual(byBash(bench, text));
  });

  it.each([
    "both-streams a |& both-streams b",
    "both-streams a >/dev/null |& both-streams b",
    "both-streams a 2>/dev/null | both-streams b |& both-streams c",
    "flood output | both-streams b </dev/null",
    "flood error 2>&1 | head -n 1",
    "flood error 2>&1 >/dev/null | head -n 1",
  ])("does what bash does: %s", async (text) => {
    expect(await byUs(text)).toEqual(byBash(bench, text));
  });

  it("keeps in a file what does not fit of an error stream that is output", async () => {
    const small = benchMachine({ maxOutput: 1600 });
    const { output } = await small.run("flood error 500000 2>&1");
    expect(output.dropped).toEqual({ bytes: 498_400, exact: true });
    expect(readFileSync(output.spool ?? "", "latin1")).toBe("0123456789abcde\n".repeat(31_250));
    small.remove();
  });

  it("leads what is written to the descriptors that it is given, and collects nothing", async () => {
    const paths = ["sink", "errors"].map((name) => join(bench.home, name));
    const [sink = -1, errors = -1] = paths.map((path) => openSync(path, "a"));
    const approved = approve(planArgv(["both-streams", "a"]), bench.book);
    if (!approved.ok) throw new Error("was refused");
    const options = { ...bench.settings, signal: new AbortController().signal, sink, errors };
    const result = await runPipeline(approved.value, bench.machine, options);
    expect(result).toMatchObject({ kind: "run", output: { text: "", bytes: 0 }, stages: [{ stderr: "" }] });
    expect(paths.map((path) => readFileSync(path, "utf8"))).toEqual(["a out\n", "a err\n"]);
    for (const descriptor of [sink, errors]) closeSync(descriptor);
  });
});
