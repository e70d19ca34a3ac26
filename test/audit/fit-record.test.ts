import { createHash } from "node:crypto";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { escapeUnseen } from "../../src/audit/audit-line.js";
import type { AuditRecord, JsonValue } from "../../src/audit/audit-log.js";
import { fitRecord } from "../../src/audit/fit-record.js";

const bytesOf = (record: object): number => Buffer.byteLength(escapeUnseen(JSON.stringify(record)));

/** The only line of a record, without its digest. */
const fitted = (record: AuditRecord, most: number): AuditRecord => {
  const [{ digest: _, ...line }, ...more] = fitRecord(record, most);
  expect(more).toEqual([]);
  return line;
};

const sha256 = (value: JsonValue): string => createHash("sha256").update(JSON.stringify(value)).digest("hex");

describe("fitRecord", () => {
  it("leaves alone what fits", () => {
    const record = { asked: "x".repeat(60_000), argv: [["aws", "s3"]], exit: 0, who: null, is: { approved: true } };
    expect(fitRecord(record, 65_024)).toEqual([record]);
  });

  it("keeps the beginning and the end of a long text, and says how many characters are missing", () => {
    const asked = `begin ${"x".repeat(100_000)} end`;
    const record = { asked, principal: "local" };
    expect(fitRecord(record, 65_024)[0].digest).toBe(sha256([asked, null, null]));
    expect(fitted(record, 65_024)).toEqual({
      asked: `begin ${"x".repeat(6138)}…[91818 characters left out]…${"x".repeat(2044)} end`,
      principal: "local",
    });
  });

  it("leaves a text alone whose end would be no shorter than the word for it", () => {
    const rest = "z".repeat(70_000);
    expect(fitted({ text: "x".repeat(8192 + 32), rest }, 65_024).text).toBe("x".repeat(8192 + 32));
    expect(fitted({ text: "x".repeat(8192 + 33), rest }, 65_024)).toMatchObject({
      text: `${"x".repeat(6144)}…[33 characters left out]…${"x".repeat(2048)}`,
    });
  });

  it("says how many items of a long list are missing", () => {
    const items = Array.from({ length: 2000 }, (_, at) => `a${at}`);
    expect(fitted({ items, rest: "z".repeat(70_000) }, 65_024)).toMatchObject({
      items: [
        ...Array.from({ length: 768 }, (_, at) => `a${at}`),
        "…[976 items left out]…",
        ...Array.from({ length: 256 }, (_, at) => `a${1744 + at}`),
      ],
    });
  });

  it("cuts everything shorter until the whole fits, and short texts never", () => {
    const record = { short: "aws s3 ls", many: Array.from({ length: 100 }, () => "y".repeat(5000)) };
    const line = fitted(record, 4096);
    expect(bytesOf(line)).toBeLessThanOrEqual(4096);
    expect(line).toMatchObject({
      short: "aws s3 ls",
      many: expect.arrayContaining([expect.stringMatching(/^y+…\[\d+ characters left out]…y+$/)]),
    });
  });

  it("never cuts a character in two", () => {
    for (const before of ["", "x"]) {
      const { asked } = fitted({ asked: `${before}${"😀".repeat(20_000)}${before}` }, 4096);
      expect(String(asked)).toMatch(/^x?(?:😀)+…\[\d+ characters left out\]…(?:😀)+x?$/u);
      expect(String(asked)).not.toMatch(/\p{Cs}/u);
    }
  });

  it("counts the bytes that a character takes in the line", () => {
    const { asked } = fitted({ asked: "\u3164".repeat(2000) }, 4096);
    const [, head = "", out, tail = ""] =
      /^(\u3164+)…\[(\d+) characters left out\]…(\u3164+)$/.exec(String(asked)) ?? [];
    expect([head.length, Number(out), tail.length]).toEqual([256, 2000 - 256 - 85, 85]);
  });

  const CALL = {
    ...{ event: "call", id: "1-2", request: "7", principal: "oauth:x", access: "write", kind: "run" },
    ...{ verdict: "allow", rule: "allowed", status: "ok", code: "" },
  };
  const wide = "\u3164".repeat(60);
  const harmless = ["aws", "ec2", "create-tags", `--resources=${wide}`, `--tags=${wide}`];
  const destroys = ["aws", "ec2", "terminate-instances", `--instance-ids=${wide}`, `--region=${wide}`];

  it("keeps of every command what it does, wherever it stands, and who has sent it", () => {
    const canonical = [...Array(6).fill(harmless), destroys, ["tr", wide, wide], ...Array(6).fill(harmless)];
    const effects = ["write", "write", "destroy", ...Array(500).fill("read")];
    const record = { ...CALL, asked: wide.repeat(20), canonical, effects };
    const [line, ...more] = fitRecord(record, 3584);
    expect(more).toEqual([]);
    expect(line).toMatchObject({ ...CALL, effects: ["write", "destroy", "read"] });
    expect(line.digest).toBe(sha256([record.asked, canonical, null]));
    const shown = line.canonical as readonly (readonly string[])[];
    expect(shown).toHaveLength(14);
    expect(shown[6]?.slice(0, 3)).toEqual(["aws", "ec2", "terminate-instances"]);
    expect(shown[7]?.[0]).toBe("tr");
  });

  it("goes on in further lines where one has no room for all commands", () => {
    const xargs = ["xargs", "-I", "aws", "-n", "1", "aws", "ec2", "wait", "instance-terminated", "--instance-ids={}"];
    const canonical = [...Array(60).fill(harmless), xargs, ...Array(60).fill(destroys)];
    const lines = fitRecord({ ...CALL, asked: "x", canonical, completed: [destroys] }, 3584);
    for (const line of lines) expect(bytesOf(line)).toBeLessThanOrEqual(3584);
    expect(lines.length).toBeGreaterThan(1);
    expect(lines[0]).toMatchObject({ ...CALL, asked: "x", parts: lines.length });
    expect(lines.slice(1)).toEqual(
      lines.slice(1).map((_, at) => expect.objectContaining({ event: "call-part", id: "1-2", part: at + 2 })),
    );
    const cut = (operation: string) => ["aws", "ec2", operation, "…[2 words]…"];
    expect(lines.flatMap((line) => line.canonical ?? [])).toEqual([
      ...Array(60).fill(cut("create-tags")),
      ["xargs", "…[4 words]…", "aws", "ec2", "wait", "instance-terminated", "…[1 word]…"],
      ...Array(60).fill(cut("terminate-instances")),
    ]);
    expect(lines.flatMap((line) => line.completed ?? [])).toEqual([cut("terminate-instances")]);
  });

  it("keeps of a record of too many members those that say who and what", () => {
    const many = Object.fromEntries(Array.from({ length: 500 }, (_, at) => [`member-${at}`, "x".repeat(50)]));
    expect(fitted({ ...CALL, ...many }, 4096)).toEqual({ ...CALL, cut: "…[500 members left out]…" });
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
        for (const line of fitRecord(drawn, most)) expect(bytesOf(line)).toBeLessThanOrEqual(most);
      }),
      { numRuns: 100 },
    );
  });
});
