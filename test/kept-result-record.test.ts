import { describe, expect, it } from "vitest";
import type { KeptResult } from "../src/kept-result.js";
import { readRecord, recordText } from "../src/kept-result-record.js";

const ID = "0123456789abcdef0123456789abcdef";
const PATH = `/w/@result/${ID}`;
const RESULT: KeptResult = {
  ...{ id: ID, owner: "token:ci", path: PATH, bytes: 11, inode: "18446744073709551615", exact: true, json: false },
  ...{ at: 5, from: 3, most: 100, command: 'aws s3 ls "é\u0000"' },
};
const read = (text: string, id = ID) => readRecord(text, id, PATH);
const changed = (about: Readonly<Record<string, unknown>>): string =>
  JSON.stringify({ ...JSON.parse(recordText(RESULT)), ...about });

describe("readRecord", () => {
  it("gives what was written, by the path where its file is looked for", () => {
    expect(read(recordText(RESULT))).toEqual(RESULT);
    const { from: _, most: __, ...least } = RESULT;
    expect(read(recordText(least))).toEqual(least);
    expect(readRecord(recordText(RESULT), ID, "/elsewhere")?.path).toBe("/elsewhere");
  });

  it("has of a long command as much as a title is made of", () => {
    expect(read(recordText({ ...RESULT, command: "x".repeat(5000) }))?.command).toBe("x".repeat(4000));
  });

  it("takes nothing that is not exactly a record", () => {
    expect(read(recordText(RESULT), "f".repeat(32))).toBeUndefined();
    const wrong: readonly Readonly<Record<string, unknown>>[] = [
      { version: 2 },
      { id: "../notes" },
      { path: "/etc/passwd" },
      { more: 1 },
      { owner: "" },
      { owner: 7 },
      { at: -1 },
      { at: 1.5 },
      { at: 1e300 },
      { bytes: "11" },
      { bytes: -1 },
      { inode: 5 },
      { inode: "0x5" },
      { exact: 1 },
      { from: null },
      { most: -1 },
      { command: "x".repeat(4001) },
      { command: undefined },
    ];
    for (const about of wrong) expect([about, read(changed(about))]).toEqual([about, undefined]);
    for (const text of ["", "{", "null", "[]", recordText(RESULT).slice(0, -1)]) expect(read(text)).toBeUndefined();
  });
});
