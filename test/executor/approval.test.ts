import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { planText } from "../../src/check.js";
import { runPipeline } from "../../src/executor/run-pipeline.js";
import type { Plan } from "../../src/plan/plan.js";
import { DEFAULT_STREAMS } from "../../src/plan/streams.js";
import { type ApprovedPipeline, approve, redeem } from "../../src/policy/approve.js";
import { SETTINGS } from "../policy/settings.js";
import { type Bench, benchMachine } from "./bench-machine.js";
import { stagesOf } from "./leftovers.js";

let bench: Bench;

beforeAll(() => {
  bench = benchMachine();
});

afterAll(() => bench.remove());

const planned = (text: string): Plan => {
  const plan = planText(text, SETTINGS);
  if (!plan.ok) throw new Error(plan.error.message);
  return plan.value;
};

const approved = (plan: Plan): ApprovedPipeline => {
  const result = approve(plan, bench.book);
  if (!result.ok) throw new Error("was refused");
  return result.value;
};

const options = () => ({
  ...bench.settings,
  signal: new AbortController().signal,
  sink: undefined,
});

describe("redeem", () => {
  it("opens an approval once", () => {
    const pipeline = approved(planned("echo hi"));
    expect(redeem(pipeline)).toMatchObject([{ argv: ["echo", "hi"] }]);
    expect(() => redeem(pipeline)).toThrow("this pipeline was not approved, or its approval is spent");
  });

  it("opens nothing that approve has not minted", () => {
    const real = approved(planned("echo hi"));
    const stages = [
      {
        kind: "utility",
        argv: ["echo", "hi"],
        paths: ["/usr/bin/echo", "/bin/echo"],
        reads: [],
        scratch: false,
        files: [],
        effects: ["read"],
        streams: DEFAULT_STREAMS,
      },
    ];
    // The cast is the forgery.
    for (const forged of [{}, { ...real }, Object.create(real), structuredClone(real), stages, { stages }])
      expect(() => redeem(forged as ApprovedPipeline)).toThrow("was not approved");
    expect(redeem(real)).toEqual(stages);
  });
});

describe("runPipeline", () => {
  it("runs an approval once and a forgery never", async () => {
    const pipeline = approved(planned("echo hi"));
    expect(await runPipeline(pipeline, bench.machine, options())).toMatchObject({ output: { text: "hi\n" } });
    await expect(runPipeline(pipeline, bench.machine, options())).rejects.toThrow("its approval is spent");
    // The cast is the forgery.
    const forged = [{ kind: "utility", argv: ["never-reads"], paths: [`${bench.programs}/never-reads`], files: [] }];
    await expect(runPipeline(forged as unknown as ApprovedPipeline, bench.machine, options())).rejects.toThrow(
      "was not approved",
    );
    expect(stagesOf(bench)).toEqual([]);
  });

  it("runs what was judged, whatever becomes of the plan afterwards", async () => {
    // The cast drops `readonly`: this is the caller who changes its plan.
    const plan = structuredClone(planned("echo hi")) as unknown as { stages: [{ arguments: { text: string }[] }] };
    const pipeline = approved(plan as unknown as Plan);
    plan.stages[0].arguments[1] = { text: "changed" };
    plan.stages[0].arguments.push({ text: "more" });
    expect(await runPipeline(pipeline, bench.machine, options())).toMatchObject({ output: { text: "hi\n" } });
  });

  it("cannot be given other stages by changing what was redeemed", () => {
    const stages = redeem(approved(planned("echo hi | wc -c")));
    expect(
      Object.isFrozen(stages) && stages.every((stage) => Object.isFrozen(stage) && Object.isFrozen(stage.argv)),
    ).toBe(true);
  });
});

describe("a refused text", () => {
  it("starts nothing", async () => {
    const call = { milliseconds: 1000, signal: new AbortController().signal, sink: undefined };
    const { kind } = await bench.engine.run("never-reads | bash -c id", call);
    expect({ kind, running: stagesOf(bench) }).toEqual({ kind: "refused", running: [] });
  });
});
