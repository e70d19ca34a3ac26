import { createHash } from "node:crypto";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sealLine } from "../../src/audit/audit-line.js";
import { fileLines } from "../../src/audit/file-lines.js";
import { verifyAudit } from "../../src/audit/verify-audit.js";
import { verify, writtenBy } from "./logs.js";

const records = (count: number, name = "echo") =>
  Array.from({ length: count }, (_, at) => ({ asked: `${name} ${at + 1}` }));
const LOG = writtenBy([records(6)]);
const file = (lines: readonly Buffer[]): Buffer => Buffer.concat(lines);
const hashOf = (line: Buffer | undefined): string => line?.toString().slice(-67, -3) ?? "";
const broken = (kind: string, line: number, says: string) => ({ ok: false, error: { kind, line, says } });

/** The lines with others in the place of some. */
const without = (lines: readonly Buffer[], from: number, count = 1, ...more: Buffer[]): Buffer =>
  file([...lines.slice(0, from), ...more, ...lines.slice(from + count)]);

const other = (text: string): Buffer => Buffer.from(`${text}\n`);
const started = other('{"time":"2026-07-28T12:00:00.000Z","event":"started","version":"0.1.0"}');

describe("verifyAudit", () => {
  it("tells what is in an intact log", async () => {
    const found = await verify(file(LOG));
    expect(found).toEqual({
      ok: true,
      value: {
        ...{ lines: 6, others: 0, servers: 1, anchor: undefined },
        last: expect.objectContaining({ seq: 6, hash: hashOf(LOG[5]), time: "2026-07-28T12:00:06.000Z" }),
        chains: [
          {
            begins: 1,
            first: expect.objectContaining({ seq: 1, time: "2026-07-28T12:00:01.000Z", hash: hashOf(LOG[0]) }),
            last: expect.objectContaining({ seq: 6, hash: hashOf(LOG[5]) }),
          },
        ],
      },
    });
  });

  it("gives the same whatever the chunks", async () => {
    const whole = await verify(file(LOG), { size: 1_000_000 });
    for (const size of [1, 7, 100, 4096]) expect(await verify(file(LOG), { size })).toEqual(whole);
  });

  it("does not call a file of other lines intact", async () => {
    expect(await verify(Buffer.from("a\nb\n"))).toEqual({
      ok: false,
      error: { kind: "empty", says: "there is no audit line in it" },
    });
  });

  it("calls an empty file intact, as a server makes it, but not where a hash was kept", async () => {
    expect(await verify(Buffer.from(""))).toEqual({
      ok: true,
      value: { lines: 0, others: 0, servers: 0, chains: [], last: undefined, anchor: undefined },
    });
    expect(await verify(Buffer.from(""), { last: hashOf(LOG[0]) })).toMatchObject({
      ok: false,
      error: { kind: "cut" },
    });
  });

  it("finds a changed line", async () => {
    const changed = Buffer.from(LOG[2]?.toString().replace("echo 3", "echo 9") ?? "");
    expect(await verify(without(LOG, 2, 1, changed))).toEqual(
      broken("changed", 3, "it is not the line that its hash was computed of"),
    );
  });

  it("finds a changed line whose hash was computed again, at the line after it", async () => {
    const body = `${LOG[2]?.toString().replace("echo 3", "echo 9").slice(0, -76)}}`;
    const { bytes } = sealLine(body);
    expect(await verify(without(LOG, 2, 1, bytes))).toEqual(
      broken("changed", 4, "it does not follow the line of its chain before it, which was changed or exchanged"),
    );
  });

  it("finds missing lines, also those of the beginning", async () => {
    expect(await verify(without(LOG, 2))).toEqual(broken("missing", 3, "number 3 of its chain should stand before it"));
    expect(await verify(without(LOG, 2, 3))).toEqual(
      broken("missing", 3, "numbers 3 to 5 of its chain should stand before it"),
    );
    expect(await verify(without(LOG, 0, 2))).toEqual(
      broken("missing", 1, "the lines before number 3 of its chain are missing"),
    );
  });

  it("finds an inserted line, its own and another log's", async () => {
    const [copy = Buffer.alloc(0)] = [LOG[1]];
    expect(await verify(without(LOG, 4, 0, copy))).toEqual(
      broken("inserted", 5, "number 2 of its chain stands before it: it was put in, or two servers wrote to one file"),
    );
    const [, foreign = Buffer.alloc(0)] = writtenBy([records(2, "other")]);
    expect(await verify(without(LOG, 4, 0, foreign))).toEqual(
      broken("missing", 5, "the lines before number 2 of its chain are missing"),
    );
  });

  it("finds a first line that stands there twice", async () => {
    const says = "its server has written lines before, and begins a chain only once";
    const [first = Buffer.alloc(0)] = LOG;
    expect(await verify(without(LOG, 1, 0, first))).toEqual(broken("inserted", 2, says));
    expect(await verify(file([...LOG, first]))).toEqual(broken("inserted", 7, says));
    expect(await verify(file([...LOG, ...LOG]))).toEqual(broken("inserted", 7, says));
  });

  it("finds lines in another order", async () => {
    const [one, two, three, four] = LOG.map((line) => [line]);
    const order = (...lines: (Buffer[] | undefined)[]) => verify(file(lines.flatMap((line) => line ?? [])));
    expect(await order(one, three, two, four)).toEqual(
      broken("reordered", 2, "number 2 of its chain should stand before it: the one that it follows is line 3"),
    );
    expect(await order(two, one)).toEqual(
      broken("reordered", 1, "the lines before number 2 of its chain are missing: the one that it follows is line 2"),
    );
    expect(await order(one, four, two, three)).toEqual(
      broken("reordered", 2, "numbers 2 to 3 of its chain should stand before it: the one that it follows is line 4"),
    );
  });

  it("finds a torn line, at the end and in between", async () => {
    const torn = (LOG[5] ?? Buffer.alloc(0)).subarray(0, 200);
    expect(await verify(without(LOG, 5, 1, torn))).toEqual(broken("torn", 6, "it has no end"));
    expect(await verify(without(LOG, 5, 1, torn.subarray(0, 3)))).toEqual(broken("torn", 6, "it has no end"));
    expect(await verify(file(LOG).subarray(0, -1))).toEqual(broken("torn", 6, "it has no end"));
    expect(await verify(without(LOG, 2, 0, torn, other("")))).toEqual(
      broken("torn", 3, "it does not end as an audit line does"),
    );
  });

  it("finds a line that was made to look like another kind of line", async () => {
    const [, , line = Buffer.alloc(0)] = LOG;
    for (const disguised of [
      Buffer.concat([Buffer.from("# "), line]),
      Buffer.concat([line.subarray(0, -1), Buffer.from(" \n")]),
      Buffer.from(line.toString().replace('{"audit"', '{"event"')),
      Buffer.from(line.toString().replace('"}\n', '", "x": 1}\n')),
    ])
      expect(await verify(without(LOG, 2, 1, disguised))).toMatchObject({ ok: false, error: { line: 3 } });
    const both = Buffer.from(`#${line.toString().trimEnd()}#\n`);
    expect(await verify(without(LOG, 2, 1, both))).toEqual(
      broken("missing", 4, "number 3 of its chain should stand before it"),
    );
  });

  it("finds a line that was put on the end of another one", async () => {
    const glued = Buffer.from(file(LOG.slice(0, 2)).toString().replace("}\n{", "}{"));
    expect(await verify(glued)).toEqual(broken("changed", 1, "it is not the line that its hash was computed of"));
  });

  it("counts lines of other kinds, of any length", async () => {
    const long = other("x".repeat(3_000_000));
    const lines = LOG.flatMap((line) => [started, line, other("")]);
    expect(await verify(file([...lines, long]), { size: 65_536 })).toMatchObject({
      ok: true,
      value: { lines: 6, others: 13 },
    });
    expect(await verify(file([...LOG, Buffer.from("words without a newline")]))).toMatchObject({
      ok: true,
      value: { others: 1 },
    });
  });

  it("finds a line that is longer than any of ours, where it begins or ends as one", async () => {
    const long = "x".repeat(200_000);
    const says = { ok: false, error: { line: 7 } };
    expect(await verify(file([...LOG, other(`{"audit":1,${long}`)]))).toMatchObject(says);
    expect(await verify(file([...LOG, other(`${long},"hash":"${"0".repeat(64)}"}`)]))).toMatchObject(says);
  });

  it("tells every chain that begins, also of servers that write at the same time", async () => {
    const [mine, yours] = [writtenBy([records(3, "mine")]), writtenBy([records(3, "yours")])];
    const turns = mine.flatMap((line, at) => [line, yours[at] ?? line]);
    const found = await verify(file([started, ...turns]));
    expect(found).toMatchObject({
      ok: true,
      value: {
        lines: 6,
        others: 1,
        servers: 2,
        chains: [
          { begins: 2, last: { seq: 3 } },
          { begins: 3, last: { seq: 3 } },
        ],
      },
    });
    const lost = turns.filter((_, at) => at !== 3);
    expect(await verify(file(lost))).toEqual(broken("missing", 5, "number 2 of its chain should stand before it"));
  });

  it("refuses a line that has a number of its own choice", async () => {
    const zeros = "0".repeat(64);
    const made = (seq: number, prev: string) => {
      const start = `{"audit":1,"time":"2026-07-28T12:00:00.000Z","seq":${seq},"server":"${"a".repeat(32)}","prev":"${prev}"}`;
      return sealLine(start).bytes;
    };
    const neither = "it is neither the first line of a chain nor a later one";
    expect(await verify(made(2, zeros))).toEqual(broken("inserted", 1, neither));
    expect(await verify(file([...LOG, made(1, hashOf(LOG[5]))]))).toEqual(broken("inserted", 7, neither));
    expect(await verify(file([...LOG, made(8, hashOf(LOG[5]))]))).toEqual(
      broken("inserted", 7, "it is number 8 of its chain, and follows number 6"),
    );
  });
});

