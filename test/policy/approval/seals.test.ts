import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { err } from "../../../src/language/result.js";
import { spendConsent } from "../../../src/policy/approval/consent.js";
import { createSeals, type PersonAnswer, type Seals } from "../../../src/policy/approval/seals.js";
import { type SpentSeals, spentInMemory } from "../../../src/policy/approval/spent-seals.js";

const QUESTION = "5e".repeat(32);
const OTHER = "07".repeat(32);
const YES: PersonAnswer = { action: "accept", approve: true };
const NO: PersonAnswer = { action: "decline", approve: false };

/** Seals whose clock the test turns. */
const sealsAt = (start = 1_700_000_000_000, key: Uint8Array = Buffer.alloc(32, 7), spent?: SpentSeals) => {
  const clock = { now: start };
  const now = () => clock.now;
  let names = 0;
  return { clock, seals: createSeals({ key, spent: spent ?? spentInMemory(now), now, nonce: () => `n${++names}` }) };
};

const codeOf = async (seals: Seals, state: string, digest = QUESTION, answer = YES): Promise<string> => {
  const opened = await seals.open(state, digest, answer);
  return opened.ok ? "consent" : opened.error.code;
};

describe("open", () => {
  it("gives a consent to the question that was sealed, and to no other", async () => {
    const { seals } = sealsAt();
    const opened = await seals.open(seals.seal(QUESTION), QUESTION, YES);
    if (!opened.ok) throw new Error(opened.error.code);
    expect(spendConsent(opened.value, OTHER)).toBe(false);
    const again = await seals.open(seals.seal(QUESTION), QUESTION, YES);
    expect(again.ok && spendConsent(again.value, QUESTION)).toBe(true);
  });

  it.each<[PersonAnswer, string]>([
    [{ action: "accept", approve: true }, "consent"],
    [{ action: "accept", approve: false }, "approval-declined"],
    [{ action: "decline", approve: true }, "approval-declined"],
    [{ action: "cancel", approve: true }, "approval-declined"],
    [{ action: "decline", approve: false }, "approval-declined"],
  ])("takes %j for %s", async (answer, code) => {
    const { seals } = sealsAt();
    expect(await codeOf(seals, seals.seal(QUESTION), QUESTION, answer)).toBe(code);
  });

  it("opens a seal once, whatever was answered and whatever came of it", async () => {
    const { seals, clock } = sealsAt();
    for (const [digest, answer] of [
      [QUESTION, YES],
      [QUESTION, NO],
      [OTHER, YES],
    ] as const) {
      const state = seals.seal(QUESTION);
      await codeOf(seals, state, digest, answer);
      expect(await codeOf(seals, state)).toBe("approval-spent");
    }
    const late = seals.seal(QUESTION);
    clock.now += 120_001;
    expect([await codeOf(seals, late), await codeOf(seals, late)]).toEqual(["approval-late", "approval-spent"]);
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
    // Another server's clock may be a little ahead.
    [-1, "consent"],
    [-5000, "consent"],
    [-5001, "approval-late"],
  ])("after %d ms gives %s", async (milliseconds, code) => {
    const { seals, clock } = sealsAt();
    const state = seals.seal(QUESTION);
    clock.now += milliseconds;
    expect(await codeOf(seals, state)).toBe(code);
  });

  it("never gives a second consent, whenever the seal comes back", async () => {
    const times = fc.array(fc.nat(400_000), { minLength: 1, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(times, async (steps) => {
        const { seals, clock } = sealsAt();
        const state = seals.seal(QUESTION);
        let consents = 0;
        for (const step of steps) {
          await codeOf(seals, seals.seal(OTHER), OTHER);
          if ((await codeOf(seals, state)) === "consent") consents++;
          clock.now += step;
        }
        expect(consents).toBeLessThanOrEqual(1);
      }),
    );
  });

  it("counts from when the answer came, however long it takes to write down that it is spent", async () => {
    const clock = { now: 0 };
    const spent: SpentSeals = {
      spend: async () => {
        clock.now += 60_000;
        return { ok: true, value: true };
      },
    };
    const seals = createSeals({ key: Buffer.alloc(32, 7), spent, now: () => clock.now, nonce: () => "n" });
    const state = seals.seal(QUESTION);
    clock.now += 119_000;
    expect(await codeOf(seals, state)).toBe("consent");
  });

  it("does not open what another key has sealed, and says that it was sealed elsewhere", async () => {
    const { seals } = sealsAt();
    const foreign = sealsAt(undefined, Buffer.alloc(32, 8)).seals.seal(QUESTION);
    expect([seals.originOf(foreign), seals.digestOf(foreign), await codeOf(seals, foreign)]).toEqual([
      "elsewhere",
      undefined,
      "approval-elsewhere",
    ]);
  });

  it("opens by the same key what another server has sealed, once at all of them where they share what is spent", async () => {
    const spent = spentInMemory(() => 0);
    const [asked, one, other] = Array.from({ length: 3 }, () => sealsAt(undefined, undefined, spent).seals) as [
      Seals,
      Seals,
      Seals,
    ];
    const state = asked.seal(QUESTION);
    expect(one.originOf(state)).toBe("ours");
    expect((await Promise.all([one, other].map((seals) => codeOf(seals, state)))).sort()).toEqual([
      "approval-spent",
      "consent",
    ]);
    expect(await codeOf(asked, state)).toBe("approval-spent");
  });

  it("opens a seal once where another server's clock is hours behind", async () => {
    const clock = { now: 1_700_000_000_000 };
    const spent = spentInMemory(() => clock.now);
    for (const behind of [300_000, 3_600_000, 80_000_000]) {
      const seals = [0, behind].map((by) =>
        createSeals({ key: Buffer.alloc(32, 7), spent, now: () => clock.now - by, nonce: () => `by${behind}` }),
      );
      const state = seals[0]?.seal(QUESTION) ?? "";
      const codes = [await codeOf(seals[0] as Seals, state)];
      clock.now += behind + 1000;
      codes.push(await codeOf(seals[1] as Seals, state));
      expect([behind, codes]).toEqual([behind, ["consent", "approval-spent"]]);
    }
  });

  it("gives nothing to spend that says what is asked, and other names for another key's seals", async () => {
    const names: string[] = [];
    const spent: SpentSeals = {
      spend: async (name) => {
        names.push(name);
        return { ok: true, value: true };
      },
    };
    for (const fill of [7, 8]) {
      const { seals } = sealsAt(undefined, Buffer.alloc(32, fill), spent);
      await codeOf(seals, seals.seal(QUESTION));
    }
    expect(names).toEqual([expect.stringMatching(/^[\w-]{12}\.n1$/), expect.stringMatching(/^[\w-]{12}\.n1$/)]);
    expect(new Set(names).size).toBe(2);
  });

  it("spends nothing for a state that is not ours", async () => {
    let spends = 0;
    const spent: SpentSeals = {
      spend: async () => {
        spends += 1;
        return { ok: true, value: true };
      },
    };
    const { seals } = sealsAt(undefined, undefined, spent);
    const foreign = sealsAt(undefined, Buffer.alloc(32, 8)).seals.seal(QUESTION);
    for (const state of [foreign, "x", `${seals.seal(QUESTION)}A`]) await codeOf(seals, state);
    expect(spends).toBe(0);
  });

  it("gives no consent where it cannot be written down, but a no stays a no", async () => {
    const { seals } = sealsAt(undefined, undefined, { spend: async () => err("it does not answer") });
    const answers = [YES, NO, { action: "accept", approve: false }] as const;
    const codes = answers.map((answer) => codeOf(seals, seals.seal(QUESTION), QUESTION, answer));
    expect(await Promise.all(codes)).toEqual(["approval-store-lost", "approval-declined", "approval-declined"]);
  });

  it("says what to do, in the form of every message", async () => {
    const { seals, clock } = sealsAt();
    const lost = sealsAt(undefined, undefined, { spend: async () => err("it does not answer") }).seals;
    const [mismatch, declined, late] = [seals.seal(QUESTION), seals.seal(QUESTION), seals.seal(QUESTION)];
    const opened = [
      await seals.open("x", QUESTION, YES),
      await seals.open(sealsAt(undefined, Buffer.alloc(32, 8)).seals.seal(QUESTION), QUESTION, YES),
      await seals.open(mismatch, OTHER, YES),
      await seals.open(mismatch, QUESTION, YES),
      await seals.open(declined, QUESTION, NO),
      await lost.open(seals.seal(QUESTION), QUESTION, YES),
    ];
    clock.now += 120_001;
    opened.push(await seals.open(late, QUESTION, YES));
    const problems = opened.map((each) => (each.ok ? undefined : each.error));
    for (const problem of problems) {
      expect(problem?.message).toMatch(/^[a-z][^\n]*[^.\n]$/);
      expect(problem?.hint).toMatch(/^[a-z][^\n]*[^.\n]$/);
    }
    expect(new Set(problems.map((problem) => problem?.code)).size).toBe(7);
  });
});

describe("originOf", () => {
  it("is ours for every seal, and for none that one byte was changed in, taken from or added to", async () => {
    const { seals } = sealsAt();
    const state = seals.seal(QUESTION);
    expect(seals.originOf(state)).toBe("ours");
    const others = new Map<string, string>();
    const id = state.indexOf(".");
    for (let at = 0; at <= state.length; at++) {
      others.set(state.slice(0, at) + state.slice(at + 1), "forged");
      others.set(state.slice(0, at), "forged");
      for (let code = 0; code < 256; code++) {
        const character = String.fromCharCode(code);
        // Where the key's id is another one, nobody can tell whether its holder has sealed this.
        const isForm = at < id && /^[\w-]$/.test(character);
        others.set(state.slice(0, at) + character + state.slice(at + 1), isForm ? "elsewhere" : "forged");
        others.set(state.slice(0, at) + character + state.slice(at), "forged");
      }
    }
    others.delete(state);
    expect(others.size).toBeGreaterThan(10_000);
    const wrong: string[] = [];
    for (const [other, origin] of others)
      if (seals.originOf(other) !== origin || (await codeOf(seals, other)) !== `approval-${origin}`) wrong.push(other);
    expect(wrong).toEqual([]);
    expect(await codeOf(seals, state)).toBe("consent");
  });

  it("is forged for whatever somebody makes up", () => {
    const { seals } = sealsAt();
    const state = seals.seal(QUESTION);
    const [id = "", body = "", signature = ""] = state.split(".");
    const other = `${id.startsWith("A") ? "B" : "A"}${id.slice(1)}`;
    const bodyOf = (said: unknown) => Buffer.from(JSON.stringify(said)).toString("base64url");
    const unsigned = bodyOf([QUESTION, 1_700_000_000_000, "n9"]);
    const made = [
      ...[
        "",
        ".",
        "..",
        "...",
        id,
        body,
        `${id}.${body}`,
        `${id}.${body}.`,
        `${id}..${signature}`,
        `.${body}.${signature}`,
      ],
      ...[`${body}.${signature}`, `${id}.${unsigned}.${signature}`, `${state}.${signature}`, `${state}\n`, ` ${state}`],
      // In the form of another key's, but for what it says.
      ...["x", {}, [], [QUESTION], [QUESTION, "1", "n"], [1, 1, "n"], [QUESTION, 1, "n", ""], "not JSON"].map(
        (said) => `${other}.${bodyOf(said)}.${signature}`,
      ),
      `${other}.${Buffer.from("[").toString("base64url")}.${signature}`,
      `${other}.${bodyOf([QUESTION, 1, "n".repeat(1000)])}.${signature}`,
    ];
    expect(made.filter((each) => seals.originOf(each) !== "forged")).toEqual([]);
    expect(seals.originOf(`${other}.${unsigned}.${signature}`)).toBe("elsewhere");
    expect(seals.originOf(`${state}${"=".repeat(5)}`)).toBe("forged");
    expect(seals.originOf("x".repeat(10_000_000))).toBe("forged");
    fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => seals.originOf(text) === "forged"));
    fc.assert(
      fc.property(
        fc.base64String(),
        fc.base64String(),
        (one, two) => seals.originOf(`${id}.${one}.${two}`) === "forged",
      ),
    );
  });
});

