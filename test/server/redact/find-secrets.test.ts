import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findSecrets } from "../../../src/server/redact/find-secrets.js";
import { hideSecrets } from "../../../src/server/redact/hide-secrets.js";
import { type Case, lookAlikes, secretCases } from "./cases.js";
import { HOSTILE, PIECES, repeated } from "./hostile.js";

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

const differing = async (cases: readonly Case[]): Promise<readonly object[]> => {
  const seen = await Promise.all(cases.map(async (each) => ({ ...each, got: (await hideSecrets(each.given)).text })));
  return seen.filter(({ got, hidden }) => got !== hidden).map(({ from, got, hidden }) => ({ from, got, hidden }));
};

describe("findSecrets", () => {
  it("misses none of the secrets, and hides nothing beside them", async () => {
    const cases = secretCases();
    expect({ texts: cases.length, secrets: cases.reduce((sum, { secrets }) => sum + secrets, 0) }).toEqual({
      texts: 119,
      secrets: 151,
    });
    expect(await differing(cases)).toEqual([]);
  });

  it("hides none of the look-alikes", async () => {
    const cases = lookAlikes();
    expect(cases.length).toBe(88);
    expect(await differing(cases)).toEqual([]);
  });

  it("leaves JSON JSON", async () => {
    const documents = secretCases().filter(({ given }) => isJson(given));
    expect(documents.length).toBe(49);
    expect(documents.filter(({ hidden }) => !isJson(hidden))).toEqual([]);
  });

  it("leaves text and tables their lines, but for a key of several", async () => {
    const lines = (text: string): number => text.split("\n").length;
    const changed = secretCases().filter(({ given, hidden }) => lines(given) !== lines(hidden));
    expect(changed.filter(({ hidden }) => !hidden.includes("[redacted: private-key]"))).toEqual([]);
  });

  it("finds nothing new in what is hidden already", async () => {
    const again = await Promise.all(
      secretCases().map(async ({ hidden }) => ({ hidden, got: await hideSecrets(hidden) })),
    );
    expect(again.filter(({ hidden, got }) => got.text !== hidden)).toEqual([]);
  });

  it("finds a password in as many strings of JSON as there are", async () => {
    const nested = (text: string, depth: number): string =>
      depth === 0 ? text : JSON.stringify(nested(text, depth - 1));
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: fc.constantFrom(..."aB9\\\"'/ \n{},:é😀") }).map((text) => `x1${text}`),
        fc.nat(3),
        async (password, depth) => {
          const { text, hidden } = await hideSecrets(nested(JSON.stringify({ user: "bob", password, port: 1 }), depth));
          expect(hidden).toBe(1);
          expect(text).toBe(nested(JSON.stringify({ user: "bob", password: "[redacted: password]", port: 1 }), depth));
        },
      ),
    );
  });

  it("leaves any JSON JSON", async () => {
    const words = fc.array(fc.constantFrom(...PIECES), { maxLength: 8 }).map((pieces) => pieces.join(""));
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof({ maxDepth: 3 }, words, fc.integer(), fc.array(tie("tree")), fc.dictionary(words, tie("tree"))),
    }));
    await fc.assert(
      fc.asyncProperty(tree, fc.constantFrom(0, 4), async (document, indent) => {
        const { text } = await hideSecrets(JSON.stringify(document, undefined, indent));
        expect(() => JSON.parse(text)).not.toThrow();
      }),
    );
  });

  it("gives stretches inside of the text, in order, none touching another's characters", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof(fc.constantFrom(...PIECES), fc.string()), { maxLength: 40 }),
        async (pieces) => {
          const text = pieces.join("");
          let before = 0;
          for (const { start, end, rule } of await findSecrets(text)) {
            expect(start).toBeGreaterThanOrEqual(before);
            expect(end).toBeGreaterThan(start);
            expect(rule).toMatch(/^[a-z0-9-]+$/);
            before = end;
          }
          expect(before).toBeLessThanOrEqual(text.length);
        },
      ),
    );
  });

  it("takes its time for a hundred thousand hostile characters, and not the square of it", async () => {
    const slow: object[] = [];
    for (const part of HOSTILE) {
      const text = repeated(part, 100_000);
      const started = process.cpuUsage().user;
      await findSecrets(text);
      const milliseconds = (process.cpuUsage().user - started) / 1000;
      // Tens of milliseconds alone on a machine; what is quadratic takes several seconds.
      if (milliseconds > 700) slow.push({ part, milliseconds });
    }
    expect(slow).toEqual([]);
  });
});
