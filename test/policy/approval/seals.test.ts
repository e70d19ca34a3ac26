import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { spendConsent } from "../../../src/policy/approval/consent.js";
import { createSeals, type PersonAnswer, type Seals } from "../../../src/policy/approval/seals.js";

const QUESTION = "5e".repeat(32);
const OTHER = "07".repeat(32);
const YES: PersonAnswer = { action: "accept", approve: true };

/** Seals whose clock the test turns. */
const sealsAt = (start = 1_700_000_000_000, key = Buffer.alloc(32, 7)) => {
  const clock = { now: start };
  let names = 0;
  return { clock, seals: createSeals({ key, now: () => clock.now, nonce: () => `n${++names}` }) };
};

const codeOf = (seals: Seals, state: string, digest = QUESTION, answer = YES): string => {
  const opened = seals.open(state, digest, answer);
  return opened.ok ? "consent" : opened.error.code;
};

describe("open", () => {
  it("gives a consent to the question that was sealed, and to no other", () => {
    const { seals } = sealsAt();
    const opened = seals.open(seals.seal(QUESTION), QUESTION, YES);
    if (!opened.ok) throw new Error(opened.error.code);
    expect(spendConsent(opened.value, OTHER)).toBe(false);
    const again = seals.open(seals.seal(QUESTION), QUESTION, YES);
    expect(again.ok && spendConsent(again.value, QUESTION)).toBe(true);
  });

  it.each<[PersonAnswer, string]>([
    [{ action: "accept", approve: true }, "consent"],
    [{ action: "accept", approve: false }, "approval-declined"],
    [{ action: "decline", approve: true }, "approval-declined"],
    [{ action: "cancel", approve: true }, "approval-declined"],
    [{ action: "decline", approve: false }, "approval-declined"],
  ])("takes %j for %s", (answer, code) => {
    const { seals } = sealsAt();
    expect(codeOf(seals, seals.seal(QUESTION), QUESTION, answer)).toBe(code);
  });

  it("opens a seal once, whatever was answered and whatever came of it", () => {
    const { seals, clock } = sealsAt();
    for (const [digest, answer] of [
      [QUESTION, YES],
      [QUESTION, { action: "decline", approve: false }],
      [OTHER, YES],
    ] as const) {
      const state = seals.seal(QUESTION);
      codeOf(seals, state, digest, answer);
      expect(codeOf(seals, state)).toBe("approval-spent");
    }
    const late = seals.seal(QUESTION);
    clock.now += 120_001;
    expect([codeOf(seals, late), codeOf(seals, late)]).toEqual(["approval-late", "approval-spent"]);
  });

  it("opens a seal once when many open it at once", async () => {
    const { seals } = sealsAt();
    const state = seals.seal(QUESTION);
    const codes = await Promise.all(Array.from({ length: 50 }, async () => codeOf(seals, state)));
    expect(codes.filter((code) => code === "consent")).toHaveLength(1);
    expect(codes.filter((code) => code === "approval-spent")).toHaveLength(49);
  });

  it.each([
    [0, "consent"],
    [119_000, "consent"],
    [120_000, "consent"],
    [120_001, "approval-late"],
    [240_000, "approval-late"],
    [240_001, "approval-late"],
    [10 ** 9, "approval-late"],
    [-1, "approval-late"],
  ])("after %d ms gives %s", (milliseconds, code) => {
    const { seals, clock } = sealsAt();
    const state = seals.seal(QUESTION);
    clock.now += milliseconds;
    expect(codeOf(seals, state)).toBe(code);
  });

  it("never gives a second consent, whenever the seal comes back", () => {
    const times = fc.array(fc.nat(400_000), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(times, (steps) => {
        const { seals, clock } = sealsAt();
        const state = seals.seal(QUESTION);
        let consents = 0;
        for (const step of steps) {
          codeOf(seals, seals.seal(OTHER), OTHER);
          if (codeOf(seals, state) === "consent") consents++;
          clock.now += step;
        }
        expect(consents).toBeLessThanOrEqual(1);
      }),
    );
  });

  it("does not open what another key has sealed", () => {
    const { seals } = sealsAt();
    const foreign = sealsAt(undefined, Buffer.alloc(32, 8)).seals.seal(QUESTION);
    expect([seals.isOurs(foreign), codeOf(seals, foreign)]).toEqual([false, "approval-forged"]);
  });

  it("says what to do, in the form of every message", () => {
    const { seals, clock } = sealsAt();
    const [mismatch, declined, late] = [seals.seal(QUESTION), seals.seal(QUESTION), seals.seal(QUESTION)];
    const opened = [
      seals.open("x", QUESTION, YES),
      seals.open(mismatch, OTHER, YES),
      seals.open(mismatch, QUESTION, YES),
      seals.open(declined, QUESTION, { action: "cancel", approve: false }),
    ];
    clock.now += 120_001;
    opened.push(seals.open(late, QUESTION, YES));
    for (const each of opened) {
      if (each.ok) throw new Error("was opened");
      expect(each.error.message).toMatch(/^[a-z][^\n]*[^.\n]$/);
      expect(each.error.hint).toMatch(/^[a-z][^\n]*[^.\n]$/);
    }
  });
});

