import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { AuditRecord, JsonValue } from "../../src/audit/audit-log.js";
import { OURS, recordLogger } from "../../src/audit/record-logger.js";
import { START } from "./logs.js";

const start = { seq: 3, server: "f".repeat(32), prev: "0".repeat(64) };

const logged = (record: AuditRecord): string => {
  const lines: string[] = [];
  recordLogger(
    () => START,
    (line) => lines.push(line),
  )(start, record);
  expect(lines).toHaveLength(1);
  return lines[0] ?? "";
};

const STARTS = `{"audit":1,"time":"2026-07-28T12:00:00.000Z","seq":3,"server":"${start.server}","prev":"${start.prev}"`;

describe("recordLogger", () => {
  it("writes what is around a record before it, in one order", () => {
    expect(logged({ asked: "aws s3 ls", exits: [0], who: null })).toBe(
      `${STARTS},"asked":"aws s3 ls","exits":[0],"who":null}\n`,
    );
    expect(logged({})).toBe(`${STARTS}}\n`);
    expect(logged({ 7: "first" })).toBe(`${STARTS},"7":"first"}\n`);
  });

  it("takes a record for nothing else, however it looks", () => {
    const looks: AuditRecord = {
      ...{ err: { message: "m", stack: "s" }, error: { message: "m" }, msg: "%s %d", level: 30, pid: 1, hostname: "h" },
      ...{
        method: "GET",
        headers: { a: 1 },
        socket: { b: 1 },
        req: { c: 1 },
        res: { d: 1 },
        setHeader: "e",
        toJSON: "t",
      },
      nested: { toJSON: "t", err: { message: "m" } },
    };
    expect(JSON.parse(logged(looks))).toEqual({ audit: 1, time: "2026-07-28T12:00:00.000Z", ...start, ...looks });
  });

  it("writes every record as JSON that gives it back", () => {
    // What fast-check draws is JSON; its type says that members may be undefined.
    const json = fc.jsonValue({ stringUnit: "binary" }) as fc.Arbitrary<JsonValue>;
    const name = fc.string({ unit: "binary" }).filter((drawn) => !OURS.some((ours) => ours === drawn));
    fc.assert(
      fc.property(fc.dictionary(name, json), (record) => {
        const line = logged(record);
        expect(line.indexOf("\n")).toBe(line.length - 1);
        expect(line.startsWith(STARTS)).toBe(true);
        const { audit, time, seq, server, prev, ...rest } = JSON.parse(line);
        expect({ audit, seq, server, prev, time }).toEqual({ audit: 1, time: "2026-07-28T12:00:00.000Z", ...start });
        expect(rest).toEqual(JSON.parse(JSON.stringify(record)));
      }),
    );
  });

  it.each(OURS)("refuses a record that has a member `%s`, which would stand there twice", (name) => {
    expect(() => logged({ [name]: "x" })).toThrow(`a record can not have a member \`${name}\``);
  });
});
