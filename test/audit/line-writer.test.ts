import { execFileSync, spawn } from "node:child_process";
import { closeSync, constants, openSync, readFileSync, readSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { NO_LINE } from "../../src/audit/audit-line.js";
import { STDERR_LOST } from "../../src/audit/audit-problem.js";
import { auditStderr } from "../../src/audit/audit-stderr.js";
import { lineWriter } from "../../src/audit/line-writer.js";
import { auditLog } from "../../src/audit/open-audit-log.js";
import { call, folder, seconds, verify } from "./logs.js";

/** A pipe that is never waited at: both ends, and all that can be read at once. */
const pipe = () => {
  const path = join(folder(), "pipe");
  execFileSync("mkfifo", [path]);
  const read = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  const write = openSync(path, constants.O_WRONLY | constants.O_NONBLOCK);
  const bytes = Buffer.alloc(1_000_000);
  return { path, read, write, readAll: () => bytes.toString("latin1", 0, readSync(read, bytes)) };
};

/** Bytes that a pipe of Linux holds. */
const HOLDS = 65_536;

describe("lineWriter", () => {
  it("says that nobody reads any longer", () => {
    const { read, write } = pipe();
    const writer = lineWriter(write);
    expect(writer("one\n")).toEqual({ ok: true, value: undefined });
    closeSync(read);
    expect(writer("two\n")).toEqual({ ok: false, error: { written: 0, code: "EPIPE" } });
    closeSync(write);
    expect(writer("three\n")).toEqual({ ok: false, error: { written: 0, code: "EBADF" } });
  });

  it("waits for a reader who is late, a bounded time, and only once until he has read", () => {
    const { write, readAll } = pipe();
    const writer = lineWriter(write);
    expect(writer(`${"x".repeat(HOLDS - 1)}\n`).ok).toBe(true);
    const late = { ok: false, error: { written: 0, code: "EAGAIN" } };
    const spent = () => {
      const from = performance.now();
      expect(writer("late\n")).toEqual(late);
      return performance.now() - from;
    };
    const first = spent();
    expect(first).toBeGreaterThan(900);
    expect(first).toBeLessThan(5000);
    expect(spent()).toBeLessThan(500);
    expect(readAll()).toHaveLength(HOLDS);
    expect(writer("again\n").ok).toBe(true);
    expect(readAll()).toBe("again\n");
    expect(writer(`${"x".repeat(HOLDS - 1)}\n`).ok).toBe(true);
    expect(spent()).toBeGreaterThan(900);
  });

  it("ends a line that was written in part before the next one", () => {
    const { write, readAll } = pipe();
    const writer = lineWriter(write);
    const long = `${"x".repeat(HOLDS + 10)}\n`;
    expect(writer(long)).toEqual({ ok: false, error: { written: HOLDS, code: "EAGAIN" } });
    expect(writer("lost\n")).toEqual({ ok: false, error: { written: 0, code: "EAGAIN" } });
    expect(readAll()).toBe("x".repeat(HOLDS));
    expect(writer("next\n").ok).toBe(true);
    expect(writer("and next\n").ok).toBe(true);
    expect(readAll()).toBe("\nnext\nand next\n");
  });

  it("completes what the kernel takes in parts, while somebody reads", async () => {
    const { path, write } = pipe();
    const copy = join(folder(), "copy");
    const reader = spawn("sh", ["-c", `sleep 0.3; exec head -c 300001 <"${path}" >"${copy}"`]);
    const ended = new Promise((resolve) => reader.once("close", resolve));
    expect(lineWriter(write)(`${"x".repeat(300_000)}\n`)).toEqual({ ok: true, value: undefined });
    await ended;
    expect(readFileSync(copy, "latin1")).toBe(`${"x".repeat(300_000)}\n`);
  });
});

describe("auditStderr", () => {
  it("begins a chain, with lines that a pipe takes in one piece", async () => {
    const { write, readAll } = pipe();
    const sink = auditStderr(lineWriter(write));
    expect(sink.head).toEqual(NO_LINE);
    const log = auditLog(sink, seconds());
    call(log, { asked: "aws s3 ls" });
    call(log, { asked: "x".repeat(100_000), argv: Array.from({ length: 1000 }, () => "word") });
    const written = readAll();
    expect(await verify(Buffer.from(written, "latin1"))).toMatchObject({ ok: true, value: { lines: 2, others: 0 } });
    for (const line of written.split("\n")) expect(line.length).toBeLessThan(4096);
  });

  it("takes no call any more after a line that could not be written", () => {
    const { read, write } = pipe();
    const log = auditLog(auditStderr(lineWriter(write)), seconds());
    call(log, {});
    expect(log.ready().ok).toBe(true);
    closeSync(read);
    const lost = { ok: false, error: STDERR_LOST };
    expect(log.write({})).toEqual(lost);
    expect(log.ready()).toEqual(lost);
  });

  it("takes no call any more after a reader who has stopped reading", () => {
    const { write, readAll } = pipe();
    const log = auditLog(auditStderr(lineWriter(write)), seconds());
    for (let at = 0; at < 1000 && log.ready().ok; at += 1) log.write({ asked: "x".repeat(2000) });
    expect(log.ready()).toEqual({ ok: false, error: STDERR_LOST });
    const lines = readAll();
    // Each line is there whole, or not at all.
    expect(lines.endsWith("}\n")).toBe(true);
    expect(log.ready()).toEqual({ ok: false, error: STDERR_LOST });
  });
});
