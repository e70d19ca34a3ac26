import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { escapeUnseen } from "../../src/audit/audit-line.js";
import type { JsonValue } from "../../src/audit/audit-log.js";
import { fitRecord } from "../../src/audit/fit-record.js";

const bytesOf = (record: object): number => Buffer.byteLength(escapeUnseen(JSON.stringify(record)));

describe("fitRecord", () => {
  it("leaves alone what fits", () => {
    const record = { asked: "x".repeat(8192), argv: [["aws", "s3", "ls"]], exit: 0, who: null, is: { approved: true } };
    expect(fitRecord(record, 65_024)).toEqual(record);
  });

  it("keeps the beginning and the end of a long text, and says how many characters are missing", () => {
    const asked = `begin ${"x".repeat(100_000)} end`;
    const fitted = fitRecord({ asked, principal: "local" }, 65_024);
    expect(fitted).toEqual({
      asked: `begin ${"x".repeat(6138)}…[91818 characters left out]…${"x".repeat(2044)} end`,
      principal: "local",
    });
  });

  it("leaves a text alone whose end would be no shorter than the word for it", () => {
    expect(fitRecord({ asked: "x".repeat(8192 + 32) }, 65_024)).toEqual({ asked: "x".repeat(8192 + 32) });
    expect(fitRecord({ asked: "x".repeat(8192 + 33) }, 65_024)).toEqual({
      asked: `${"x".repeat(6144)}…[33 characters left out]…${"x".repeat(2048)}`,
    });
  });

  it("says how many items of a long list are missing", () => {
    const fitted = fitRecord({ argv: Array.from({ length: 2000 }, (_, at) => `a${at}`) }, 65_024);
    expect(fitted).toEqual({
      argv: [
        ...Array.from({ length: 768 }, (_, at) => `a${at}`),
        "…[976 items left out]…",
        ...Array.from({ length: 256 }, (_, at) => `a${1744 + at}`),
      ],
    });
  });

  it("cuts everything shorter until the whole fits, and short texts never", () => {
    const record = { short: "aws s3 ls", many: Array.from({ length: 100 }, () => "y".repeat(5000)) };
    const fitted = fitRecord(record, 4096);
    expect(bytesOf(fitted)).toBeLessThanOrEqual(4096);
    expect(fitted).toMatchObject({
      short: "aws s3 ls",
      many: expect.arrayContaining([expect.stringMatching(/^y+…\[\d+ characters left out]…y+$/)]),
    });
  });

  it("never cuts a character in two", () => {
    for (const before of ["", "x"]) {
      const { asked } = fitRecord({ asked: `${before}${"😀".repeat(20_000)}${before}` }, 4096);
      expect(String(asked)).toMatch(/^x?(?:😀)+…\[\d+ characters left out\]…(?:😀)+x?$/u);
      expect(String(asked)).not.toMatch(/\p{Cs}/u);
    }
  });

  it("gives up a record of too many members, in one word", () => {
    const record = Object.fromEntries(Array.from({ length: 500 }, (_, at) => [`member-${at}`, "x".repeat(50)]));
    expect(fitRecord(record, 4096)).toEqual({ cut: "…[500 members left out]…" });
  });

  it("keeps its bound, whatever the record", () => {
    const text = fc.oneof(
      fc.string({ unit: "binary", maxLength: 200 }),
      fc
        .tuple(fc.constantFrom("x", "\u0000", "\u2028", "\ud800", "漢"), fc.nat(50_000))
        .map(([unit, times]) => unit.repeat(times)),
    );
    // What fast-check draws is JSON; its type says that members may be undefined.
    const json = fc.jsonValue() as fc.Arbitrary<JsonValue>;
    const value = fc.oneof(text, fc.array(text, { maxLength: 50 }), fc.integer(), json);
    const record = fc.dictionary(fc.string({ maxLength: 20 }), value, { maxKeys: 30 });
    fc.assert(
      fc.property(record, fc.constantFrom(3584, 65_024), (drawn, most) => {
        expect(bytesOf(fitRecord(drawn, most))).toBeLessThanOrEqual(most);
      }),
      { numRuns: 100 },
    );
  });
});
