import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Engine } from "../../../../src/engine.js";
import { auditedEngine } from "../../../../src/server/audit/audited-engine.js";
import { LOCAL } from "../../../../src/server/principal-of.js";
import { type Bench, benchMachine } from "../../../executor/bench-machine.js";
import { memoryLog } from "../memory-log.js";
import { inNumbers, places, writings } from "./secret-places.js";

let bench: Bench;
let engine: Engine;
const log = memoryLog();

beforeAll(() => {
  bench = benchMachine();
  engine = auditedEngine(bench.engine, { audit: log, principal: LOCAL, book: bench.book, now: Date.now });
});

afterAll(() => {
  bench.remove();
  bench.machine.directories.remove();
});

/** What is looked for: runs of letters and digits that stand nowhere else. */
const run = fc.string({
  unit: fc.constantFrom(..."abcdefghjkmnpqrstuvwxyzABCDEFGHJKMNPQRSTUVWXYZ23456789"),
  minLength: 9,
  maxLength: 14,
});
const between = fc.string({ unit: fc.constantFrom(..." !\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~é€漢😀"), maxLength: 8 });

/** Each form in which a run could stand in a record: as it is, and as it was written. */
const formsOf = (text: string): readonly string[] => {
  const written = [text, inNumbers(text), ...writings.map(({ write }) => write(text).slice(0, -1))].map((form) =>
    form.replace(/ > out\.tx$/, ""),
  );
  return [...written, ...written.map((form) => JSON.stringify(form).slice(1, -1))];
};

describe("a record", () => {
  it("holds no secret that its place tells, in whatever way it was written", async () => {
    const anywhere = fc.record({
      place: fc.constantFrom(...places),
      writing: fc.constantFrom(...writings),
      parts: fc.tuple(run, between, run),
    });
    await fc.assert(
      fc.asyncProperty(anywhere, async ({ place, writing, parts }) => {
        const command = place.command(writing.write(place.value(parts.join(""))));
        const checked = await engine.check(command, { signal: new AbortController().signal });
        const record = JSON.stringify(log.records.at(-1));
        const found = [parts[0], parts[2]].flatMap(formsOf).filter((form) => form.length > 8 && record.includes(form));
        expect({ command, found, record: found.length === 0 ? "" : record }).toEqual({
          command,
          found: [],
          record: "",
        });
        expect(checked.verdict).toMatch(/^(?:allow|ask|deny|problem)$/);
      }),
      { numRuns: 1500 },
    );
    expect(log.open()).toBe(0);
    // Both what can be judged and what can't has come.
    const verdicts = new Set(log.records.map(({ verdict }) => verdict));
    expect([...verdicts].sort()).toEqual(["allow", "ask", "deny", "problem"]);
    expect(log.records.some(({ canonical }) => JSON.stringify(canonical).includes("***"))).toBe(true);
  });
});
