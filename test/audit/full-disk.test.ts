import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, statfsSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { NO_ROOM, unwritable } from "../../src/audit/audit-problem.js";
import { needProgram } from "../provision/needs.js";
import { call, folder, linesOf, openLog, verify } from "./logs.js";

const done = { ok: true, value: undefined };
const noRoom = { ok: false, error: NO_ROOM };

/** Bytes of the disk. */
const DISK = 524_288;

describe("a log on a disk that gets full", () => {
  let holder: ChildProcess;
  let place = "";
  let disk = "";
  let path = "";

  // A small file system in a mount namespace of its own, which /proc leads to as long as a process is in it.
  beforeAll(async () => {
    place = mkdtempSync(join(tmpdir(), "awspipe-disk-"));
    const words = ["--dev-bind", "/", "/", "--size", `${DISK}`, "--tmpfs", place, "sh", "-c", "echo $$; exec cat"];
    holder = spawn(needProgram("bwrap"), words, { stdio: ["pipe", "pipe", "inherit"] });
    const [pid] = await once(holder.stdout ?? holder, "data");
    disk = join(`/proc/${String(pid).trim()}/root`, place);
    expect(statfsSync(disk).blocks * statfsSync(disk).bsize).toBe(DISK);
  });
  afterAll(() => {
    holder.kill();
    rmSync(place, { recursive: true });
  });
  beforeEach(() => {
    for (const name of ["filler", "audit.log"]) rmSync(join(disk, name), { force: true });
    path = join(disk, "audit.log");
  });

  const free = (): number => statfsSync(disk).bavail * statfsSync(disk).bsize;
  /** Takes all room that there is but for so many bytes. */
  const fill = (but = 0): void => writeFileSync(join(disk, "filler"), Buffer.alloc(free() - but, 1), { flag: "a" });
  const makeRoom = (): void => rmSync(join(disk, "filler"));
  const long = { asked: "x".repeat(8192), argv: Array.from({ length: 5 }, () => "y".repeat(8192)) };

  it("is on a real disk of its own", () => {
    fill();
    expect(() => writeFileSync(path, "x")).toThrow("ENOSPC");
  });

  it("writes the lines of all calls that run when the disk gets full, and takes no other until there is room", async () => {
    const log = openLog(path, 4);
    for (let at = 0; at < 4; at += 1) expect(log.ready()).toEqual(done);
    fill();
    for (let at = 0; at < 4; at += 1) expect(log.write({ ...long, at })).toEqual(done);
    expect(log.ready()).toEqual(noRoom);
    expect(log.ready()).toEqual(noRoom);
    makeRoom();
    call(log, { at: 4 });
    expect(linesOf(path).map(({ at, lost }) => [at, lost])).toEqual([0, 1, 2, 3, 4].map((at) => [at, undefined]));
    expect(await verify(readFileSync(path))).toMatchObject({ ok: true, value: { lines: 5, others: 0 } });
  });

  it("has room for more calls than it was made for, or does not take them", () => {
    const log = openLog(path, 1);
    let taken = 0;
    while (log.ready().ok) taken += 1;
    expect(taken).toBe(DISK / 65_536);
    for (let at = 0; at < taken; at += 1) expect(log.write({ ...long, at })).toEqual(done);
    expect(linesOf(path)).toHaveLength(taken);
  });

  it("gives up no more of the reserve than a line needs", () => {
    const log = openLog(path, 4);
    log.ready();
    fill();
    expect(log.write(long)).toEqual(done);
    expect(statSync(`${path}.reserve`).size).toBe(3 * 65_536);
    fill();
    for (let at = 0; at < 3; at += 1) expect(log.write(long)).toEqual(done);
  });

  it("leaves nothing torn behind where even the reserve is used up, and says later how many lines are lost", async () => {
    const log = openLog(path, 1);
    call(log, { asked: "before" });
    log.ready();
    fill();
    expect(log.write(long)).toEqual(done);
    fill(4096);
    expect(log.write(long)).toEqual(noRoom);
    expect(log.write(long)).toEqual(noRoom);
    expect(await verify(readFileSync(path))).toMatchObject({ ok: true, value: { lines: 2 } });
    expect(log.ready()).toEqual(noRoom);
    makeRoom();
    call(log, { asked: "after" });
    expect(linesOf(path).map(({ seq, asked, lost }) => [seq, asked, lost])).toEqual([
      [1, "before", undefined],
      [2, long.asked, undefined],
      [3, "after", 2],
    ]);
    expect(await verify(readFileSync(path))).toMatchObject({ ok: true, value: { lines: 3 } });
  });

  it("takes nothing of the room that is too little for the reserve", () => {
    const log = openLog(path, 4);
    for (let at = 0; at < 4; at += 1) log.ready();
    fill();
    for (let at = 0; at < 4; at += 1) log.write(long);
    makeRoom();
    fill(150_000);
    const before = free();
    expect(log.ready()).toEqual(noRoom);
    expect(free()).toBe(before);
  });

  it("does not start without room for its reserve", () => {
    fill(65_536);
    const start = () => openLog(path, 4);
    expect(start).toThrow(
      `the audit log's reserve \`${path}.reserve\` can not be made (ENOSPC): make room for 262144 bytes under that name`,
    );
    expect(free()).toBe(65_536);
    makeRoom();
    call(start(), {});
  });
});

describe("a log of a process whose files may not grow (RLIMIT_FSIZE)", () => {
  // Of this very process, and only as long as `work` takes, which waits for nothing.
  const within = (bytes: number, work: () => void): void => {
    const set = (limit: string) =>
      execFileSync(needProgram("prlimit"), ["--pid", `${process.pid}`, `--fsize=${limit}:`]);
    set(`${bytes}`);
    try {
      work();
    } finally {
      set("unlimited");
    }
  };
  const many = { argv: Array.from({ length: 6 }, () => "y".repeat(8192)) };

  it("takes only calls whose lines fit below the limit", async () => {
    const path = join(folder(), "audit.log");
    within(262_144, () => {
      const log = openLog(path, 2);
      expect(log.ready()).toEqual(done);
      let lines = 0;
      while (log.ready().ok) {
        expect(log.write({ ...many, lines })).toEqual(done);
        lines += 1;
      }
      expect(lines).toBe(3);
      expect(log.ready()).toEqual(noRoom);
      expect(log.write(many)).toEqual(done);
    });
    expect(await verify(readFileSync(path))).toMatchObject({ ok: true, value: { lines: 4 } });
  });

  it("takes a line back that met a limit which came later, and no call any more", async () => {
    const path = join(folder(), "audit.log");
    const log = openLog(path, 2);
    call(log, many);
    log.ready();
    log.ready();
    const tooBig = { ok: false, error: unwritable("EFBIG") };
    within(60_000, () => {
      expect(log.write(many)).toEqual(tooBig);
      expect(log.write(many)).toEqual(tooBig);
      expect(log.ready()).toEqual(tooBig);
    });
    expect(log.ready()).toEqual(tooBig);
    expect(await verify(readFileSync(path))).toMatchObject({ ok: true, value: { lines: 1 } });
  });

  it("does not start where the reserve would be too big", () => {
    const path = join(folder(), "audit.log");
    within(65_536, () => expect(() => openLog(path, 2)).toThrow(/reserve `.*` can not be made \(EFBIG\)/));
  });
});