describe("seal", () => {
  it("gives a new state each time, that names neither the command nor the key", () => {
    const { seals } = sealsAt();
    const states = Array.from({ length: 100 }, () => seals.seal(QUESTION));
    expect(new Set(states).size).toBe(100);
    expect(states[0]).toMatch(/^[\w-]{12}\.[\w-]+\.[\w-]{43}$/);
  });

  it("names the key by what differs from key to key, and holds nothing of it", () => {
    const ids = Array.from({ length: 200 }, () => {
      const key = randomBytes(32);
      const [id = "", body = "", signature = ""] = sealsAt(undefined, key).seals.seal(QUESTION).split(".");
      const bytes = [id, body, signature].map((part) => Buffer.from(part, "base64url").toString("hex")).join("");
      const parts = Array.from({ length: 25 }, (_, at) => key.subarray(at, at + 8).toString("hex"));
      expect(parts.filter((part) => bytes.includes(part))).toEqual([]);
      expect(sealsAt(1, key).seals.seal(OTHER).split(".")[0]).toBe(id);
      return id;
    });
    expect(new Set(ids).size).toBe(200);
  });

  it("remembers what was spent no longer than it must: memory does not grow with the answers", async () => {
    const { seals, clock } = sealsAt();
    const spendMany = async (count: number): Promise<void> => {
      for (let index = 0; index < count; index++) {
        await codeOf(seals, seals.seal(QUESTION));
        clock.now += 60_000;
      }
    };
    const kept = Map.prototype.set;
    const maps = new Set<Map<unknown, unknown>>();
    // The one map that the seals write to shows how much they keep.
    Map.prototype.set = function set(key, value) {
      if (typeof key === "string" && /\.n\d+$/.test(key)) maps.add(this);
      return kept.call(this, key, value);
    };
    try {
      await spendMany(2000);
    } finally {
      Map.prototype.set = kept;
    }
    expect(maps.size).toBe(1);
    expect([...maps][0]?.size).toBeLessThanOrEqual(24 * 60 + 2);
  });
});
