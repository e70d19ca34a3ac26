import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { beginsLine, escapeUnseen, readLine, sealLine } from "../../src/audit/audit-line.js";
import { writtenBy } from "./logs.js";

const SERVER = "0123456789abcdef".repeat(2);
const PREV = "ab".repeat(32);
const text = `{"audit":1,"time":"2026-07-28T12:00:00.000Z","seq":7,"server":"${SERVER}","prev":"${PREV}","asked":"aws s3 ls"}\n`;
const { bytes, hash } = sealLine(text);
const line = bytes.subarray(0, -1);

describe("sealLine", () => {
  it("ends a line with the hash of its bytes up to there", () => {
    const body = text.slice(0, -2);
    expect(hash).toBe(createHash("sha256").update(body).digest("hex"));
    expect(bytes.toString()).toBe(`${body},"hash":"${hash}"}\n`);
  });

  it("can be checked with head and sha256sum", () => {
    expect(execFileSync("sh", ["-c", "head -n 1 | head -c -76 | sha256sum"], { input: bytes }).toString()).toBe(
      `${hash}  -\n`,
    );
  });
});

describe("escapeUnseen", () => {
  it("leaves no character that a terminal or a reader of lines could take for something else", () => {
    const json = JSON.stringify({ a: "\u007f\u0085\u009b31m\u2028\u2029\u202e\u200d\ufeff\u{e0041}", b: "é 漢 😀" });
    expect(escapeUnseen(json)).toBe(
      String.raw`{"a":"\u007f\u0085\u009b31m\u2028\u2029\u202e\u200d\ufeff\udb40\udc41","b":"é 漢 😀"}`,
    );
  });

  it("escapes halves of surrogate pairs, which have no UTF-8 form, and whole pairs stay", () => {
    expect(escapeUnseen('"a\ud83d b\ude00 😀"')).toBe(String.raw`"a\ud83d b\ude00 😀"`);
  });

  it("changes no value", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.string({ unit: "binary" }), (value, more) => {
        const json = JSON.stringify([value, more]);
        expect(JSON.parse(escapeUnseen(json))).toEqual(JSON.parse(json));
      }),
    );
  });
});

describe("readLine", () => {
  it("reads what was sealed", () => {
    expect(readLine(line)).toEqual({
      ok: true,
      value: { time: "2026-07-28T12:00:00.000Z", seq: 7, server: SERVER, prev: PREV, hash },
    });
  });

  it.each([
    ["nothing", ""],
    ["a line of the server's own log", '{"time":"2026-07-28T12:00:00.000Z","event":"started","version":"0.1.0"}'],
    ["words", "node: something happened"],
  ])("takes %s for a line of another kind", (_, other) => {
    expect(readLine(Buffer.from(other))).toBeUndefined();
  });

  it("takes a line for its own that begins or ends as one", () => {
    const changed = { ok: false, error: "changed" };
    expect(readLine(Buffer.concat([Buffer.from("2026-07-28 stderr "), line]))).toEqual(changed);
    expect(readLine(line.subarray(1))).toEqual(changed);
    expect(readLine(line.subarray(0, -1))).toEqual({ ok: false, error: "torn" });
    expect(readLine(Buffer.from('{"audit":'))).toEqual({ ok: false, error: "torn" });
  });

  it.each([
    ["another version", '"audit":1', '"audit":2'],
    ["a number that is none", '"seq":7', '"seq":07'],
    ["a number too large to count with", '"seq":7', '"seq":9007199254740993'],
    ["members in another order", `"seq":7,"server":"${SERVER}"`, `"server":"${SERVER}","seq":7`],
    ["a member before its own", '{"audit":1', '{"audit":1,"seq":9'],
  ])("refuses %s, whatever the hash", (_, from, to) => {
    expect(readLine(sealLine(text.replace(from, to)).bytes.subarray(0, -1))).toEqual({ ok: false, error: "changed" });
  });

  it("refuses a line that is longer than any it writes", () => {
    const long = sealLine(text.replace("aws s3 ls", "x".repeat(65_536))).bytes;
    expect(readLine(long.subarray(0, -1))).toEqual({ ok: false, error: "changed" });
  });

  it("finds every change of one byte, and every missing and added one", () => {
    const [written = Buffer.alloc(0)] = writtenBy([[{ asked: "aws s3 ls | wc -l", bytes: 12 }]]);
    const whole = written.subarray(0, -1);
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 }), (at, by) => {
        const other = Buffer.from(whole);
        other[at] = (other[at] ?? 0) ^ by;
        expect(readLine(other)?.ok).toBe(false);
        expect(readLine(Buffer.concat([whole.subarray(0, at), whole.subarray(at + 1)]))?.ok).toBe(false);
        expect(readLine(Buffer.concat([whole.subarray(0, at), Buffer.from([by]), whole.subarray(at)]))?.ok).toBe(false);
      }),
      { numRuns: 1000 },
    );
  });
});

describe("beginsLine", () => {
  it("knows the beginning of a line that was not written to its end", () => {
    for (let length = 1; length <= line.length; length += 1) expect(beginsLine(line.subarray(0, length))).toBe(true);
    for (const other of ["", "a", '{"time"', '["audit":']) expect(beginsLine(Buffer.from(other))).toBe(false);
  });
});