describe("verifyAudit with a hash that was kept", () => {
  it("says where it is, and how much has come since", async () => {
    expect(await verify(file([started, ...LOG, started]), { last: hashOf(LOG[3]) })).toMatchObject({
      ok: true,
      value: { anchor: { line: 5, after: 2 } },
    });
    expect(await verify(file(LOG), { last: hashOf(LOG[5]) })).toMatchObject({
      ok: true,
      value: { anchor: { line: 6, after: 0 } },
    });
  });

  const cut = {
    ok: false,
    error: { kind: "cut", says: "no line has the hash that was given: lines were cut off, or all written anew" },
  };

  it("finds an end that was cut off, which nothing else does", async () => {
    const left = file(LOG.slice(0, 4));
    expect(await verify(left)).toMatchObject({ ok: true });
    expect(await verify(left, { last: hashOf(LOG[4]) })).toEqual(cut);
  });

  it("finds a chain that was written anew, and one that was taken away", async () => {
    const last = hashOf(LOG[5]);
    const anew = file(writtenBy([records(6, "anew")]));
    expect(await verify(anew)).toMatchObject({ ok: true });
    expect(await verify(anew, { last })).toEqual(cut);
  });

  it("is content with no hash that a line only speaks of", async () => {
    const said = createHash("sha256").update("kept").digest("hex");
    const speaking = writtenBy([[{ asked: `,"hash":"${said}"}` }]]);
    expect(await verify(file([other(said), ...speaking]), { last: said })).toEqual(cut);
    expect(await verify(file(LOG), { last: "0".repeat(64) })).toEqual(cut);
  });
});

