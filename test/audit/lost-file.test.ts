import {
  appendFileSync,
  copyFileSync,
  linkSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { AuditLog } from "../../src/audit/audit-log.js";
import { CHANGED, MOVED } from "../../src/audit/audit-problem.js";
import { call, folder, linesOf, openLog, verify } from "./logs.js";

/** A log of two lines, and one call that runs. */
const running = (): { readonly path: string; readonly log: AuditLog } => {
  const path = join(folder(), "audit.log");
  const log = openLog(path);
  call(log, { asked: "echo 1" });
  call(log, { asked: "echo 2" });
  log.ready();
  return { path, log };
};

const ended = (log: AuditLog) => log.write({ asked: "echo 3" });
const done = { ok: true, value: undefined };

describe("a log whose file is lost", () => {
  it("takes no call when the file was removed, and says of the one that runs that its line is lost", () => {
    const { path, log } = running();
    rmSync(path);
    expect(log.ready()).toEqual({ ok: false, error: MOVED });
    expect(ended(log)).toEqual({ ok: false, error: MOVED });
  });

  it("takes no call when the file was moved, and the one that runs has its line where the file is", async () => {
    const { path, log } = running();
    renameSync(path, `${path}.1`);
    expect(log.ready()).toEqual({ ok: false, error: MOVED });
    expect(ended(log)).toEqual(done);
    expect(linesOf(`${path}.1`).map(({ asked }) => asked)).toEqual(["echo 1", "echo 2", "echo 3"]);
    expect(await verify(readFileSync(`${path}.1`))).toMatchObject({ ok: true });
  });

  it("takes calls again when the file is back", () => {
    const { path, log } = running();
    renameSync(path, `${path}.1`);
    expect(log.ready()).toEqual({ ok: false, error: MOVED });
    renameSync(`${path}.1`, path);
    call(log, {});
  });

  it.each<[string, (path: string) => void]>([
    ["its own copy", (path) => copyFileSync(`${path}.1`, path)],
    ["an empty file", (path) => writeFileSync(path, "")],
    ["a link to it", (path) => symlinkSync(`${path}.1`, path)],
  ])("takes no call when the file was replaced by %s", (_, replace) => {
    const { path, log } = running();
    renameSync(path, `${path}.1`);
    replace(path);
    expect(log.ready()).toEqual({ ok: false, error: MOVED });
    expect(ended(log)).toEqual(done);
    expect(linesOf(`${path}.1`)).toHaveLength(3);
  });

  it("does not mind another name for its file", () => {
    const { path, log } = running();
    linkSync(path, `${path}.again`);
    call(log, {});
  });

  it("takes no call when the folder was moved", () => {
    const { path, log } = running();
    renameSync(join(path, ".."), `${join(path, "..")}-away`);
    expect(log.ready()).toEqual({ ok: false, error: MOVED });
    renameSync(`${join(path, "..")}-away`, join(path, ".."));
    call(log, {});
  });

  it.each([
    ["to nothing", 0],
    ["by some bytes", -10],
    ["by a line and a half", -500],
  ])("takes no call when the file was cut %s, and the chain shows it", async (_, to) => {
    const { path, log } = running();
    truncateSync(path, to === 0 ? 0 : statSync(path).size + to);
    expect(log.ready()).toEqual({ ok: false, error: CHANGED });
    expect(ended(log)).toEqual(done);
    expect(log.ready()).toEqual({ ok: false, error: CHANGED });
    const last = readFileSync(path, "utf8").split("\n").at(-2) ?? "";
    expect(JSON.parse(last)).toMatchObject({ seq: 3, asked: "echo 3" });
    expect((await verify(readFileSync(path))).ok).toBe(false);
  });

  it("loses nothing where a newline alone was cut off", async () => {
    const { path, log } = running();
    truncateSync(path, statSync(path).size - 1);
    expect(log.ready()).toEqual({ ok: false, error: CHANGED });
    expect(ended(log)).toEqual(done);
    expect(await verify(readFileSync(path))).toMatchObject({ ok: true, value: { lines: 3, others: 0 } });
  });

  it("takes no call any more when somebody else has written to the file, whole lines or not", async () => {
    for (const text of ["x", "other\n"]) {
      const { path, log } = running();
      appendFileSync(path, text);
      expect(log.ready()).toEqual({ ok: false, error: CHANGED });
      expect(ended(log)).toEqual(done);
      expect(log.ready()).toEqual({ ok: false, error: CHANGED });
      expect(readFileSync(path, "utf8").split("\n").slice(2, 4)).toEqual([
        text.trimEnd(),
        expect.stringContaining("echo 3"),
      ]);
      expect(await verify(readFileSync(path))).toMatchObject({ ok: true, value: { lines: 3, others: 1 } });
    }
  });

  it("notices what was done to the file only while a call ran, too", () => {
    const { path, log } = running();
    appendFileSync(path, "other\n");
    expect(ended(log)).toEqual(done);
    expect(log.ready()).toEqual({ ok: false, error: CHANGED });
  });

  it("stops two servers that write to one file, and the chain shows where", async () => {
    const { path, log } = running();
    const other = openLog(path);
    call(other, { asked: "echo other" });
    expect(log.ready()).toEqual({ ok: false, error: CHANGED });
    expect(ended(log)).toEqual(done);
    expect(other.ready()).toEqual({ ok: false, error: CHANGED });
    expect(linesOf(path).map(({ seq }) => seq)).toEqual([1, 2, 3, 3]);
    expect(await verify(readFileSync(path))).toEqual({
      ok: false,
      error: {
        kind: "inserted",
        line: 4,
        says: "number 3 of its chain stands before it: it was put in, or two servers wrote to one file",
      },
    });
    expect(() => openLog(path)).toThrow("its last line does not follow the one before");
  });
});