describe("isOurs", () => {
  it("is true of every seal, and of none that one byte was changed in, taken from or added to", () => {
    const { seals } = sealsAt();
    const state = seals.seal(QUESTION);
    expect(seals.isOurs(state)).toBe(true);
    const others = new Set<string>();
    for (let at = 0; at <= state.length; at++) {
      others.add(state.slice(0, at) + state.slice(at + 1));
      others.add(state.slice(0, at));
      for (let code = 0; code < 256; code++) {
        others.add(state.slice(0, at) + String.fromCharCode(code) + state.slice(at + 1));
        others.add(state.slice(0, at) + String.fromCharCode(code) + state.slice(at));
      }
    }
    others.delete(state);
    expect(others.size).toBeGreaterThan(10_000);
    expect([...others].filter((other) => seals.isOurs(other) || codeOf(seals, other) !== "approval-forged")).toEqual(
      [],
    );
    expect(codeOf(seals, state)).toBe("consent");
  });

  it("is false of whatever somebody makes up", () => {
    const { seals } = sealsAt();
    const state = seals.seal(QUESTION);
    const [body = "", signature = ""] = state.split(".");
    const unsigned = Buffer.from(JSON.stringify([QUESTION, 1_700_000_000_000, "n9"])).toString("base64url");
    const made = [
      "",
      ".",
      "..",
      body,
      `${body}.`,
      `.${signature}`,
      `${unsigned}.${signature}`,
      `${state}.${signature}`,
    ];
    expect(made.filter((each) => seals.isOurs(each))).toEqual([]);
    expect(seals.isOurs(`${state}${"=".repeat(5)}`)).toBe(false);
    expect(seals.isOurs("x".repeat(10_000_000))).toBe(false);
    fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => !seals.isOurs(text)));
    fc.assert(fc.property(fc.base64String(), fc.base64String(), (one, two) => !seals.isOurs(`${one}.${two}`)));
  });
});

describe("seal", () => {
  it("gives a new state each time, that names neither the command nor the key", () => {
    const { seals } = sealsAt();
    const states = Array.from({ length: 100 }, () => seals.seal(QUESTION));
    expect(new Set(states).size).toBe(100);
    expect(states[0]).toMatch(/^[\w-]+\.[\w-]+$/);
  });

  it("remembers what was spent no longer than it must: memory does not grow with the answers", () => {
    const { seals, clock } = sealsAt();
    const spendMany = (count: number): number => {
      for (let index = 0; index < count; index++) {
        codeOf(seals, seals.seal(QUESTION));
        clock.now += 1000;
      }
      globalThis.gc?.();
      return process.memoryUsage().heapUsed;
    };
    const kept = Map.prototype.set;
    const maps = new Set<Map<unknown, unknown>>();
    // The one map that the seals write to shows how much they keep.
    Map.prototype.set = function set(key, value) {
      if (typeof key === "string" && /^n\d+$/.test(key)) maps.add(this);
      return kept.call(this, key, value);
    };
    try {
      spendMany(2000);
    } finally {
      Map.prototype.set = kept;
    }
    expect(maps.size).toBe(1);
    expect([...maps][0]?.size).toBeLessThanOrEqual(242);
  });
});
