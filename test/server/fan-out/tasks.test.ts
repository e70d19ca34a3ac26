import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Asked, tasksOf } from "../../../src/server/fan-out/tasks.js";
import { ruleBook } from "../../policy/rule-book.js";
import { NAMES, NAMING, regionsOf } from "./known.js";

const { signal } = new AbortController();
const PROFILES = ["default", "dev", "prod"] as const;
const book = ruleBook({ profiles: [...PROFILES] });
const found = async (asked: Partial<Asked>, regions = regionsOf({}), most = 100) =>
  tasksOf({ commands: ["a"], regions: undefined, profiles: undefined, ...asked }, regions, book, signal, most);

describe("tasksOf", () => {
  it("is the command itself where the call says nothing more", async () => {
    expect(await found({})).toEqual({
      ok: true,
      value: { tasks: [{ step: 0, command: "a", target: {} }], notes: [] },
    });
  });

  it("is each command at all places before the next one", async () => {
    const tasks = await found({ commands: ["a", "b"], regions: ["us-east-1", "us-west-2"] });
    expect(tasks.ok && tasks.value.tasks).toEqual([
      { step: 0, command: "a", target: { region: "us-east-1" } },
      { step: 0, command: "a", target: { region: "us-west-2" } },
      { step: 1, command: "b", target: { region: "us-east-1" } },
      { step: 1, command: "b", target: { region: "us-west-2" } },
    ]);
  });

  it("keeps a command that is sent twice: it may see another state", async () => {
    const tasks = await found({ commands: ["a", "b", "a"] });
    expect(tasks.ok && tasks.value.tasks.map(({ step, command }) => `${step} ${command}`)).toEqual([
      "0 a",
      "1 b",
      "2 a",
    ]);
  });

  it("keeps why a task cannot run", async () => {
    const regions = regionsOf({ dev: ["us-east-1"] });
    const tasks = await found({ commands: ["a", "b"], regions: "all", profiles: ["prod", "dev"] }, regions);
    expect(tasks.ok && tasks.value.tasks).toEqual([
      { step: 0, command: "a", target: { profile: "prod" }, problem: NAMING },
      { step: 0, command: "a", target: { profile: "dev", region: "us-east-1" } },
      { step: 1, command: "b", target: { profile: "prod" }, problem: NAMING },
      { step: 1, command: "b", target: { profile: "dev", region: "us-east-1" } },
    ]);
  });

  it("takes a hundred tasks and not one more", async () => {
    const commands: Asked["commands"] = ["a", ...Array.from({ length: 19 }, (_, index) => `b${index}`)];
    expect(await found({ commands, regions: NAMES.slice(0, 5) })).toMatchObject({ ok: true });
    expect(await found({ commands, regions: NAMES.slice(0, 6) })).toEqual({
      ok: false,
      error: {
        code: "fan-out-too-wide",
        message: "20 commands at 6 places are 120 runs, and one call has at most 100",
        hint: 'send fewer commands in one call, or name fewer regions and profiles: `regions: ["us-east-1"]`',
      },
    });
    const wide = regionsOf({ dev: Array.from({ length: 101 }, (_, index) => `eu-west-${index}`) });
    const refused = await found({ regions: "all", profiles: ["dev"] }, wide);
    expect(refused.ok ? undefined : refused.error.message).toBe(
      "1 command at 101 places are 101 runs, and one call has at most 100",
    );
  });

  it("takes as many tasks as the operator lets a call have, and says whose bound it is", async () => {
    const regions = NAMES.slice(0, 3);
    expect(await found({ commands: ["a", "b"], regions }, undefined, 6)).toMatchObject({ ok: true });
    expect(await found({ commands: ["a", "b"], regions }, undefined, 5)).toEqual({
      ok: false,
      error: {
        code: "fan-out-too-wide",
        message: "2 commands at 3 places are 6 runs, and one call has at most 5",
        hint: 'send fewer commands in one call, or name fewer regions and profiles: `regions: ["us-east-1"]`; the operator has set AWS_MCP_MAX_FAN_OUT to 5',
      },
    });
    expect(await found({ regions: regions.slice(0, 1) }, undefined, 1)).toMatchObject({ ok: true });
    expect(await found({ regions: regions.slice(0, 2) }, undefined, 1)).toMatchObject({ ok: false });
  });

  it("has each combination of a command, a region and a profile once", async () => {
    const some = <T>(values: readonly T[]) => fc.array(fc.constantFrom(...values), { minLength: 1, maxLength: 8 });
    const asked = fc.record({
      commands: fc.integer({ min: 1, max: 4 }),
      regions: fc.option(some(NAMES), { nil: undefined }),
      profiles: fc.option(some(PROFILES), { nil: undefined }),
    });
    await fc.assert(
      fc.asyncProperty(asked, async ({ commands, regions, profiles }) => {
        const sent: Asked["commands"] = ["c0", ...Array.from({ length: commands - 1 }, (_, index) => `c${index + 1}`)];
        const tasks = await found({ commands: sent, regions, profiles });
        if (!tasks.ok) throw new Error(tasks.error.message);
        const name = (...parts: readonly (string | undefined)[]) => parts.map((part) => part ?? "-").join(" ");
        const product = sent.flatMap((command) =>
          [...new Set(profiles ?? [undefined])].flatMap((profile) =>
            [...new Set(regions ?? [undefined])].map((region) => name(command, profile, region)),
          ),
        );
        const names = tasks.value.tasks.map(({ command, target }) => name(command, target.profile, target.region));
        expect(names).toEqual(product);
        expect(new Set(names).size).toBe(names.length);
      }),
    );
  });
});