describe("verifyAudit against whoever changes a log", () => {
  // Of one chain, whose last line is known from elsewhere: then nothing can be done to it unseen.
  const log = fc
    .array(fc.dictionary(fc.string({ maxLength: 5 }), fc.string({ unit: "binary" })), { minLength: 2, maxLength: 8 })
    .map((drawn) => writtenBy([drawn.map((record, at) => ({ at, more: record }))]));
  const place = fc.nat();
  const isFound = async (lines: readonly Buffer[], changed: Buffer): Promise<void> => {
    const whole = file(lines);
    const found = await verify(changed, { last: hashOf(lines.at(-1)), size: 64 });
    expect(found.ok).toBe(changed.equals(whole));
  };

  it("finds every change, loss and addition of one byte", async () => {
    await fc.assert(
      fc.asyncProperty(log, place, fc.integer({ min: 1, max: 255 }), async (lines, drawn, by) => {
        const whole = file(lines);
        const at = drawn % whole.length;
        const flipped = Buffer.from(whole);
        flipped[at] = (flipped[at] ?? 0) ^ by;
        await isFound(lines, flipped);
        await isFound(lines, Buffer.concat([whole.subarray(0, at), whole.subarray(at + 1)]));
        // A newline at the beginning of a line makes an empty line of another kind, which is counted.
        if (by === 0x0a && (at === 0 || whole[at - 1] === 0x0a)) return;
        await isFound(lines, Buffer.concat([whole.subarray(0, at), Buffer.from([by]), whole.subarray(at)]));
      }),
      { numRuns: 300 },
    );
  });

  it("finds every line that is gone, doubled, exchanged or elsewhere", async () => {
    await fc.assert(
      fc.asyncProperty(log, place, place, place, async (lines, first, second, many) => {
        const [from, to, count] = [first % lines.length, second % lines.length, 1 + (many % lines.length)];
        await isFound(lines, without(lines, from, count));
        const doubled = lines.slice(from, from + count);
        expect((await verify(without(lines, to, 0, ...doubled))).ok).toBe(false);
        const left = lines.filter((_, at) => at < from || at >= from + count);
        await isFound(lines, file([...left.slice(0, to), ...doubled, ...left.slice(to)]));
        const exchanged = [...lines];
        [exchanged[from], exchanged[to]] = [lines[to] ?? Buffer.alloc(0), lines[from] ?? Buffer.alloc(0)];
        await isFound(lines, file(exchanged));
      }),
      { numRuns: 200 },
    );
  });

  it("finds every cut of the file's beginning, and of its end where the last hash is known", async () => {
    await fc.assert(
      fc.asyncProperty(log, place, async (lines, drawn) => {
        const whole = file(lines);
        const at = drawn % whole.length;
        await isFound(lines, whole.subarray(at));
        await isFound(lines, whole.subarray(0, at));
      }),
      { numRuns: 100 },
    );
  });
});

describe("verifyAudit on much", () => {
  // A chain without end, made as it is read.
  async function* endless(bytes: number): AsyncGenerator<Buffer> {
    const server = "5".repeat(32);
    let prev = "0".repeat(64);
    let made = 0;
    for (let seq = 1; made < bytes; ) {
      const lines: Buffer[] = [];
      for (let more = 0; more < 500; more += 1, seq += 1) {
        const start = `{"audit":1,"time":"2026-07-28T12:00:00.000Z","seq":${seq},"server":"${server}","prev":"${prev}"`;
        const { bytes: line, hash } = sealLine(`${start},"asked":"${"x".repeat(600)}"}`);
        prev = hash;
        made += line.length;
        lines.push(line);
      }
      yield Buffer.concat(lines);
    }
  }

  it("needs no more memory for more lines", async () => {
    const before = process.memoryUsage().rss;
    const found = await verifyAudit(fileLines(endless(300_000_000)), undefined);
    expect(found).toMatchObject({ ok: true, value: { servers: 1, others: 0 } });
    expect(process.memoryUsage().rss - before).toBeLessThan(150_000_000);
  });
});
